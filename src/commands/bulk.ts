import { type Command, Option } from 'commander';
import { describeContact } from '../contacts/contact.js';
import { InterruptedError, UsageError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import type { ContactStore, StoreView } from '../store/store.js';
import { createMessages } from '../terminal/io.js';
import { visible } from '../terminal/visible.js';
import { type CategoryChoice, categoriesOf, readQuery } from './list-options.js';
import { count } from './output.js';
import { onlyQuery } from './program.js';
import { findContacts } from './reference.js';
import { contactsById } from './save.js';
import type { Session } from './session.js';

/** How contacts are named to a command that changes several: in exactly one of the ways. */
export interface Naming {
  readonly references: readonly string[];
  readonly where?: string;
  /** A file that lists contacts; `-` is standard input. */
  readonly from?: string;
  readonly all?: boolean;
  /** What the file lists and the store does not have is left out. */
  readonly ignoreMissing?: boolean;
  /** External contacts with `where` and `all`, those of all categories with the others, unless it is given. */
  readonly category?: CategoryChoice;
}

/** Of two lists, the first would be lost in silence. */
const onlyFile = (path: string, before: string | undefined): string => {
  if (before === undefined) return path;
  throw new UsageError('--from is given twice.', 'Put both lists into one file.');
};

/** Declares the options that name contacts in bulk. */
export const namingOptions = (command: Command): Command =>
  command
    .option('--where <query>', 'all contacts that match the query', onlyQuery)
    .option(
      '--from <file>',
      'the contacts that a file lists: ids, addresses or numbers, one a line, or a CSV with a header',
      onlyFile,
    )
    .option('--all', 'all contacts')
    .option('--ignore-missing', 'with --from: leave out what is not in the store')
    .addOption(
      new Option('--category <category>', 'which contacts (--where and --all: external)').choices([
        'external',
        'internal',
        'all',
      ]),
    );

/** Whether contacts are named other than one by one. */
export const isBulk = ({ references }: Naming): boolean => references.length === 0;

/**
 * Checks that contacts are named in exactly one way.
 *
 * @param verb what the command does to them: `edit`, `delete`
 * @throws UsageError
 */
export const checkNaming = ({ references, where, from, all, ignoreMissing }: Naming, verb: string): void => {
  const ways = [
    ...(references.length > 0 ? ['REF'] : []),
    ...(where === undefined ? [] : ['--where']),
    ...(from === undefined ? [] : ['--from']),
    ...(all ? ['--all'] : []),
  ];
  const hint = 'Give REFs (an id, an email address, a phone number, a name), or --where QUERY, --from FILE, or --all.';
  if (ways.length === 0) throw new UsageError(`Nothing to ${verb} was named.`, hint);
  if (ways.length > 1) throw new UsageError(`${ways.join(' and ')} cannot be combined.`, hint);
  if (ignoreMissing && from === undefined) throw new UsageError('--ignore-missing goes with --from.', 'Leave it out.');
};

/** What a command is to work on. */
export interface Named {
  /** Finds the contacts as they now are; run again under the store's lock. */
  readonly select: (view: StoreView) => Promise<readonly Contact[]>;
  /** How many entries of a file match no contact, where they are to be left out. */
  readonly missing?: number;
}

const selectMatching =
  (where: string | undefined, category: CategoryChoice, session: Session): Named['select'] =>
  async (view) => {
    const query = await readQuery(where, categoriesOf(category), view, session);
    return (await view.find({ category, ...(query && { query }) }, 'stored', { offset: 0 })).contacts;
  };

/**
 * Finds the contacts that are named.
 *
 * @throws NotFoundError, AmbiguousError, UsageError where a REF, a file's entry or a query is not what it has to be
 */
export const findNamed = async (naming: Naming, session: Session, store: ContactStore): Promise<Named> => {
  const { references, where, from, all, category, ignoreMissing = false } = naming;
  if (where !== undefined || all) return { select: selectMatching(where, category ?? 'external', session) };
  if (from === undefined) {
    const ids = (await findContacts(references, session, store, category)).map(({ id }) => id);
    return { select: (view) => contactsById(view, ids) };
  }
  const { findListed } = await import('./listed-contacts.js');
  const { contacts, missing } = await store.snapshot((view) =>
    findListed({ from, category: category ?? 'all', ignoreMissing }, session, view),
  );
  const ids = contacts.map(({ id }) => id);
  const select: Named['select'] = (view) => (ignoreMissing ? view.get(ids) : contactsById(view, ids));
  return { select, ...(ignoreMissing && { missing }) };
};

const shownAtMost = 10;

/** The question shows whom it is about, with `--quiet` too. */
const showContacts = async (contacts: readonly Contact[], session: Session): Promise<void> => {
  const lines = contacts.slice(0, shownAtMost).map((contact) => `  ${describeContact(contact)}`);
  const more = contacts.length - shownAtMost;
  if (more > 0) lines.push(`  and ${more.toLocaleString('en-US')} more`);
  if (contacts.length > 1) lines.unshift(`${count(contacts.length, 'contact')}:`);
  await createMessages(session.io.stderr).write(lines.map((line) => `${visible(line)}\n`).join(''));
};

const verbs = {
  edit: { question: 'Edit', done: 'edited' },
  delete: { question: 'Delete', done: 'deleted' },
} as const;

/**
 * Asks whether contacts are to be changed, after their number and the first of their names.
 *
 * @throws UsageError where nobody can be asked and they were not named one by one: `--yes` is needed then
 * @throws InterruptedError where the answer is no
 */
export const confirmChange = async (
  verb: keyof typeof verbs,
  contacts: readonly Contact[],
  naming: Naming,
  session: Session,
): Promise<void> => {
  if (session.yes) return;
  // Standard input that holds the list has no answers.
  if (!session.mayAsk || naming.from === '-') {
    if (!isBulk(naming)) return;
    throw new UsageError(
      `This would ${verb} ${count(contacts.length, 'contact')}, which needs --yes.`,
      `Nothing was changed. Add --yes to ${verb} them, or --dry-run to see who they are.`,
    );
  }
  if (contacts.length === 0) return;
  const ask = await session.ask('Add --yes.');
  await showContacts(contacts, session);
  const { question, done } = verbs[verb];
  const these = contacts.length === 1 ? 'this contact' : `these ${count(contacts.length, 'contact')}`;
  if (!(await ask.confirm({ message: `${question} ${these}?` }))) {
    throw new InterruptedError(`Cancelled; nothing was ${done}.`);
  }
};
