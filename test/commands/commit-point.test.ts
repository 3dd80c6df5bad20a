import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { afterLanding } from '../../src/commands/commit-point.js';
import { answering } from '../helpers/answers.js';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
  await workspace.ok(['label', 'add', 'VIP']);
  await workspace.ok(['add', '--first-name', 'Ada', '--label', 'VIP', '--work-email', 'ada@acme.example']);
  await workspace.ok(['add', '--first-name', 'Bob']);
  await workspace.ok(['note', 'add', 'Ada', 'Called.']);
  await writeFile(join(workspace.folder, 'new.csv'), 'First Name,Mobile\nCid,+85291234567\nDan,12\n');
});
afterEach(() => workspace.remove());

interface Logged {
  readonly id: string;
  readonly summary: string;
}

const log = (): Promise<readonly Logged[]> => workspace.json<readonly Logged[]>(['log']);

const inFolder = (argv: readonly string[]) =>
  argv.map((argument) => (argument.startsWith('new') ? join(workspace.folder, argument) : argument));

const commands: readonly (readonly string[])[] = [
  ['add', '--first-name', 'Eve'],
  ['edit', 'Ada', '--company', 'Acme'],
  ['edit', '--where', 'name:ada', '--company', 'Acme', '--yes'],
  ['rm', 'Bob', '--yes'],
  ['merge', 'Ada', 'Bob'],
  ['import', 'new.csv'],
  ['note', 'add', 'Ada', 'Wrote.'],
  ['label', 'add', 'Lead'],
  ['label', 'rename', 'VIP', 'Key account'],
  ['label', 'rm', 'VIP', '--yes'],
  ['field', 'add', 'Size', '--kind', 'number'],
  ['undo'],
  ['store', 'restore', 'backup', '--yes'],
  ['store', 'init', '--country-code', 'HK'],
];

describe('a command whose result cannot be written, though its change landed', () => {
  for (const format of [[], ['--json']]) {
    it.each(commands)(`contacts %s %s %s … ${format}: exit 8, with the change's id`, async (...argv) => {
      const before = await log();
      const { code, stderr } = await workspace.run([...inFolder(argv), ...format], { outputFails: 'ENOSPC' });
      const [landed, ...earlier] = await log();
      expect(earlier).toEqual(expect.arrayContaining(before.map(({ id }) => expect.objectContaining({ id }))));
      expect(earlier).toHaveLength(before.length);
      expect(code).toBe(8);
      const last = stderr.trimEnd().split('\n');
      if (format.length > 0) {
        expect(JSON.parse(last.at(-1) ?? '')).toEqual({
          error: {
            code: 'unreported',
            message: `The change ${landed?.id} stands (${landed?.summary}), but the command did not finish. The output cannot be written: the disk is full.`,
            hint: `Do not run the command again: it would do this a second time. Look at \`contacts log --change ${landed?.id}\` first.`,
          },
        });
      } else {
        expect(last.slice(-2)).toEqual([
          `error: The change ${landed?.id} stands (${landed?.summary}), but the command did not finish. The output cannot be written: the disk is full.`,
          `hint: Do not run the command again: it would do this a second time. Look at \`contacts log --change ${landed?.id}\` first.`,
        ]);
      }
    });
  }

  it('may have copied or purged a store, too', async () => {
    const copy = join(workspace.folder, 'copy.json');
    const failing = { outputFails: 'EIO' };
    const copied = await workspace.run(['store', 'copy', workspace.store, copy], failing);
    expect(copied.code).toBe(8);
    expect(copied.stderr).toContain(`stands (Copied the store to ${copy}), but the command did not finish.`);
    expect(await workspace.ok(['--store', copy, 'list'])).toBe(await workspace.ok(['list']));
    const purged = await workspace.run(['store', 'purge', '--yes'], failing);
    expect([purged.code, purged.stderr]).toEqual([
      8,
      'error: This is done and stands: Erased the history and the backups, but the command did not finish. ' +
        'The output cannot be written: the device reports an error.\n' +
        'hint: Do not run the command again: it would do this a second time. Look at `contacts store info` first.\n',
    ]);
    expect(await log()).toEqual([]);
  });
});

