import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { many } from '../../../src/store/postgres/bulk.js';
import type { Ask } from '../../../src/terminal/ask.js';
import { answering as answeringInTurn } from '../../helpers/answers.js';
import { createWorkspace, type Workspace } from '../../helpers/run.js';
import { newPlace, sql } from './place.js';

const { ask: noQuestions } = answeringInTurn([]);

const schemaOf = (url: string): string => new URL(url).searchParams.get('options')?.split('=')[1] ?? '';

/** The URL of another user, with a password of its own. */
const as = (url: string, user: string, password: string): string => {
  const other = new URL(url);
  other.username = user;
  other.password = password;
  return other.href;
};

let workspace: Workspace;
let url: string;
let schema: string;
beforeEach(async () => {
  workspace = await createWorkspace();
  url = await newPlace();
  schema = schemaOf(url);
});
afterEach(() => workspace.remove());

/** A user with these rights, gone with the schema's tables. */
const createUser = async (name: string, rights: string): Promise<string> => {
  const user = `${schema}_${name}`;
  await sql(`CREATE ROLE ${user} LOGIN PASSWORD 'xyzzy-secret'; ${rights.replaceAll('USER', user)}`);
  return as(url, user, 'xyzzy-secret');
};

describe('the password', () => {
  const password = () => decodeURIComponent(new URL(inject('databaseUrl')).password);

  it.each([
    ['store info', ['store', 'info']],
    ['store info as JSON', ['store', 'info', '--json']],
    ['the log', ['log']],
    ['store check', ['store', 'check']],
    ['the summary of a copy', ['log', '--json']],
  ])('is not in %s', async (_, argv) => {
    await workspace.ok(['--store', url, '--yes', 'add', '--first-name', 'Ann']);
    const { code, stdout, stderr } = await workspace.run(['--store', url, ...argv]);
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain(password());
    if (argv.includes('info')) expect(stdout).toContain('postgres@localhost');
  });

  it.each([
    ['a wrong one', (at: string) => as(at, 'postgres', 'xyzzy-secret'), 'the password is wrong'],
    ['none', (at: string) => as(at, 'postgres', ''), 'password'],
    ['a port where nobody is', (at: string) => as(at, 'a', 'xyzzy-secret').replace(/:\d+\//, ':1/'), 'does not answer'],
    ['a database that is not there', (at: string) => at.replace('/postgres?', '/nowhere?'), 'no such database'],
    [
      'a server without TLS where it is wanted',
      (at: string) => `${as(at, 'postgres', 'xyzzy-secret')}&sslmode=require`,
      'does not support SSL',
    ],
    ['a URL that is none', () => 'postgres://a:xyzzy-secret@[/x', 'cannot be read'],
  ])('is not in the error for %s', async (_, at, message) => {
    const { code, stdout, stderr } = await workspace.run(['--store', at(url), '--lock-timeout', '0', 'list']);
    expect(stderr).toContain(message);
    expect(code).toBe(message === 'cannot be read' ? 2 : 7);
    expect(stdout + stderr).not.toContain('xyzzy-secret');
    expect(stdout + stderr).not.toContain(password());
  });
});

describe('a password that nobody knows yet', () => {
  const right = () => decodeURIComponent(new URL(inject('databaseUrl')).password);
  const answering = (answer: string, asked: string[]): Ask => ({
    ...noQuestions,
    password: async (message) => {
      asked.push(message);
      return answer;
    },
  });

  it('is asked for at a terminal, once', async () => {
    const asked: string[] = [];
    const at = as(url, 'postgres', '');
    await workspace.ok(['--store', at, 'store', 'init'], { terminal: true, ask: answering(right(), asked) });
    expect(asked).toEqual(['Password of postgres:']);
  });

  it('is asked for once where it is wrong too', async () => {
    const asked: string[] = [];
    const at = as(url, 'postgres', '');
    const { code, stderr } = await workspace.run(['--store', at, 'list'], {
      terminal: true,
      ask: answering('xyzzy-secret', asked),
    });
    expect([code, asked.length]).toEqual([7, 1]);
    expect(stderr).toContain('the password is wrong');
    expect(stderr).not.toContain('xyzzy-secret');
  });
});

describe('a role', () => {
  it('with no more than the documented rights does everything but prepare the database', async () => {
    await workspace.ok(['--store', url, 'store', 'init']);
    const agent = await createUser(
      'agent',
      `GRANT USAGE ON SCHEMA ${schema} TO USER;
       GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO USER`,
    );
    const on = (...argv: readonly string[]) => workspace.ok(['--store', agent, ...argv]);
    await on('add', '--first-name', 'Ann');
    await on('edit', 'Ann', '--company', 'Acme');
    await on('rm', 'Ann');
    await on('undo');
    expect(await on('search', 'acme')).toContain('Ann');
    await on('store', 'check');
    await on('store', 'purge', '--yes');
  });

  it('with no more than those rights imports many contacts at once, and alters many', async () => {
    await workspace.ok(['--store', url, 'store', 'init']);
    const agent = await createUser(
      'agent',
      `GRANT USAGE ON SCHEMA ${schema} TO USER;
       GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO USER`,
    );
    const imported = (company: string) => {
      const rows = Array.from({ length: many + 1 }, (_, number) => `Person ${number},${company},p${number}@a.example`);
      const stdin = `First Name,Company,Work Email\n${rows.join('\n')}\n`;
      return workspace.json(['--store', agent, 'import', '-', '--format', 'csv'], { stdin });
    };
    expect(await imported('Acme')).toMatchObject({ created: many + 1, rejected: 0 });
    expect(await imported('Bolt')).toMatchObject({ updated: many + 1, rejected: 0 });
    const found = await workspace.json(['--store', agent, 'search', `p${many}@a.example bolt`]);
    expect(found).toMatchObject([{ firstName: `Person ${many}`, company: 'Bolt' }]);
    expect(await workspace.json(['--store', agent, 'store', 'check'])).toEqual({ sound: true, faults: [] });
  });

  it('that may only read searches, lists, shows and exports, and writes nothing', async () => {
    await workspace.ok(['--store', url, '--yes', 'add', '--first-name', 'Ann']);
    const reader = await createUser(
      'reader',
      `GRANT USAGE ON SCHEMA ${schema} TO USER; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO USER`,
    );
    const on = (...argv: readonly string[]) => workspace.run(['--store', reader, ...argv]);
    for (const argv of [['search', 'ann'], ['list'], ['show', 'Ann'], ['export', '-'], ['log']]) {
      const { code, stdout } = await on(...argv);
      expect([code, stdout]).toEqual([0, expect.stringContaining('Ann')]);
    }
    expect((await on('edit', 'Ann', '--company', 'Acme', '--dry-run')).code).toBe(0);
    for (const argv of [['add', '--first-name', 'Bob'], ['rm', 'Ann'], ['store', 'purge', '--yes'], ['undo']]) {
      const { code, stderr } = await on(...argv);
      expect([argv, code]).toEqual([argv, 7]);
      expect(stderr).toContain('this user may not do that');
    }
    expect(await workspace.json(['--store', url, 'list'])).toHaveLength(1);
  });
});

describe('what people enter', () => {
  it.each(["Robert'); DROP TABLE contacts_contact;--", '$1', '\\N', '{"a"}', 'tab\there', "\\'", '%_'])(
    'is never taken for SQL: %j',
    async (name) => {
      await workspace.ok(['--store', url, '--yes', 'add', `--last-name=${name}`]);
      const found = await workspace.json(['--store', url, 'search', `"${name.replaceAll('"', '')}"`]);
      expect(await workspace.json(['--store', url, 'list'])).toMatchObject([{ lastName: name }]);
      if (!name.includes('"')) expect(found).toMatchObject([{ lastName: name }]);
    },
  );
});
