import type { LabelDefinition, Settings } from '../contacts/settings.js';
import type { Category } from '../fields/catalogue.js';
import type { Contact } from '../fields/contact.js';
import type { DataForm } from '../terminal/data-output.js';
import type { Writer } from '../terminal/io.js';
import { mailtoUri, telUri } from '../terminal/links.js';
import type { Cell, Column, Mark } from '../terminal/table.js';
import type { Session } from './session.js';
import { type ShownField, shownFields } from './shown-field.js';

export const formats = ['table', 'json', 'ndjson', 'csv'] as const;
export type ListFormat = (typeof formats)[number];

/** Bytes, about, that are gathered before they are written. */
const chunkSize = 64 * 1024;

/** Writes pieces of text in larger chunks, so that each does not cost a call of the system; pieces in UTF-8 as they are. */
export const writeAll = async (out: Writer, pieces: AsyncIterable<string | Uint8Array>): Promise<void> => {
  let chunk = '';
  for await (const piece of pieces) {
    if (typeof piece === 'string') chunk += piece;
    if (chunk.length >= chunkSize || (typeof piece !== 'string' && chunk !== '')) {
      await out.write(chunk);
      chunk = '';
    }
    if (typeof piece !== 'string') await out.write(piece);
  }
  if (chunk !== '') await out.write(chunk);
};

/** Writes one JSON document on standard output. */
export const writeJson = (session: Session, value: unknown): Promise<void> =>
  session.data('json').write(`${JSON.stringify(value, undefined, 2)}\n`);

/** Writes a line of NDJSON on standard output. */
export const writeJsonLine = (session: Session, value: unknown): Promise<void> =>
  session.data('json').write(`${JSON.stringify(value)}\n`);

/** A contact as JSON shows it: whole, or the chosen fields alone. */
export const jsonOf = (contact: Contact, fields: readonly ShownField[] | undefined): unknown =>
  fields === undefined ? contact : Object.fromEntries(fields.map((field) => [field.name, field.json(contact)]));

async function* jsonLines(
  contacts: AsyncIterable<Contact>,
  fieldsOf: (contact: Contact) => readonly ShownField[] | undefined,
  framed: boolean,
): AsyncGenerator<string> {
  let first = true;
  for await (const contact of contacts) {
    const line = JSON.stringify(jsonOf(contact, fieldsOf(contact)));
    if (framed) yield `${first ? '[\n' : ',\n'}${line}`;
    else yield `${line}\n`;
    first = false;
  }
  if (framed) yield first ? '[]\n' : '\n]\n';
}

const uriOf = (field: ShownField, value: string): string | undefined => {
  if (/^(phones|social\.whatsapp)/.test(field.path)) return telUri(value);
  return field.path.startsWith('emails') ? mailtoUri(value) : undefined;
};

/** How the labels of a contact look: each in its colour. */
const labelMarks = (
  values: readonly string[],
  labels: readonly LabelDefinition[],
  session: Session,
): readonly Mark[] => {
  let start = 0;
  return values.map((name) => {
    const colour = labels.find((label) => label.name === name)?.color ?? 'gray';
    const mark = { start, end: start + name.length, paint: session.style.label(colour) };
    start = mark.end + '; '.length;
    return mark;
  });
};

/** Finds the parts of a text that a query hit. */
export type Highlight = (text: string) => readonly { readonly start: number; readonly end: number }[];

const cellOf = (
  field: ShownField,
  contact: Contact,
  settings: Settings,
  session: Session,
  highlight: Highlight | undefined,
): Cell => {
  const values = field.values(contact);
  const text = values.join('; ');
  const [first = ''] = values;
  const uri = values.length === 1 ? uriOf(field, first) : undefined;
  const hits = (highlight?.(text) ?? []).map((range) => ({ ...range, paint: session.style.match }));
  const marks = field.path === 'labels' ? [...labelMarks(values, settings.labels, session), ...hits] : hits;
  const choice = field.path === 'type' || field.path === 'availability' ? session.style.choice(text) : undefined;
  const paint = field.path === 'id' ? session.style.dim : choice;
  return {
    text,
    ...(paint && { paint }),
    ...(uri !== undefined && { uri }),
    ...(marks.length > 0 && { marks }),
    ...(field.path === 'name' && contact.category === 'internal' && { badge: session.style.badge(contact) }),
  };
};