describe('a command that changed nothing', () => {
  it.each([
    ['add', '--first-name', 'Eve', '--dry-run'],
    ['edit', 'Ada', '--first-name', 'Ada'],
    ['import', 'new.csv', '--dry-run'],
    ['rm', 'Bob', '--yes', '--dry-run'],
    ['undo', '--dry-run'],
    ['list'],
  ])('contacts %s %s: exit 7 where its result cannot be written', async (...argv) => {
    const before = await log();
    const { code, stderr } = await workspace.run(inFolder(argv), { outputFails: 'ENOSPC' });
    expect([code, stderr]).toEqual([7, expect.stringContaining('The output cannot be written: the disk is full.')]);
    expect(await log()).toEqual(before);
  });

  it('ends with 7 where the rejected rows cannot be written', async () => {
    const before = await log();
    const rejects = join(workspace.folder, 'nowhere', 'rejects.csv');
    const { code } = await workspace.run([...inFolder(['import', 'new.csv']), '--rejects', rejects]);
    expect(code).toBe(7);
    expect(await log()).toEqual(before);
  });
});

describe('a reader that went away', () => {
  it.each(commands)('is no failure of contacts %s %s', async (...argv) => {
    const { code, stderr } = await workspace.run(inFolder(argv), { outputFails: 'EPIPE' });
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('error:')]);
  });
});

describe('Ctrl-C after a change', () => {
  it('keeps its code and says which changes stand', async () => {
    await workspace.ok(['add', '--first-name', 'Ada', '--work-email', 'ada@beta.example', '--mobile', '+85291234567']);
    await workspace.ok(['add', '--first-name', 'Ada', '--work-email', 'ada@beta.example', '--mobile', '+85291234567']);
    await workspace.ok(['add', '--first-name', 'Bob', '--work-email', 'bob@beta.example', '--mobile', '+85261234567']);
    await workspace.ok(['add', '--first-name', 'Bob', '--work-email', 'bob@beta.example', '--mobile', '+85261234567']);
    const { ask } = answering(['apart', 'interrupt']);
    const { code, stderr } = await workspace.run(['merge', '--duplicates'], { terminal: true, ask });
    const [landed] = await log();
    expect(code).toBe(130);
    expect(stderr).toContain(`error: Interrupted. The change ${landed?.id} stands (${landed?.summary}).\n`);
  });
});

describe('afterLanding', () => {
  const ada = { change: 'ada1', summary: 'Added Ada' };
  const bob = { change: 'bob2', summary: 'Added Bob' };

  it('leaves an error alone where nothing landed', () => {
    const report = { code: 'store', message: 'The disk is full. Nothing was changed.', hint: 'Make room.' } as const;
    expect(afterLanding(report, [])).toBe(report);
  });

  it.each([
    [
      '/s cannot be read: permission denied (EACCES). Nothing was changed.',
      '/s cannot be read: permission denied (EACCES).',
    ],
    ['/s was changed by another program, nothing was written.', '/s was changed by another program.'],
    ['Ada was deleted meanwhile; nothing was changed.', 'Ada was deleted meanwhile.'],
    ['The output cannot be written: EIO', 'The output cannot be written: EIO.'],
  ])('takes back what "%s" says of the store', (message, cause) => {
    expect(afterLanding({ code: 'store', message, hint: 'Run the command again.' }, [ada])).toEqual({
      code: 'unreported',
      message: `The change ada1 stands (Added Ada), but the command did not finish. ${cause}`,
      hint: 'Do not run the command again: it would do this a second time. Look at `contacts log --change ada1` first.',
    });
  });

  it('names every change', () => {
    const { message, hint } = afterLanding({ code: 'invalid', message: 'Bad.', hint: undefined }, [ada, bob]);
    expect(message).toBe(
      'The changes ada1 and bob2 stand (Added Ada; Added Bob), but the command did not finish. Bad.',
    );
    expect(hint).toContain('`contacts log --change ada1` and `contacts log --change bob2`');
  });
});
