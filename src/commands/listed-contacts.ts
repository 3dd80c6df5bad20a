import { describeContact } from '../contacts/contact.js';
import { emailKey } from '../contacts/keys.js';
import { findIdentified } from '../contacts/reference.js';
import { AmbiguousError, NotFoundError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import type { CustomField } from '../fields/field.js';
import type { ListedContact } from '../formats/csv/contact-list.js';
import type { Source } from '../formats/encoding.js';
import { EncodingUnknown } from '../formats/encoding-candidates.js';
import type { StoreView } from '../store/store.js';
import { openInput } from './files.js';
import type { CategoryChoice } from './list-options.js';
import { count } from './output.js';
import { phoneParser } from './reference.js';
import type { Session } from './session.js';

/** What `--from` asks for. */
export interface ListOfContacts {
  /** The file; `-` is standard input. */
  readonly from: string;
  readonly category: CategoryChoice;
  /** What is not in the store is left out. */
  readonly ignoreMissing: boolean;
}

/** The contacts that a file lists, each once, and how many entries match none. */
export interface FoundContacts {
  readonly contacts: readonly Contact[];
  readonly missing: number;
}

/** Identifiers that are looked up at once. */
const batchSize = 1000;
const namedAtMost = 20;

/** The contacts of each identifier. */
const lookUp = async (
  identifiers: readonly string[],
  category: CategoryChoice,
  session: Session,
  view: StoreView,
): Promise<ReadonlyMap<string, readonly Contact[]>> => {
  const parsePhone = await phoneParser(identifiers, session);
  const found = new Map<string, readonly Contact[]>();
  for (let from = 0; from < identifiers.length; from += batchSize) {
    const batch = identifiers.slice(from, from + batchSize);
    const matches = await findIdentified(batch, (keys) => view.lookup(keys), parsePhone);
    for (const [index, identifier] of batch.entries()) {
      const contacts = matches[index] ?? [];
      found.set(
        identifier,
        category === 'all' ? contacts : contacts.filter((contact) => contact.category === category),
      );
    }
  }
  return found;
};

/**
 * The contacts that an entry means: those that all of its identifiers in the store match, else those that any of them
 * matches. A number of a whole office beside somebody's own does not make the entry ambiguous.
 */
const contactsOf = (
  { identifiers }: ListedContact,
  found: ReadonlyMap<string, readonly Contact[]>,
): readonly Contact[] => {
  const matches = identifiers.map((identifier) => found.get(identifier) ?? []).filter((match) => match.length > 0);
  const any = [...new Map(matches.flat().map((contact) => [contact.id, contact])).values()];
  const all = any.filter(({ id }) => matches.every((match) => match.some((contact) => contact.id === id)));
  return all.length === 1 ? all : any;
};

/** Entries that name the same contact count once. */
const keyOf = ({ identifiers, line }: ListedContact): string =>
  identifiers.length === 0 ? `line ${line}` : identifiers.map(emailKey).join(' ');

const longestText = 80;

const shortened = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}…` : text);

const missingLines = (missing: readonly ListedContact[], name: string): readonly string[] => [
  `${count(missing.length, 'entry', 'entries')} of ${name} ${missing.length === 1 ? 'matches' : 'match'} no contact:`,
  ...missing.slice(0, namedAtMost).map(({ line, identifiers, text }) => {
    const reason = identifiers.length === 0 ? ' (no id, email address or phone number)' : '';
    return `  line ${line}: ${shortened(text)}${reason}`;
  }),
  ...(missing.length > namedAtMost ? [`  and ${(missing.length - namedAtMost).toLocaleString('en-US')} more`] : []),
];

/** A first line without a digit or an `@` may be a header that nobody knows. */
const hintFor = (missing: readonly ListedContact[], list: readonly ListedContact[]): string => {
  const correct = 'Nothing was changed. Correct these entries, or leave them out with --ignore-missing.';
  const [first] = missing;
  const mayBeHeader = first !== undefined && first.line === list[0]?.line && !/[@\d]/.test(first.text);
  return mayBeHeader
    ? `${correct} If "${shortened(first.text)}" is a header, write ID, Email or Mobile there.`
    : correct;
};

const ambiguousLines = (
  ambiguous: readonly { readonly entry: ListedContact; readonly contacts: readonly Contact[] }[],
  name: string,
): readonly string[] => [
  `${count(ambiguous.length, 'entry', 'entries')} of ${name} ${ambiguous.length === 1 ? 'matches' : 'match'} several contacts:`,
  ...ambiguous.flatMap(({ entry: { line, text }, contacts }) => [
    `  line ${line}: ${shortened(text)}`,
    ...contacts.map((contact) => `    ${describeContact(contact)}`),
  ]),
];

/**
 * Reads the list. One that is not Unicode is read in its likeliest encoding: ids, numbers and most addresses are the same
 * bytes in all of them, an address that is not matches nobody, and what else the file holds changes nothing.
 */
const readList = async (
  source: Source,
  custom: readonly CustomField[],
  session: Session,
): Promise<readonly ListedContact[]> => {
  const { readContactList } = await import('../formats/csv/contact-list.js');
  try {
    return await readContactList(source, custom);
  } catch (error) {
    const [likeliest] = error instanceof EncodingUnknown ? error.candidates : [];
    if (likeliest === undefined) throw error;
    await session.warn(`${source.name} is not UTF-8; it was read as ${likeliest.encoding}.`);
    return readContactList(source, custom, likeliest.encoding);
  }
};

/**
 * The contacts that a file lists.
 *
 * @throws NotFoundError that tells all entries that match no contact, unless they are left out
 * @throws AmbiguousError that tells all entries that match several
 */
export const findListed = async (
  { from, category, ignoreMissing }: ListOfContacts,
  session: Session,
  view: StoreView,
): Promise<FoundContacts> => {
  const name = from === '-' ? 'standard input' : from;
  const source = { ...(await openInput(from, session)), name };
  const list = await readList(source, (await view.settings()).fields, session);
  const entries = [...new Map(list.map((entry) => [keyOf(entry), entry])).values()];
  const found = await lookUp([...new Set(entries.flatMap(({ identifiers }) => identifiers))], category, session, view);
  const matches = entries.map((entry) => ({ entry, contacts: contactsOf(entry, found) }));
  const missing = matches.filter(({ contacts }) => contacts.length === 0).map(({ entry }) => entry);
  const ambiguous = matches.filter(({ contacts }) => contacts.length > 1);
  const doubts = ambiguous.length > 0 ? ambiguousLines(ambiguous, name) : [];
  if (missing.length > 0 && !ignoreMissing) {
    throw new NotFoundError([...missingLines(missing, name), ...doubts].join('\n'), hintFor(missing, list));
  }
  if (ambiguous.length > 0) {
    throw new AmbiguousError(doubts.join('\n'), 'Nothing was changed. Put the id in their place.');
  }
  const contacts = new Map(matches.flatMap(({ contacts }) => contacts).map((contact) => [contact.id, contact]));
  return { contacts: [...contacts.values()], missing: missing.length };
};