const columnFor = (field: ShownField): Column => ({
  title: field.title,
  flexible: true,
  // The first four characters of an id are a reference, as long as they are unique.
  ...(field.path === 'id' && { min: 5 }),
});

const titles: Readonly<Record<Category, string>> = { external: 'Contacts', internal: 'Staff' };

/** How a list is written. */
export interface ListOutput {
  readonly format: ListFormat;
  /** The names of `--fields`. */
  readonly fields?: string | undefined;
  readonly categories: readonly Category[];
  readonly settings: Settings;
  readonly highlight?: Highlight | undefined;
}

/** Contacts as tables that fit the terminal: one for each category that occurs. */
export const renderTables = async (
  session: Session,
  contacts: readonly Contact[],
  { fields, categories, settings, highlight }: ListOutput,
): Promise<string> => {
  const { renderTable } = await import('../terminal/table.js');
  const shown = shownFields(fields, categories, settings.fields);
  const { style, io } = session;
  const present = categories.filter((category) => contacts.some((contact) => contact.category === category));
  const tables = present.map((category) => {
    const rows = contacts
      .filter((contact) => contact.category === category)
      .map((contact) => shown[category].map((field) => cellOf(field, contact, settings, session, highlight)));
    const table = renderTable(shown[category].map(columnFor), rows, {
      width: io.columns,
      style,
      hyperlinks: io.hyperlinks,
    });
    return present.length > 1 ? `${style.heading(titles[category])}\n${table}` : table;
  });
  return tables.join('\n');
};

async function* tabLines(
  session: Session,
  contacts: AsyncIterable<Contact>,
  { fields, categories, settings }: ListOutput,
): AsyncGenerator<string> {
  const { renderLines } = await import('../terminal/lines.js');
  const shown = shownFields(fields, categories, settings.fields);
  for await (const contact of contacts) {
    const cells = shown[contact.category].map((field) => cellOf(field, contact, settings, session, undefined));
    yield renderLines([cells]);
  }
}

/** Contacts in any format but the table of a terminal, piece by piece; `contacts` gives the same ones each time. */
export async function* listPieces(
  session: Session,
  contacts: () => AsyncIterable<Contact>,
  output: ListOutput,
): AsyncGenerator<string | Uint8Array> {
  const { format, fields, categories, settings } = output;
  const [category] = categories;
  if (format === 'csv' && category !== undefined) {
    const { csvOf } = await import('./csv-output.js');
    yield* csvOf(contacts, { category, custom: settings.fields, fields });
  } else if (format === 'table') {
    yield* tabLines(session, contacts(), output);
  } else {
    const shown = fields === undefined ? undefined : shownFields(fields, categories, settings.fields);
    yield* jsonLines(contacts(), (contact) => shown?.[contact.category], format === 'json');
  }
}

/** What a format writes, as far as a terminal is concerned. */
export const dataFormOf = (format: string): DataForm => (/json$/.test(format) ? 'json' : 'text');

/** Writes contacts on standard output in any format but the table of a terminal. */
export const writeList = (
  session: Session,
  contacts: () => AsyncIterable<Contact>,
  output: ListOutput,
): Promise<void> => writeAll(session.data(dataFormOf(output.format)), listPieces(session, contacts, output));

/** Writes contacts that were acted upon: one JSON object for one contact, a sentence for each where people read it. */
export const writeOutcome = async (
  session: Session,
  format: ListFormat,
  contacts: readonly Contact[],
  sentence: (contact: Contact) => string,
): Promise<void> => {
  if (format === 'json') await writeJson(session, contacts.length === 1 ? contacts[0] : contacts);
  else if (format === 'table') for (const contact of contacts) await session.say(sentence(contact));
  else {
    const settings = await (await session.store()).settings();
    const categories = [...new Set(contacts.map(({ category }) => category))];
    await writeList(session, () => inTurn(contacts), { format, categories, settings });
  }
};

/** Contacts that are at hand, one after the other. */
export async function* inTurn(contacts: readonly Contact[]): AsyncGenerator<Contact> {
  yield* contacts;
}

/** The number with its thousands apart, and the noun that goes with it: `1,000 contacts`. */
export const count = (number: number, noun: string, plural = `${noun}s`): string =>
  `${number.toLocaleString('en-US')} ${number === 1 ? noun : plural}`;
