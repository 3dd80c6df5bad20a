import { type Source, textOf } from '../encoding.js';
import { delimiterNamed, delimiters } from './delimiter.js';
import type { Quoting } from './well-quoted.js';

/** How a CSV file is written. */
export interface Dialect extends Quoting {
  /** A label of the Encoding Standard, where the user told it. */
  readonly encoding?: string | undefined;
  /** The first line tells the delimiter (`sep=;`) and is no row. */
  readonly separatorLine: boolean;
}

const sampleLength = 64 * 1024;
const sampleRows = 30;

/** How often each delimiter stands outside quotes in the first rows, and whether white space stands around quotes. */
const survey = (
  text: string,
): { readonly counts: ReadonlyMap<string, readonly number[]>; readonly padded: boolean } => {
  const counts = new Map<string, number[]>(delimiters.map((delimiter) => [delimiter, []]));
  let row = new Map<string, number>();
  let quoted = false;
  let padded = false;
  let blank = true;
  let rows = 0;
  const endRow = (): void => {
    if (!blank) {
      rows += 1;
      for (const delimiter of delimiters) counts.get(delimiter)?.push(row.get(delimiter) ?? 0);
    }
    row = new Map();
    blank = true;
  };
  for (let index = 0; index < text.length && rows < sampleRows; index += 1) {
    const character = text.charAt(index);
    if (character === '"') {
      blank = false;
      if (!quoted && /(^|[\n\r,;\t|])[ \t]+$/.test(text.slice(Math.max(0, index - 8), index))) padded = true;
      if (quoted && /^[ \t]+([\n\r,;|]|$)/.test(text.slice(index + 1, index + 9))) padded = true;
      quoted = !quoted;
    } else if (!quoted && (character === '\n' || character === '\r')) {
      endRow();
    } else if (!quoted) {
      blank = false;
      row.set(character, (row.get(character) ?? 0) + 1);
    }
  }
  endRow();
  return { counts, padded };
};

/** How many rows have the number of delimiters that most rows have, and that number; none where it is 0. */
const agreement = (counts: readonly number[]): readonly [number, number] => {
  const rows = new Map<number, number>();
  for (const count of counts) if (count > 0) rows.set(count, (rows.get(count) ?? 0) + 1);
  const [most = [0, 0]] = [...rows].sort(
    ([oneCount, one], [otherCount, other]) => other - one || otherCount - oneCount,
  );
  return [most[1], most[0]];
};

/** The delimiter on whose number most of the rows agree; of two, the one that makes more cells. */
const likeliestDelimiter = (counts: ReadonlyMap<string, readonly number[]>): string => {
  const [best] = delimiters
    .map((delimiter) => ({ delimiter, agreement: agreement(counts.get(delimiter) ?? []) }))
    .sort((one, other) => other.agreement[0] - one.agreement[0] || other.agreement[1] - one.agreement[1]);
  return best?.delimiter ?? ',';
};

/**
 * Finds out how a file is written, from its first rows.
 *
 * @param told what the user said about it: `delimiter` as `--delimiter` takes it
 * @throws EncodingUnknown where the first rows are not Unicode
 * @throws UsageError where there is no such delimiter or encoding
 */
export const dialectOf = async (
  source: Source,
  told: { readonly encoding?: string | undefined; readonly delimiter?: string | undefined },
): Promise<Dialect> => {
  let text = '';
  for await (const piece of textOf(source, told.encoding)) {
    text += piece;
    if (text.length >= sampleLength) break;
  }
  const separator = /^"?sep=(.)"?[ \t,;]*(\r\n|\n|\r|$)/i.exec(text);
  const { counts, padded } = survey(separator ? text.slice(separator[0].length) : text);
  const delimiter =
    told.delimiter !== undefined ? delimiterNamed(told.delimiter) : (separator?.[1] ?? likeliestDelimiter(counts));
  return {
    encoding: told.encoding,
    delimiter,
    padded,
    separatorLine: separator !== null,
  };
};
