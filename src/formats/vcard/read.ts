import { type RowIssue, rowDraftOf } from '../../contacts/import/row.js';
import { InvalidError } from '../../errors.js';
import type { Draft } from '../../fields/draft.js';
import { type CustomField, fieldsOf, findField, keyOfLabel } from '../../fields/field.js';
import { type Source, textOf } from '../encoding.js';
import type { ImportFile, ImportRecord, ReadOptions, Rejected, UnknownColumn } from '../record.js';
import { bytesOf } from './bytes.js';
import { type CardReading, createCardReader } from './card-reader.js';
import { type Card, cardsOf, type Gap } from './cards.js';
import { createGroups } from './groups.js';
import { escapeText, foldLine } from './property.js';
import type { Rest } from './rest.js';

const lineEnd = Buffer.from('\r\n');

/** A card as it came, between its BEGIN and its END, without an earlier fault. */
const bodyOf = (lines: readonly Buffer[]): Buffer => {
  const kept: Buffer[] = [];
  let isFault = false;
  for (const line of lines) {
    const head = line.toString('latin1', 0, 20);
    if (!/^[ \t]/.test(head)) isFault = /^X-CONTACTS-ERROR:/i.test(head);
    if (!isFault) kept.push(line, lineEnd);
  }
  return Buffer.concat(kept);
};

/** The rejected cards with their fault in a property that is left out where they are read again. */
async function* rejectCards(rejected: AsyncIterable<Rejected>): AsyncGenerator<string | Uint8Array, void> {
  for await (const { record, error } of rejected) {
    yield 'BEGIN:VCARD\r\n';
    yield record.raw as Uint8Array;
    yield `${foldLine(`X-CONTACTS-ERROR:${escapeText(error)}`)}END:VCARD\r\n`;
  }
}

const gapMessage = ({ component }: Gap): string =>
  component === undefined
    ? 'is outside of any card, and was skipped'
    : `is in a ${component}, which is not a card, and was skipped`;

/** What a look through a file has found. */
interface Survey {
  rows: number;
  groups: ReturnType<typeof createGroups>;
  /** The values that notes can keep, and those that they cannot, by what they are. */
  readonly kept: Map<string, number>;
  readonly dropped: Map<string, number>;
  /** Up to three values of each. */
  readonly samples: Map<string, Set<string>>;
  readonly gaps: Gap[];
  /** Custom fields that cards of this program have values of, by their keys. */
  readonly customFields: Map<string, CustomField>;
}

const mostGaps = 1000;
const mostSamples = 3;

const count = (counts: Map<string, number>, title: string): void => {
  counts.set(title, (counts.get(title) ?? 0) + 1);
};

const countRest = ({ kept, dropped, samples }: Survey, rest: readonly Rest[]): void => {
  for (const { title, text, isData } of rest) {
    count(isData ? dropped : kept, title);
    if (isData) continue;
    const known = samples.get(title) ?? new Set();
    if (known.size < mostSamples) samples.set(title, known.add(text.slice(0, 60)));
  }
};

/** Whether texts are in an encoding that the file does not name, rather than one card damaged. */
class CharsetEvidence {
  #unicode = 0;
  #unknown = 0;

  add({ unicode, unknown }: CardReading['charsets']): void {
    if (unicode) this.#unicode += 1;
    if (unknown) this.#unknown += 1;
  }

  isOldEncoding(rows: number): boolean {
    return this.#unicode === 0 && (this.#unknown > 1 || (this.#unknown === 1 && rows === 1));
  }
}

const survey = async (
  cards: (gapFound: (gap: Gap) => void) => AsyncIterable<Card>,
  read: (card: Card) => Promise<CardReading>,
  source: Source,
): Promise<Survey> => {
  const gaps: Gap[] = [];
  const found: Survey = {
    rows: 0,
    groups: createGroups(),
    kept: new Map(),
    dropped: new Map(),
    samples: new Map(),
    gaps,
    customFields: new Map(),
  };
  const charsets = new CharsetEvidence();
  for await (const card of cards((gap) => gaps.length < mostGaps && gaps.push(gap))) {
    const reading = await read(card);
    charsets.add(reading.charsets);
    if (reading.group !== undefined) found.groups.add(reading.group);
    else {
      found.rows += 1;
      countRest(found, reading.rest);
      for (const field of reading.customFields) found.customFields.set(field.key, field);
    }
  }
  if (charsets.isOldEncoding(found.rows)) for await (const _ of textOf(source));
  if (found.rows + found.groups.count > 0) return found;
  throw new InvalidError(`${source.name} has no vCard.`, 'A vCard goes from BEGIN:VCARD to END:VCARD.');
};

