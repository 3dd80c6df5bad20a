import { chmod, chown, copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../../helpers/run.js';
import { sql } from './place.js';
import { startServer, type TestServer } from './server.js';

// Made by openssl for a hundred years: two authorities, and the key of a server with the certificate that the first of
// them gave to the name `localhost`. The keys of the authorities were thrown away.
const folder = fileURLToPath(new URL('tls', import.meta.url));
const [authority, other] = [join(folder, 'authority.crt'), join(folder, 'other-authority.crt')];

let server: TestServer;
let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  server = await startServer(['-c', 'fsync=off', '-c', 'ssl=on'], async (data) => {
    const { uid, gid } = await stat(data);
    for (const name of ['server.crt', 'server.key']) {
      await copyFile(join(folder, name), join(data, name));
      await chown(join(data, name), uid, gid);
      await chmod(join(data, name), 0o600);
    }
  });
});
afterAll(async () => {
  await server.stop();
  await workspace.remove();
});

/** Lists what is in the store, over a connection with these parameters of the URL. */
const list = (parameters: Readonly<Record<string, string>>, host = 'localhost') => {
  const url = new URL(server.url);
  url.hostname = host;
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return workspace.run(['--store', url.href, '--lock-timeout', '0', 'list', '--json']);
};

describe('a connection', () => {
  it('is encrypted where sslmode says so', async () => {
    const url = `${server.url}?sslmode=require&uselibpqcompat=true`;
    const encrypted = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
    expect(await sql(encrypted, url)).toEqual([{ ssl: true }]);
  });

  it.each([
    ['require', {}, 'localhost'],
    ['verify-ca', { sslrootcert: authority }, 'localhost'],
    ['verify-ca', { sslrootcert: authority }, '127.0.0.1'],
    ['verify-full', { sslrootcert: authority }, 'localhost'],
  ])('with %s and %j is made to %s', async (sslmode, more, host) => {
    const { code, stdout, stderr } = await list({ sslmode, ...more }, host);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  it.each([
    ['verify-full', { sslrootcert: other }, 'localhost', 'no authority that is trusted has signed the certificate'],
    ['verify-ca', { sslrootcert: other }, 'localhost', 'no authority that is trusted has signed the certificate'],
    ['require', { sslrootcert: other }, 'localhost', 'no authority that is trusted has signed the certificate'],
    ['verify-full', {}, 'localhost', 'no authority that is trusted has signed the certificate'],
    ['verify-full', { sslrootcert: authority }, '127.0.0.1', 'the certificate of the server is that of another host'],
    ['verify-ca', {}, 'localhost', 'with sslmode=verify-ca an authority has to be named'],
    ['verify-full', { sslrootcert: '/nowhere/root.crt' }, 'localhost', 'there is no file /nowhere/root.crt.'],
  ])('with %s and %j to %s is refused', async (sslmode, more, host, message) => {
    const { code, stdout, stderr } = await list({ sslmode, ...more }, host);
    expect({ code, stdout }).toEqual({ code: message.startsWith('there is no file') ? 3 : 7, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('of-the-tests');
  });
});
