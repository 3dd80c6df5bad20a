import type { Source } from '../../src/formats/encoding.js';

/** A source of these bytes (UTF-8 of a text), in pieces of that many bytes. */
export const sourceOf = (content: string | Uint8Array, chunk = 65_536, name = 'contacts.csv'): Source => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    async *open(range = { from: 0, to: bytes.length }) {
      const part = bytes.subarray(range.from, range.to);
      for (let from = 0; from < part.length; from += chunk) yield part.subarray(from, from + chunk);
    },
  };
};

/** All that an iterable gives. */
export const collect = async <Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

/** An async iterable of these. */
export async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item, void> {
  yield* items;
}

/** The bytes that a writer gives. */
export const writtenBytes = async (pieces: AsyncIterable<string | Uint8Array>): Promise<Buffer> =>
  Buffer.concat((await collect(pieces)).map((piece) => Buffer.from(piece)));

/** The text that a writer gives. */
export const written = async (pieces: AsyncIterable<string | Uint8Array>): Promise<string> =>
  (await writtenBytes(pieces)).toString();
