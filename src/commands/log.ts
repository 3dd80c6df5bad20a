import type { Command } from 'commander';
import { formatOf, formatOptions } from './list-options.js';
import type { ListFormat } from './output.js';
import { action, wholeNumber } from './program.js';
import { writeRows } from './rows.js';
import type { Session } from './session.js';

export interface LogOptions {
  readonly limit?: number;
  readonly offset?: number;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

export const runLog = async (options: LogOptions, session: Session): Promise<void> => {
  const store = await session.store();
  const page = { offset: options.offset ?? 0, ...(options.limit !== undefined && { limit: options.limit }) };
  const changes = (await store.history(page)).map(
    ({ id, at, by, command, summary, created, updated, deleted, undone }) => ({
      id,
      at,
      by,
      command,
      summary,
      created,
      updated,
      deleted,
      undone,
    }),
  );
  const { style } = session;
  await writeRows(session, formatOf(options), changes, [
    { title: 'Change', key: 'id', cell: ({ id }) => ({ text: id, paint: style.dim }) },
    { title: 'When (UTC)', key: 'at', cell: ({ at }) => ({ text: at.slice(0, 19).replace('T', ' ') }) },
    { title: 'Who', key: 'by', flexible: true },
    { title: 'Command', key: 'command' },
    {
      title: 'What',
      key: 'summary',
      flexible: true,
      cell: ({ summary, undone }) => (undone ? { text: `${summary} (undone)`, paint: style.dim } : { text: summary }),
    },
  ]);
};

export const declare = (program: Command, session: Session, run = runLog): void => {
  formatOptions(program.command('log').description('Show the changes, newest first.'))
    .option('--limit <n>', 'how many at most', wholeNumber)
    .option('--offset <n>', 'how many to leave out first', wholeNumber)
    .action(action((options: LogOptions) => run(options, session)));
};
