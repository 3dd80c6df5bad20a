import { displayName } from '../contacts/contact.js';
import type { Contact } from '../fields/contact.js';
import { count } from './output.js';

/** The format that mail programs take from a query command: of mutt, and of neomutt and aerc after it. */
export const mailFormat = 'mutt';

/** A text in a column: without the tabs, line ends and other control characters that would end it. */
const columnText = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();

const linesOf = (contact: Contact): readonly string[] =>
  contact.emails.map(({ kind, address }) =>
    [address, displayName(contact), contact.company ?? kind].map(columnText).join('\t'),
  );

/**
 * What a mail program reads when it looks for addresses: a line that it shows as a message, then a line for each address,
 * with the name and the company, or else the kind of address.
 */
export async function* mailLines(contacts: AsyncIterable<Contact>): AsyncGenerator<string> {
  const lines: string[] = [];
  for await (const contact of contacts) lines.push(...linesOf(contact));
  yield `${lines.length === 0 ? 'No addresses found' : `${count(lines.length, 'address', 'addresses')} found`}\n`;
  for (const line of lines) yield `${line}\n`;
}
