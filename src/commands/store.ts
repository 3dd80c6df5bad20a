import type { Command } from 'commander';
import { ConflictError, InterruptedError, NotFoundError, Reported } from '../errors.js';
import type { ContactStore, Fault } from '../store/store.js';
import { labelColours } from '../terminal/label-colours.js';
import { formatOf, formatOptions } from './list-options.js';
import { count, type ListFormat, writeJson } from './output.js';
import { action } from './program.js';
import { writeRows } from './rows.js';
import type { Session } from './session.js';
import { runStoreCopy } from './store-copy.js';

interface StoreOptions {
  readonly format?: ListFormat;
  readonly json?: boolean;
}

export interface RestoreOptions extends StoreOptions {
  readonly point?: string;
  readonly list?: boolean;
}

const bytes = (number: number): string => {
  const units = ['bytes', 'kB', 'MB', 'GB'];
  const power = number < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(number) / 3));
  return `${(number / 1000 ** power).toLocaleString('en-US', { maximumFractionDigits: power === 0 ? 0 : 1 })} ${units[power]}`;
};

export const runStoreInfo = async (options: StoreOptions, session: Session): Promise<void> => {
  const info = await (await session.store()).info();
  if (formatOf(options) !== 'table') return writeJson(session, info);
  const lines = [
    ['Store', info.exists ? info.location : `${info.location} (not there yet: the first write makes it)`],
    ['Contacts', `${count(info.external, 'external contact')}, ${count(info.internal, 'staff member')}`],
    ['Labels', info.labels.toLocaleString('en-US')],
    ['Custom fields', info.fields.toLocaleString('en-US')],
    ['Revision', info.revision.toLocaleString('en-US')],
    ['Size', bytes(info.bytes.contacts)],
    ['History', `${count(info.changes, 'change')}, ${bytes(info.bytes.history)}`],
    ['Backups', bytes(info.bytes.backups)],
  ];
  for (const [name = '', value = ''] of lines) await session.say(`${name.padEnd(15)}${value}`);
};

const storeExitCode = 7;

/** Tells of faults, each with its own remedy. */
const sayFaults = async (faults: readonly Fault[], session: Session): Promise<void> => {
  for (const { where, severity, message, remedy } of faults) {
    const what = message.startsWith(where) ? message : `${where}: ${message}`;
    await session.say(`${severity}: ${what}\n  ${remedy}`);
  }
  if (faults.length === 0) await session.say('The store is sound.');
};

export const runStoreCheck = async (options: StoreOptions, session: Session): Promise<void> => {
  const faults = await (await session.store()).check();
  if (formatOf(options) === 'table') await sayFaults(faults, session);
  else await writeJson(session, { sound: faults.length === 0, faults });
  if (faults.length > 0) throw new Reported(storeExitCode);
};

export const runStoreRepair = async (options: StoreOptions, session: Session): Promise<void> => {
  const store = await session.store();
  const { by } = session.stamp();
  const { repaired, change } = await store.repair(labelColours, { by, command: 'store repair' });
  const left = await store.check();
  if (formatOf(options) === 'table') {
    for (const what of repaired) await session.say(`${what}.`);
    await sayFaults(left, session);
  } else await writeJson(session, { repaired: repaired.length, left, change: change ?? null });
  if (left.length > 0) throw new Reported(storeExitCode);
};

export const runStoreRestore = async (options: RestoreOptions, session: Session): Promise<void> => {
  const store = await session.store();
  const points = await store.restorePoints();
  if (options.list) {
    return writeRows(session, formatOf(options), points, [
      { title: 'State', key: 'name' },
      { title: 'Of (UTC)', key: 'at', cell: ({ at }) => ({ text: at.slice(0, 19).replace('T', ' ') }) },
      { title: 'Contacts', key: 'contacts', align: 'right' },
    ]);
  }
  const { point: named = points[0]?.name } = options;
  if (named === undefined) {
    throw new ConflictError(
      'There is no earlier state to restore.',
      'Neither a backup nor a history is beside the store.',
    );
  }
  const why = { by: session.stamp().by, command: 'store restore', summary: `Restored ${named}` };
  const point = points.find(({ name }) => name === named);
  if (point === undefined) {
    // The store refuses it, and says why: no state has that name, or the backup cannot be read.
    await store.restore(named, why);
    throw new NotFoundError(`There is no earlier state "${named}".`, 'See "contacts store restore --list".');
  }
  const what = `the state of ${point.at} with ${count(point.contacts, 'contact')}`;
  if (!session.yes) {
    const ask = await session.ask(`Add --yes to restore ${what}.`);
    if (!(await ask.confirm({ message: `Restore ${what}?` }))) throw new InterruptedError();
  }
  const kept = await store.restore(named, { ...why, summary: `Restored ${what}` });
  if (formatOf(options) !== 'table') return writeJson(session, { restored: named, contacts: point.contacts, kept });
  await session.say(`Restored ${what}.${kept === '' ? '' : ` The file as it was is kept: ${kept}`}`);
};

