import { type Key, keysOf } from '../../../contacts/keys.js';
import type { Contact } from '../../../fields/contact.js';

/** The beginning of an id that finds it; shorter ones are looked for without the index. */
export const shortestPrefix = 4;

/** A hash of 32 bits (FNV-1a over UTF-16 code units, and a last mixing of the bits). */
const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};

/** Under which hash the contacts stand that a key finds, with others perhaps; `undefined` where they stand under none. */
export const hashOfKey = ({ of, value }: Key): number | undefined => {
  if (of !== 'idPrefix') return hashOf(`${of} ${value}`);
  return value.length < shortestPrefix ? undefined : hashOf(`${of} ${value.slice(0, shortestPrefix)}`);
};

/** The hashes of all keys that find a contact. */
export const keyHashes = (contact: Contact): readonly number[] =>
  keysOf(contact).flatMap(({ of, value }) => {
    const hash = hashOf(`${of} ${value}`);
    return of === 'id' ? [hash, hashOf(`idPrefix ${value.slice(0, shortestPrefix)}`)] : [hash];
  });
