import type { Command } from 'commander';
import { describeContact, displayName } from '../contacts/contact.js';
import { InterruptedError, UsageError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import type { ContactStore, StoreView } from '../store/store.js';
import {
  type CategoryChoice,
  categoriesOf,
  categoryOption,
  formatOf,
  formatOptions,
  readQuery,
} from './list-options.js';
import { count, type ListFormat, writeJson } from './output.js';
import { action } from './program.js';
import { findContacts } from './reference.js';
import { contactsById } from './save.js';
import type { Session } from './session.js';

export interface RmOptions {
  readonly references: readonly string[];
  readonly where?: string;
  /** A file of ids, or of a CSV with an ID column; `-` is standard input. */
  readonly from?: string;
  readonly category: CategoryChoice;
  readonly dryRun: boolean;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

/** Finds what is to be deleted; run once to ask about it and again under the lock. */
type Select = (view: StoreView) => Promise<readonly Contact[]>;

const selectOf = async (options: RmOptions, session: Session, store: ContactStore): Promise<Select> => {
  const { references, where, from, category } = options;
  if (where !== undefined) {
    return async (view) => {
      const query = await readQuery(where, categoriesOf(category), view, session);
      return (await view.find({ category, ...(query && { query }) }, 'stored', { offset: 0 })).contacts;
    };
  }
  const named = from === undefined ? references : await referencesIn(from, session);
  const ids = (await findContacts(named, session, store)).map(({ id }) => id);
  return (view) => contactsById(view, ids);
};

const referencesIn = async (path: string, session: Session): Promise<readonly string[]> => {
  const { readReferences } = await import('./files.js');
  return readReferences(path, session);
};

const shownBeforeDeletion = 5;

/** Asks where somebody is there to answer; elsewhere a deletion that does not name each contact wants `--yes`. */
const confirm = async (contacts: readonly Contact[], options: RmOptions, session: Session): Promise<void> => {
  if (session.yes || options.dryRun || contacts.length === 0) return;
  if (!session.mayAsk) {
    if (options.where === undefined && options.from === undefined) return;
    throw new UsageError(
      `This would delete ${count(contacts.length, 'contact')} that are not named one by one.`,
      'Add --yes to delete them, or --dry-run to see how many they are.',
    );
  }
  const ask = await session.ask('Add --yes.');
  for (const contact of contacts.slice(0, shownBeforeDeletion)) await session.tell(`  ${describeContact(contact)}`);
  if (contacts.length > shownBeforeDeletion) {
    await session.tell(`  and ${(contacts.length - shownBeforeDeletion).toLocaleString('en-US')} more`);
  }
  const what = contacts.length === 1 ? 'this contact' : count(contacts.length, 'contact');
  if (!(await ask.confirm({ message: `Delete ${what}?` }))) {
    throw new InterruptedError('Cancelled; nothing was deleted.');
  }
};

export const runRm = async (options: RmOptions, session: Session): Promise<void> => {
  const { references, where, from, dryRun } = options;
  const ways = [references.length > 0, where !== undefined, from !== undefined].filter(Boolean).length;
  if (ways !== 1) {
    throw new UsageError(
      ways === 0 ? 'Nothing to delete was named.' : 'Contacts are named in one way at a time.',
      'Give REFs (an id, an email address, a phone number, a name), or --where QUERY, or --from FILE.',
    );
  }
  const store = await session.store();
  const select = await selectOf(options, session, store);
  const found = await select(store);
  await confirm(found, options, session);
  const confirmed = new Set(found.map(({ id }) => id));
  let deleted: readonly Contact[] = [];
  const change = await store.change(
    { by: session.stamp().by, command: 'rm', summary: '' },
    async (view) => {
      deleted = (await select(view)).filter(({ id }) => confirmed.has(id));
      const [first] = deleted;
      const summary =
        first && deleted.length === 1 ? `Deleted ${displayName(first)}` : `Deleted ${count(deleted.length, 'contact')}`;
      return { edits: deleted.map((before) => ({ before })), summary };
    },
    { dryRun },
  );
  if (formatOf(options) === 'table') {
    const [first] = deleted;
    const what = first && deleted.length === 1 ? describeContact(first) : count(deleted.length, 'contact');
    await session.say(`${dryRun ? 'Would delete' : 'Deleted'} ${what}.`);
  } else {
    await writeJson(session, { deleted: deleted.length, change: (!dryRun && change?.id) || null });
  }
};

export const declare = (program: Command, session: Session, run = runRm): void => {
  formatOptions(
    program
      .command('rm')
      .description('Delete contacts. "contacts undo" brings them back.')
      .argument('[ref...]', 'an id, the start of one, an email address, a phone number, or a full name'),
  )
    .option('--where <query>', 'every contact that the query matches')
    .option('--from <file>', 'those that a file names: ids one on each line, or a CSV with an ID column')
    .addOption(categoryOption(['external', 'internal', 'all'], 'external'))
    .option('--dry-run', 'say what would be deleted, and delete nothing', false)
    .action(
      action((references: readonly string[], options: Omit<RmOptions, 'references'>) =>
        run({ ...options, references }, session),
      ),
    );
};
