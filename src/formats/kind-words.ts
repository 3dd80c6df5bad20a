import type { EmailKind, PhoneKind } from '../fields/contact.js';
import { nameOfField } from '../fields/field.js';

/** The words by which programs tell one phone number or address from another, as `nameOfField` gives them. */
const phoneWords: Readonly<Record<string, PhoneKind>> = {
  mobile: 'mobile',
  mobil: 'mobile',
  cell: 'mobile',
  cellular: 'mobile',
  iphone: 'mobile',
  applewatch: 'mobile',
  work: 'work',
  workphone: 'work',
  workmobile: 'mobile',
  business: 'work',
  office: 'work',
  company: 'work',
  home: 'home',
  homephone: 'home',
  private: 'home',
  personal: 'home',
  other: 'other',
};

const emailWords: Readonly<Record<string, EmailKind>> = {
  work: 'work',
  business: 'work',
  office: 'work',
  company: 'work',
  internet: 'work',
  home: 'personal',
  private: 'personal',
  personal: 'personal',
  other: 'other',
};

/** What a word says: the kind, and whether that is all that it says. */
export interface KindReading<Kind> {
  readonly kind: Kind;
  /** False where the word says more than the kind does: `Work Fax`, which becomes another phone. */
  readonly exact: boolean;
}

const reading = <Kind extends string>(
  words: Readonly<Record<string, Kind>>,
  label: string,
  unlabelled: Kind,
): KindReading<Kind> => {
  const word = nameOfField(label);
  if (word === '') return { kind: unlabelled, exact: true };
  const kind = Object.hasOwn(words, word) ? words[word] : undefined;
  return kind === undefined ? { kind: 'other' as Kind, exact: false } : { kind, exact: true };
};

/** The kind of a phone that another program labels so; one without a label is a work phone, as a plain `Phone` is. */
export const phoneKindOf = (label: string): KindReading<PhoneKind> => reading(phoneWords, label, 'work');

/** The kind of an email that another program labels so; one without a label is a work email, as a plain `Email` is. */
export const emailKindOf = (label: string): KindReading<EmailKind> => reading(emailWords, label, 'work');
