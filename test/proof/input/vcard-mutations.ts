import { randomBytes } from 'node:crypto';

/** Numbers that are the same for the same seed (mulberry32), from 0 to below 1. */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const anySeed = (): number => randomBytes(4).readUInt32LE();

const charsets = ['UTF-8', 'Shift_JIS', 'Big5', 'Windows-1251', 'klingon', 'utf-16le'];

/** Changes bytes as damage, other programs and `cat` do: cut, joined, folded anywhere, of another charset. */
export const mutate = (files: readonly Buffer[], seed: number): Buffer => {
  const next = numbersFrom(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const splice = (bytes: Buffer, at: number, removed: number, added: Buffer | string): Buffer =>
    Buffer.concat([bytes.subarray(0, at), Buffer.from(added as string), bytes.subarray(at + removed)]);

  const changes: readonly ((bytes: Buffer) => Buffer)[] = [
    (bytes) => bytes.subarray(0, below(bytes.length + 1)),
    (bytes) => bytes.subarray(below(bytes.length + 1)),
    (bytes) => splice(bytes, below(bytes.length), below(40), ''),
    (bytes) => Buffer.concat([bytes, pick(files)]),
    (bytes) => Buffer.concat([bytes.subarray(0, below(bytes.length + 1)), pick(files)]),
    (bytes) => splice(bytes, below(bytes.length), 0, pick(['\r\n ', '\n\t', '\r ', '=\r\n', '\r\n', '\n'])),
    (bytes) =>
      Buffer.from(bytes.toString('latin1').replaceAll(/\r?\n/g, pick(['\n', '\r\n', '\r', '\r\r\n', ''])), 'latin1'),
    (bytes) => Buffer.from(bytes.toString('latin1').replace(/[;:]/, `;CHARSET=${pick(charsets)}$&`), 'latin1'),
    (bytes) => splice(bytes, below(bytes.length), 1, Buffer.from([below(256)])),
    (bytes) =>
      splice(
        bytes,
        below(bytes.length),
        0,
        pick(['BEGIN:VCARD', 'END:VCARD', 'AGENT:\r\n', ';', ':', '"', '\\', '=', '\0']),
      ),
    (bytes) => Buffer.from(bytes.toString('utf8'), pick(['utf16le', 'latin1'] as const)),
  ];
  let bytes = pick(files);
  for (let count = 1 + below(4); count > 0; count -= 1) bytes = pick(changes)(bytes);
  return bytes;
};

export const unfolded = (bytes: Buffer): string => bytes.toString('latin1').replace(/(?:\r*\n|\r)[ \t]/g, '');

/**
 * How many cards of a text are surely closed: a line BEGIN:VCARD, and a line END:VCARD after it with no other mark
 * between, wherever these may stand in lines, folded or not.
 */
export const closedCards = (bytes: Buffer): number => {
  const text = unfolded(bytes);
  const marks = text.match(/^(?:BEGIN|END):VCARD(?=[\r\n]|$)|(?<=[\r\n])(?:BEGIN|END):VCARD(?=[\r\n]|$)/gi) ?? [];
  return marks.filter((mark, index) => /^END/i.test(mark) && /^BEGIN/i.test(marks[index - 1] ?? '')).length;
};
