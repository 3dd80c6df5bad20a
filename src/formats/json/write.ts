import type { Contact } from '../../fields/contact.js';

/** The contacts as one JSON array, a contact on each line. */
export async function* writeJson(contacts: AsyncIterable<Contact>): AsyncGenerator<string, void> {
  let isFirst = true;
  for await (const contact of contacts) {
    yield `${isFirst ? '[' : ','}\n${JSON.stringify(contact)}`;
    isFirst = false;
  }
  yield isFirst ? '[]\n' : '\n]\n';
}

/** The contacts as NDJSON: one JSON object on each line. */
export async function* writeNdjson(contacts: AsyncIterable<Contact>): AsyncGenerator<string, void> {
  for await (const contact of contacts) yield `${JSON.stringify(contact)}\n`;
}