const noteOf = (rest: readonly Rest[]): string =>
  rest
    .filter(({ isData }) => !isData)
    .map(({ title, text }) => `${title}: ${text}`)
    .join('\n');

const mostAtOnce = 500;
const mostBytesAtOnce = 4 * 1024 * 1024;

/** Records some at a time, by their number and by the bytes that they keep in memory. */
async function* inBatches(
  records: AsyncIterable<{ readonly record: ImportRecord; readonly bytes: number }>,
): AsyncGenerator<readonly ImportRecord[], void> {
  let batch: ImportRecord[] = [];
  let size = 0;
  for await (const { record, bytes } of records) {
    batch.push(record);
    size += bytes;
    if (batch.length < mostAtOnce && size < mostBytesAtOnce) continue;
    yield batch;
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield batch;
}

const withTexts = (draft: Draft, path: string, texts: readonly string[]): Draft =>
  texts.length === 0 ? draft : new Map([...draft, [path, [...(draft.get(path) ?? []), ...texts]]]);

/** Those of the fields that a store does not have, and has no other of the same key or name. */
const undefinedOf = (fields: readonly CustomField[], known: readonly CustomField[]): readonly CustomField[] =>
  fields.filter(
    ({ key, label }) =>
      keyOfLabel(key) === key &&
      !known.some((field) => field.key === key) &&
      findField(label, fieldsOf('external', known)) === undefined,
  );

/**
 * Opens a file of vCards, versions 2.1, 3.0 and 4.0, and goes through it once.
 *
 * @throws InvalidError where there is no card in it
 * @throws EncodingUnknown where its texts are in an encoding that neither it nor the options name
 */
export const openVcards = async (source: Source, options: ReadOptions): Promise<ImportFile> => {
  const { category: preset, custom, encoding, ignoreUnknown = false, createFields = false } = options;
  const read = createCardReader((category) => fieldsOf(category, custom), preset, encoding);
  const bytes = await bytesOf(source, encoding);
  const { rows, groups, kept, dropped, samples, gaps, customFields } = await survey(
    (gapFound) => cardsOf(bytes(), gapFound),
    read,
    source,
  );

  const recordOf = (card: Card, reading: CardReading, row: number): ImportRecord => {
    const { draft, id, uids, rest, properties } = reading;
    const note = ignoreUnknown ? '' : noteOf(rest);
    const whole = withTexts(draft, 'notes', note === '' ? [] : [note]);
    return {
      row,
      line: card.line,
      draft: rowDraftOf(whole),
      problems: reading.problems,
      warnings: [],
      category: reading.category,
      uids,
      notes: reading.notes,
      ...(reading.uidsPartial && { uidsPartial: true }),
      ...(reading.origin && { origin: reading.origin }),
      get raw() {
        return bodyOf(card.raw);
      },
      column: (path) => properties.get(path) ?? path,
      ...(id !== undefined && { id }),
    };
  };

  async function* records() {
    let row = 0;
    for await (const card of cardsOf(bytes())) {
      const reading = await read(card);
      if (reading.group !== undefined) continue;
      row += 1;
      const size = card.raw.reduce((sum, line) => sum + line.length, 0);
      yield { record: recordOf(card, reading, row), bytes: size };
    }
  }

  // A second job title is no field of its own beside the one that contacts have.
  const unknown: readonly UnknownColumn[] = [...samples]
    .filter(([header]) => findField(header, fieldsOf(preset, custom)) === undefined)
    .map(([header, values]) => ({ header, values: [...values] }));
  const warnings = gaps.map(
    (gap): RowIssue => ({
      row: Math.max(1, Math.min(rows, gap.cardsBefore + 1)),
      line: gap.line,
      column: '',
      value: gap.sample,
      message: gapMessage(gap),
    }),
  );
  return {
    fields: undefined,
    unknown: createFields && preset === 'external' ? unknown : [],
    rows,
    rest: kept,
    dropped,
    labelsOfMembers: groups.labels,
    keepsRest: !ignoreUnknown,
    warnings,
    defines: ignoreUnknown ? [] : undefinedOf([...customFields.values()], custom),
    batches: () => inBatches(records()),
    rejects: rejectCards,
  };
};
