import { rowDraftOf } from '../../contacts/import/row.js';
import { fieldsOf } from '../../fields/field.js';
import { type Source, textOf } from '../encoding.js';
import { type ImportFile, type ImportRecord, inBatches, type ReadOptions, type Rejected } from '../record.js';
import { createCardReader } from './card-reader.js';
import { cardsOf } from './cards.js';
import { escapeText, foldLine } from './property.js';

/** The rejected cards with their fault in a property that is left out where they are read again. */
async function* rejectCards(rejected: AsyncIterable<Rejected>): AsyncGenerator<string, void> {
  for await (const { record, error } of rejected) {
    const lines = String(record.raw)
      .split('\n')
      .filter((line) => line !== '' && !/^X-CONTACTS-ERROR:/i.test(line));
    yield `${lines.slice(0, -1).join('\r\n')}\r\n${foldLine(`X-CONTACTS-ERROR:${escapeText(error)}`)}END:VCARD\r\n`;
  }
}

/**
 * Opens a file of vCards, versions 2.1, 3.0 and 4.0, and goes through it once.
 *
 * @throws InvalidError where something stands outside the cards, or a card does not end, naming the line
 */
export const openVcards = async (source: Source, options: ReadOptions): Promise<ImportFile> => {
  const read = createCardReader(fieldsOf(options.category, options.custom));
  const cards = () => cardsOf(textOf(source, options.encoding));

  let rows = 0;
  const rest = new Map<string, number>();
  for await (const card of cards()) {
    rows += 1;
    for (const { title } of read(card).rest) rest.set(title, (rest.get(title) ?? 0) + 1);
  }

  async function* records(): AsyncGenerator<ImportRecord, void> {
    let row = 0;
    for await (const card of cards()) {
      row += 1;
      const { draft, id, problems, rest: left, properties } = read(card);
      const note = options.keepRest ? left.map(({ title, text }) => `${title}: ${text}`).join('\n') : '';
      yield {
        row,
        line: card.line,
        draft: rowDraftOf(note === '' ? draft : new Map([...draft, ['notes', [...(draft.get('notes') ?? []), note]]])),
        problems,
        warnings: [],
        raw: card.text,
        column: (path) => properties.get(path) ?? path,
        ...(id !== undefined && { id }),
      };
    }
  }

  return {
    fields: undefined,
    unknown: [],
    rows,
    rest,
    keepsRest: options.keepRest ?? false,
    batches: () => inBatches(records()),
    rejects: rejectCards,
  };
};
