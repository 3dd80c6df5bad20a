import { rowDraftOf } from '../../contacts/import/row.js';
import { InvalidError } from '../../errors.js';
import { fieldsOf } from '../../fields/field.js';
import { type Source, textOf } from '../encoding.js';
import { type ImportFile, type ImportRecord, inBatches, type ReadOptions, type Rejected } from '../record.js';
import { bytesOf } from './bytes.js';
import { type CardReading, createCardReader } from './card-reader.js';
import { type Card, cardsOf, type Gap } from './cards.js';
import { escapeText, foldLine } from './property.js';

const lineEnd = Buffer.from('\r\n');

/** A card as it came, between its BEGIN and its END, without an earlier fault. */
const bodyOf = (lines: readonly Buffer[]): Buffer => {
  const kept: Buffer[] = [];
  let isFault = false;
  for (const line of lines) {
    isFault = /^(?:X-CONTACTS-ERROR:|[ \t])/i.test(line.latin1Slice(0, 20)) && (isFault || !/^[ \t]/.test(line.latin1Slice(0, 1)));
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

/** What is to be told of what stands between cards. */
const gapMessage = ({ component, sample }: Gap): string =>
  component === undefined
    ? `"${sample}" is outside of any card, and was skipped`
    : `${component} is not a card, and was skipped`;
