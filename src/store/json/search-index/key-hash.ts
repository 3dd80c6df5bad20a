import { type Key, keysOf } from '../../../contacts/keys.js';
import type { Contact } from '../../../fields/contact.js';

/** The beginning of an id that finds it; shorter ones are looked for without the index. */
export const shortestPrefix = 4;

/** Takes a text up into a hash (FNV-1a over UTF-16 code units). */
const hashedWith = (hash: number, text: string): number => {
  let next = hash;
  for (let at = 0; at < text.length; at++) next = Math.imul(next ^ text.charCodeAt(at), 0x01000193);
  return next;
};

const emptyHash = 0x811c9dc5;

/** A hash of 32 bits of a text. */
export const hashOfText = (text: string): number => hashedWith(emptyHash, text) >>> 0;

/** A hash of 32 bits of a key: of its two texts with a space between, and a last mixing of the bits. */
const hashOf = (of: Key['of'], value: string): number => {
  let hash = hashedWith(hashedWith(hashedWith(emptyHash, of), ' '), value);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};

/** Under which hash the contacts stand that a key finds, with others perhaps; `undefined` where they stand under none. */
export const hashOfKey = ({ of, value }: Key): number | undefined => {
  if (of !== 'idPrefix') return hashOf(of, value);
  return value.length < shortestPrefix ? undefined : hashOf(of, value.slice(0, shortestPrefix));
};

/** The hashes of all keys that find a contact. */
export const keyHashes = (contact: Contact): readonly number[] => {
  const hashes: number[] = [];
  for (const { of, value } of keysOf(contact)) {
    hashes.push(hashOf(of, value));
    if (of === 'id') hashes.push(hashOf('idPrefix', value.slice(0, shortestPrefix)));
  }
  return hashes;
};
