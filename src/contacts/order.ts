import type { Contact } from '../fields/contact.js';
import { fold } from '../fields/fold.js';
import { displayName } from './contact.js';
import { textsAt } from './query/values.js';

/** 16 hexadecimal digits that sort as the numbers do: the bits of IEEE 754, the sign turned, negative ones inverted. */
const numberKey = (number: number): string => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number + 0);
  const bits = view.getBigUint64(0);
  return BigInt.asUintN(64, number < 0 ? ~bits : bits ^ (1n << 63n))
    .toString(16)
    .padStart(16, '0');
};

const numberAt = (contact: Contact, path: string, text: string): number | undefined => {
  if (path === 'extension') return /^\d+$/.test(text) ? Number(text) : undefined;
  const key = path.startsWith('custom.') ? path.slice('custom.'.length) : undefined;
  return key !== undefined && typeof contact.custom?.[key] === 'number' ? contact.custom[key] : undefined;
};

/**
 * What a contact is sorted by: folded text, to be compared by code points; `undefined` where it has no value, which
 * comes last in either direction.
 *
 * @param path a field's path or a group's (`phones`), or one that the program keeps (`createdAt`, `name` for the name
 * that is shown); of several values the first counts, of labels all
 */
export const sortKey = (contact: Contact, path: string): string | undefined => {
  if (path === 'name') return fold(displayName(contact));
  const texts = textsAt(contact, path);
  const [first] = texts;
  if (first === undefined) return undefined;
  const number = numberAt(contact, path, first);
  if (number !== undefined) return numberKey(number);
  return fold(path === 'labels' ? texts.join('; ') : first);
};

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Compares by code points, as UTF-8 does; JavaScript's own `<` puts U+10000 and above before U+E000. */
export const compareCodePoints = (a: string, b: string): number => {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === end) return a.length - b.length;
  const [unitA, unitB] = [a.charCodeAt(at), b.charCodeAt(at)];
  return isSurrogate(unitA) === isSurrogate(unitB) ? unitA - unitB : isSurrogate(unitA) ? 1 : -1;
};

/**
 * The order by a field's path: those without a value come last in either direction; where two are alike, the name
 * decides, then the id.
 */
export const compareBy = (order: {
  readonly by: string;
  readonly descending: boolean;
}): ((a: Contact, b: Contact) => number) => {
  const keyed = (path: string) => {
    const keys = new WeakMap<Contact, { readonly key: string | undefined }>();
    return (contact: Contact): string | undefined => {
      const known = keys.get(contact);
      if (known) return known.key;
      const key = sortKey(contact, path);
      keys.set(contact, { key });
      return key;
    };
  };
  const keyOf = keyed(order.by);
  const nameOf = keyed('name');
  const direction = order.descending ? -1 : 1;
  return (a, b) => {
    const [keyA, keyB] = [keyOf(a), keyOf(b)];
    if (keyA !== keyB) {
      if (keyA === undefined) return 1;
      if (keyB === undefined) return -1;
      return direction * compareCodePoints(keyA, keyB);
    }
    return compareCodePoints(nameOf(a) ?? '', nameOf(b) ?? '') || compareCodePoints(a.id, b.id);
  };
};
