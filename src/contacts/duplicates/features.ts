import type { Contact } from '../../fields/contact.js';
import { fold } from '../../fields/fold.js';
import { isEastAsian } from '../contact.js';
import { emailKey, nameKey, phoneExtension, phoneKey } from '../keys.js';
import { generations, isCredential, isGeneration, isLegalForm, isTitleWord } from '../name-words.js';

/** A phone number as it is compared. */
export interface ComparedPhone {
  /** E.164 without an extension. */
  readonly key: string;
  readonly extension: string | undefined;
  /** Belongs to one person as a rule. */
  readonly isMobile: boolean;
}

/**
 * What is compared of a contact, folded and cleaned, without the contact itself: small enough to hold a whole store of
 * it in memory. Texts are empty where there is no value.
 */
export interface Features {
  readonly id: string;
  /** The name in Han, Kana or Hangul script, family name first, without spaces. */
  readonly eastAsian: string;
  /** That name in the other order, since the two may have been entered the wrong way round. */
  readonly eastAsianTurned: string;
  readonly given: string;
  readonly family: string;
  /** `jr`, `sr`, `ii` …: what tells father and son apart. */
  readonly generation: string;
  /** YYYY-MM-DD. */
  readonly birthDate: string;
  /** Email addresses (`email:ana@example.com`) and accounts of messaging services (`line:ana`). */
  readonly accounts: readonly string[];
  readonly phones: readonly ComparedPhone[];
  /** The numbers in the street line: `12`, `3/45`. */
  readonly houseNumber: string;
  /** The street line without its numbers, kinds of streets shortened. */
  readonly street: string;
  readonly zipCode: string;
  readonly city: string;
  readonly company: string;
  /** Custom fields that look like numbers of passports, policies, customers: `key:value`. */
  readonly identifiers: readonly string[];
}

interface PersonName {
  readonly given: string;
  readonly family: string;
  readonly generation: string;
}

/** The words of a part of a name. */
const nameWords = (part: string): readonly string[] =>
  nameKey(part)
    .split(' ')
    .filter((word) => word !== '');

/** Both parts without titles; a whole name that stands in one of them is taken apart. */
const personName = (first: string, last: string): PersonName => {
  const words = [...nameWords(first), ...nameWords(last)];
  // At the beginning, `sr` is a title (señor).
  const generation = words.slice(1).find(isGeneration) ?? '';
  const isName = (word: string): boolean =>
    words.length === 1 || !(isTitleWord(word) || isCredential(word, 'space') || isGeneration(word));
  const given = nameWords(first).filter(isName);
  const family = nameWords(last).filter(isName);
  if (family.length === 0 && given.length > 1) family.push(...given.splice(-1));
  else if (given.length === 0 && family.length > 1) given.push(...family.splice(0, family.length - 1));
  return { given: given.join(' '), family: family.join(' '), generation: generations[generation] ?? '' };
};

/** Kinds of streets as they are shortened (USPS Publication 28, appendix C1, and what is usual elsewhere). */
const streetKinds: ReadonlyMap<string, string> = new Map(
  Object.entries({
    avenue: 'ave',
    boulevard: 'blvd',
    circuit: 'cct',
    close: 'cl',
    court: 'ct',
    crescent: 'cres',
    drive: 'dr',
    highway: 'hwy',
    lane: 'ln',
    parade: 'pde',
    place: 'pl',
    road: 'rd',
    square: 'sq',
    street: 'st',
    strasse: 'str',
    terrace: 'tce',
  }),
);

const wordsOf = (text: string): readonly string[] => fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

const hasDigit = /\p{N}/u;

const streetOf = (text: string): { readonly houseNumber: string; readonly street: string } => {
  const words = wordsOf(text);
  return {
    houseNumber: words.filter((word) => hasDigit.test(word)).join(' '),
    street: words
      .filter((word) => !hasDigit.test(word))
      .map((word) => (streetKinds.get(word) ?? word).replace(/strasse$/, 'str'))
      .join(' '),
  };
};

const companyOf = (text: string): string => {
  const words = wordsOf(text.replace(/[.'’]/g, ''));
  let end = words.length;
  while (end > 1 && isLegalForm(words[end - 1] ?? '')) end -= 1;
  return words.slice(0, end).join(' ');
};

const phonesOf = ({ phones, social }: Contact): readonly ComparedPhone[] => {
  const compared = phones.map(({ kind, number }) => ({
    key: phoneKey(number),
    extension: phoneExtension(number),
    isMobile: kind === 'mobile',
  }));
  if (social?.whatsapp === undefined) return compared;
  return [...compared, { key: phoneKey(social.whatsapp), extension: undefined, isMobile: true }];
};

/** The mailboxes of a function and not of a person (RFC 2142, section 3 and 4, and what is usual besides). */
const sharedMailboxes =
  /^email:(?:info|sales|support|office|contact|hello|admin|marketing|mail|service|hr|jobs|team|billing|accounts?|enquiries|reception|webmaster|postmaster|no-?reply)@/;

/** Whether an account is a mailbox that people share by its name. */
export const isSharedMailbox = (account: string): boolean => sharedMailboxes.test(account);

const accountsOf = ({ emails, social = {} }: Contact): readonly string[] => [
  ...emails.map(({ address }) => `email:${emailKey(address)}`),
  ...Object.entries(social).flatMap(([service, name]) =>
    service === 'whatsapp' ? [] : [`${service}:${fold(name.trim())}`],
  ),
];

/** A text with six digits and letters or more, most of them digits: the number of something, not a word, an age or a date. */
const looksLikeIdentifier = (text: string): boolean => {
  const signs = text.replace(/[^\p{L}\p{N}]/gu, '');
  return (
    signs.length >= 6 &&
    signs.length <= 24 &&
    signs.replace(/\P{N}/gu, '').length * 2 > signs.length &&
    !/^\d{4}-\d\d-\d\d$/.test(text)
  );
};

const identifiersOf = ({ custom = {} }: Contact): readonly string[] =>
  Object.entries(custom).flatMap(([key, value]) => {
    const text = String(value);
    return looksLikeIdentifier(text) ? [`${key}:${wordsOf(text).join('')}`] : [];
  });

/** The features of a contact. */
export const featuresOf = (contact: Contact): Features => {
  const { id, firstName = '', lastName = '', company = '', birthDate = '', address = {} } = contact;
  const whole = `${lastName}${firstName}`;
  const inEastAsian = whole !== '' && isEastAsian(whole);
  const { given, family, generation } = inEastAsian
    ? { given: '', family: '', generation: '' }
    : personName(firstName, lastName);
  return {
    id,
    eastAsian: inEastAsian ? nameKey(whole) : '',
    eastAsianTurned: inEastAsian ? nameKey(`${firstName}${lastName}`) : '',
    given,
    family,
    generation,
    birthDate,
    accounts: accountsOf(contact),
    phones: phonesOf(contact),
    ...streetOf(address.street ?? ''),
    zipCode: wordsOf(address.zipCode ?? '').join(''),
    city: wordsOf(address.city ?? '').join(' '),
    company: companyOf(company),
    identifiers: identifiersOf(contact),
  };
};
