import type { Command } from 'commander';
import type { ChangeSummary } from '../contacts/change.js';
import { findChange } from '../contacts/change-reference.js';
import { UsageError } from '../errors.js';
import type { ContactStore } from '../store/store.js';
import { formatOf, formatOptions } from './list-options.js';
import type { ListFormat } from './output.js';
import { action, commands, wholeNumber } from './program.js';
import { type RowColumn, writeRows } from './rows.js';
import type { Session } from './session.js';

export interface LogOptions {
  /** A REF: the changes of this contact alone, with what they did to it. */
  readonly contact?: string;
  /** A CHANGE: this one alone, with all that it did. */
  readonly change?: string;
  readonly by?: string;
  readonly since?: string;
  readonly command?: string;
  readonly limit?: number;
  readonly offset?: number;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

/** A change as JSON tells it (contract.md, "JSON of the acting commands"). */
export const changeJson = (change: ChangeSummary) => {
  const { id, at, by, command, summary, created, updated, deleted, undone, role = null, undoes } = change;
  return {
    ...{ id, at, by, command, summary, created, updated, deleted, undone, role },
    ...(undoes !== undefined && { undoes }),
  };
};

/** The time of a change as tables show it, in UTC. */
export const shownTime = ({ at }: Pick<ChangeSummary, 'at'>): string => at.slice(0, 19).replace('T', ' ');

/** @throws UsageError for the name of no command */
const checkCommand = (name: string): void => {
  const [first = ''] = name.split(' ');
  if (Object.hasOwn(commands, first)) return;
  throw new UsageError(`--command: there is no command "${name}".`, {
    given: first,
    among: Object.keys(commands),
    otherwise: 'Give a command as the log names it, such as import or "note add".',
  });
};

/** @throws UsageError where the text is no date */
const readSince = async (text: string, now: Date): Promise<string> => {
  const { readTimes } = await import('../contacts/query/day-range.js');
  const times = readTimes(text.trim().toLowerCase(), { now });
  if (times !== undefined) return times.first;
  throw new UsageError(`--since: "${text}" is not a date.`, 'Give a date such as 2026-01-31, today, or -7d.');
};

/** Tells which changes the options choose: `--command note` chooses `note add` too. */
const chooserOf = async (options: LogOptions, log: readonly ChangeSummary[], now: Date) => {
  const { by, command, since, change } = options;
  if (command !== undefined) checkCommand(command);
  if (by?.trim() === '') throw new UsageError('--by names nobody.', 'Give the name that "contacts log" shows.');
  const first = since === undefined ? '' : await readSince(since, now);
  const wanted = change === undefined ? undefined : findChange(change, log).id;
  return (candidate: ChangeSummary): boolean =>
    candidate.at >= first &&
    (by === undefined || candidate.by === by) &&
    (command === undefined || candidate.command === command || candidate.command.startsWith(`${command} `)) &&
    (wanted === undefined || candidate.id === wanted);
};

const columnsOf = (session: Session): readonly RowColumn<ReturnType<typeof changeJson>>[] => {
  const { style } = session;
  return [
    { title: 'Change', key: 'id', cell: ({ id }) => ({ text: id, paint: style.dim }) },
    { title: 'When (UTC)', key: 'at', cell: (change) => ({ text: shownTime(change) }) },
    { title: 'Who', key: 'by', flexible: true },
    { title: 'Command', key: 'command' },
    {
      title: 'What',
      key: 'summary',
      flexible: true,
      cell: ({ summary, undone }) => (undone ? { text: `${summary} (undone)`, paint: style.dim } : { text: summary }),
    },
  ];
};

/** Says who wrote, where the log has nothing by the name that was asked for. */
const tellWriters = async ({ by }: LogOptions, log: readonly ChangeSummary[], session: Session): Promise<void> => {
  if (by === undefined || log.length === 0 || log.some((change) => change.by === by)) return;
  const writers = [...new Set(log.map((change) => change.by))];
  await session.tell(`The log has no change by ${by}. It has changes by ${writers.join(', ')}.`);
};

export const runLog = async (options: LogOptions, session: Session): Promise<void> => {
  const store: ContactStore = await session.store();
  const log = await store.history({ offset: 0 });
  const isChosen = await chooserOf(options, log, session.now());
  const { offset = 0, limit = Number.POSITIVE_INFINITY } = options;
  const format = formatOf(options);
  if (options.contact === undefined && options.change === undefined) {
    const changes = log.filter(isChosen).slice(offset, offset + limit);
    if (changes.length === 0) await tellWriters(options, log, session);
    return writeRows(session, format, changes.map(changeJson), columnsOf(session));
  }
  const { changesOfContact, wholeChanges, writeDetailedLog } = await import('./detailed-log.js');
  const detailed =
    options.contact === undefined
      ? wholeChanges(log.filter(isChosen), store)
      : await changesOfContact(options.contact, log, session);
  const chosen = detailed.filter(({ change }) => isChosen(change)).slice(offset, offset + limit);
  if (chosen.length === 0) await tellWriters(options, log, session);
  await writeDetailedLog(chosen, format, session);
};

export const declare = (program: Command, session: Session, run = runLog): void => {
  formatOptions(program.command('log').description('Show the changes, newest first.'))
    .option('--contact <ref>', 'those of one contact, field by field; a deleted one too')
    .option('--change <change>', 'one change with all its contacts, field by field')
    .option('--by <user>', 'those that one user made')
    .option('--since <date>', 'those from a date on: 2026-01-31, today, -7d')
    .option('--command <name>', 'those that one command made: import, "note add"')
    .option('--limit <n>', 'how many at most', wholeNumber)
    .option('--offset <n>', 'how many to leave out first', wholeNumber)
    .action(action((options: LogOptions) => run(options, session)));
};
