import type { Key } from './keys.js';

/**
 * A hash of a key: 52 bits of two multiplicative hashes over its UTF-16 code units, each with a last mixing of its bits.
 * Of a million keys two share a hash about once in ten thousand times.
 */
export const hashOfKey = (of: Key['of'], value: string): number => {
  let one = 0xdeadbeef;
  let other = 0x41c6ce57;
  for (let at = 0; at < of.length; at += 1) {
    const unit = of.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x9e3779b1);
    other = Math.imul(other ^ unit, 0x5f356495);
  }
  for (let at = 0; at < value.length; at += 1) {
    const unit = value.charCodeAt(at);
    one = Math.imul(one ^ unit, 0x9e3779b1);
    other = Math.imul(other ^ unit, 0x5f356495);
  }
  one = Math.imul(one ^ (one >>> 16), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
  other = Math.imul(other ^ (other >>> 16), 0x85ebca6b) ^ Math.imul(one ^ (one >>> 13), 0xc2b2ae35);
  return (other & 0xfffff) * 2 ** 32 + (one >>> 0);
};
