import type { ContactData } from '../../fields/contact.js';
import { isEastAsian } from '../contact.js';
import { isSlipOf, partLikeness } from '../duplicates/names.js';
import { nameKey } from '../keys.js';

/** A person's name as it is compared: both parts folded, empty where there is none. */
export interface ComparedName {
  readonly given: string;
  readonly family: string;
}

/** The name of some data; nothing where it has neither a first nor a last name. */
export const comparedName = ({ firstName = '', lastName = '' }: ContactData): ComparedName | undefined => {
  const [given, family] = [nameKey(firstName), nameKey(lastName)];
  return given === '' && family === '' ? undefined : { given, family };
};

/** How far two names agree: not at all, in one part, in all parts that both have, to the letter. */
export const agreements = { none: 0, onePart: 1, parts: 2, whole: 3 } as const;
export type Agreement = (typeof agreements)[keyof typeof agreements];

/** So alike are two parts that may be one name with a typing error. */
const leastLikeness = 0.9;
/** Below it two parts are two names for sure. */
const unlike = 0.65;

const likenessOf = (one: string, other: string): number | undefined => {
  if (one === '' || other === '') return undefined;
  return isEastAsian(one) || isEastAsian(other) ? Number(one === other) : partLikeness(one, other);
};

const inOrder = (one: ComparedName, other: ComparedName): Agreement => {
  const given = likenessOf(one.given, other.given);
  const family = likenessOf(one.family, other.family);
  const parts = [given, family].filter((likeness) => likeness !== undefined);
  const alike = parts.filter((likeness) => likeness >= leastLikeness);
  if (parts.length > 0 && alike.length === parts.length) return agreements.parts;
  // An initial stands for a name where nothing else of it is there.
  if (parts.length === 1 && isInitial(one, other)) return agreements.parts;
  if (alike.length === 0) return agreements.none;
  // Beside another part that is another name, a part has to be the same one.
  if (parts.some((likeness) => likeness < unlike)) {
    const isSame = isSlip(one.given, other.given) || isSlip(one.family, other.family);
    return isSame ? agreements.onePart : agreements.none;
  }
  return agreements.onePart;
};

const isSlip = (one: string, other: string): boolean => one !== '' && other !== '' && isSlipOf(one, other);

const isInitial = (one: ComparedName, other: ComparedName): boolean => {
  const [part, its] = one.given !== '' && other.given !== '' ? [one.given, other.given] : [one.family, other.family];
  return (part.length === 1 || its.length === 1) && part[0] === its[0];
};

const wholeOf = ({ given, family }: ComparedName): string =>
  isEastAsian(given + family) ? family + given : [given, family].filter((part) => part !== '').join(' ');

const turned = ({ given, family }: ComparedName): ComparedName => ({ given: family, family: given });

/**
 * How far two people's names agree. Typing errors, nicknames and double names of which one part is given are allowed for,
 * and that first and last name were exchanged where both agree then; a name in another script does not agree.
 */
export const agreementOf = (one: ComparedName, other: ComparedName): Agreement => {
  const [whole, its] = [wholeOf(one), wholeOf(other)];
  if (whole === its || whole === wholeOf(turned(other)) || wholeOf(turned(one)) === its) return agreements.whole;
  const straight = inOrder(one, other);
  if (straight === agreements.parts) return straight;
  return inOrder(one, turned(other)) === agreements.parts ? agreements.parts : straight;
};
