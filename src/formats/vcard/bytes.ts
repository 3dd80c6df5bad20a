import { type Source, textOf } from '../encoding.js';
import { createDecoder } from '../encoding-decoder.js';

/** Whether bytes begin as UTF-16 does: with a mark, or with an ASCII character of which one byte is zero. */
const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || (first === 0) !== (second === 0);

async function* inUtf8(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array, void> {
  for await (const text of texts) yield Buffer.from(text);
}

/**
 * The bytes of a file in which each ASCII character is a byte: those of UTF-16 come as UTF-8.
 *
 * @throws UsageError where there is no encoding of the name that was told
 */
export const bytesOf = async (source: Source, told: string | undefined): Promise<() => AsyncIterable<Uint8Array>> => {
  if (told !== undefined) await createDecoder(told);
  let head: Uint8Array = new Uint8Array();
  for await (const piece of source.open()) {
    head = Buffer.concat([head, piece]);
    if (head.length > 1) break;
  }
  const isWide = isUtf16(head) || /^utf-?16/i.test(told ?? '');
  return isWide ? () => inUtf8(textOf(source, told)) : () => source.open();
};