export const runStorePurge = async (options: StoreOptions, session: Session): Promise<void> => {
  const store = await session.store();
  if (!session.yes) {
    const ask = await session.ask('Add --yes to erase the history and the backups.');
    const message = 'Erase the history, all backups, and all that was kept aside? Nothing can be undone afterwards.';
    if (!(await ask.confirm({ message }))) throw new InterruptedError();
  }
  await store.purge();
  if (formatOf(options) !== 'table') await writeJson(session, { purged: true });
  else await session.say('Erased the history, the backups, and all that was kept aside.');
};

/** Begins a missing store anew, with --yes a damaged one too: its file may be all that is left. */
const beginAnew = async (store: ContactStore, session: Session): Promise<void> => {
  const kept = await store.beginAnew?.(session.yes);
  if (kept?.length) await session.warn(`What was there is kept aside:\n${kept.join('\n')}`);
};

export const runStoreInit = async (
  options: StoreOptions & { readonly country?: string },
  session: Session,
): Promise<void> => {
  const store = await session.store();
  await store.prepare?.();
  await beginAnew(store, session);
  const { country } = await session.draftContext();
  await store.change({ by: session.stamp().by, command: 'store init', summary: 'Set the store up' }, async (view) => {
    const settings = await view.settings();
    return { edits: [], settings: country === undefined ? settings : { ...settings, country } };
  });
  await runStoreInfo(options, session);
};

export const declare = (
  program: Command,
  session: Session,
  runs = {
    info: runStoreInfo,
    check: runStoreCheck,
    repair: runStoreRepair,
    restore: runStoreRestore,
    purge: runStorePurge,
    init: runStoreInit,
    copy: runStoreCopy,
  },
): void => {
  const store = program.command('store').description('Look after the store.');
  formatOptions(store.command('info').description('Show where the store is, and how large.')).action(
    action((options: StoreOptions) => runs.info(options, session)),
  );
  formatOptions(store.command('check').description('Check that the store is sound.')).action(
    action((options: StoreOptions) => runs.check(options, session)),
  );
  formatOptions(
    store.command('repair').description('Mend what can be mended without loss, as one change; tell what is left.'),
  ).action(action((options: StoreOptions) => runs.repair(options, session)));
  formatOptions(store.command('restore').description('Bring back an earlier state; the file as it is stays beside it.'))
    .argument('[point]', 'which state: see --list; the newest where absent')
    .option('--list', 'show the states that can be brought back')
    .action(
      action((point: string | undefined, options: Omit<RestoreOptions, 'point'>) =>
        runs.restore({ ...options, ...(point !== undefined && { point }) }, session),
      ),
    );
  formatOptions(
    store
      .command('init')
      .description('Set up a store or database, or begin anew a missing one; --country-code sets its own country.'),
  ).action(action((options: StoreOptions) => runs.init(options, session)));
  formatOptions(
    store.command('copy').description('Copy a store into an empty one, with its history: a file or a database.'),
  )
    .argument('<from>', 'the path or URL of the store to copy')
    .argument('<to>', 'the path or URL of the new one')
    .action(action((from: string, to: string, options: StoreOptions) => runs.copy({ ...options, from, to }, session)));
  formatOptions(
    store.command('purge').description('Erase the history, the backups, and all that was kept aside.'),
  ).action(action((options: StoreOptions) => runs.purge(options, session)));
};
