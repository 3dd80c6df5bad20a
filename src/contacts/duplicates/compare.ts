import { jaroWinkler } from '@skyra/jaro-winkler';
import { weights } from './evidence.js';
import type { Features } from './features.js';
import { areAlike, eastAsianLikeness, type LikenessLevel, levelOf, partLikeness } from './names.js';

/** One thing that speaks for or against two contacts being one person. */
export interface Finding {
  /** What was compared: the same for all findings that say it in other words. */
  readonly about: string;
  readonly points: number;
  /** For people: `same mobile`, `names 0.96 alike`. */
  readonly text: string;
}

export interface Comparison {
  /** The sum of the findings' points. */
  readonly points: number;
  readonly findings: readonly Finding[];
}

/** Whether so many contacts have an account, a number or an identifier that it says little about any of them. */
export type IsCrowded = (value: string) => boolean;

/**
 * What the names say: they agree, the given names alone do (as after a marriage), they are those of two people, or nothing
 * can be said, since only one of the two has a name or they are in two scripts.
 */
type Agreement = 'whole' | 'givenName' | 'none' | 'unknown';

interface NameFinding {
  readonly findings: readonly Finding[];
  readonly agreement: Agreement;
}

const nameFinding = (points: number, likeness: number): Finding => {
  const text = likeness === 1 ? 'same name' : `names ${likeness.toFixed(2)} alike`;
  return { about: 'name', points, text: points < 0 ? 'different names' : text };
};

const compareEastAsian = (one: Features, other: Features): NameFinding => {
  const likeness = eastAsianLikeness([one.eastAsian, one.eastAsianTurned], [other.eastAsian, other.eastAsianTurned]);
  const points = weights.eastAsian[levelOf(likeness)];
  return { findings: [nameFinding(points, likeness)], agreement: points < 0 ? 'none' : 'whole' };
};

/** How two parts compare: nothing where one is missing. */
interface PartComparison {
  readonly level: LikenessLevel;
  readonly likeness: number;
}

const comparePart = (one: string, other: string): PartComparison | undefined => {
  if (one === '' || other === '') return undefined;
  const likeness = partLikeness(one, other);
  return { level: levelOf(likeness), likeness };
};

interface Arrangement {
  readonly points: number;
  readonly given: PartComparison | undefined;
  readonly family: PartComparison | undefined;
}

const arrange = (given: PartComparison | undefined, family: PartComparison | undefined): Arrangement => ({
  points: (given ? weights.given[given.level] : 0) + (family ? weights.family[family.level] : 0),
  given,
  family,
});

const isNo = (part: PartComparison | undefined): boolean => part?.level === 'unlike' || part?.level === 'different';

/** Which of the two is the given name cannot be told: the part that is less alike counts as the one. */
const arrangeTurned = (one: Features, other: Features): Arrangement => {
  const parts = [comparePart(one.given, other.family), comparePart(one.family, other.given)];
  const [less, more] = parts.flatMap((part) => part ?? []).toSorted((a, b) => a.likeness - b.likeness);
  return arrange(less, more);
};

/** Compares two names in the order in which they stand and turned round, and takes the order in which they agree better. */
const compareNames = (one: Features, other: Features): NameFinding => {
  const [first, second] = [one.given + one.family, other.given + other.family];
  const firstHasName = first !== '' || one.eastAsian !== '';
  const secondHasName = second !== '' || other.eastAsian !== '';
  if (!firstHasName || !secondHasName) {
    return { findings: [], agreement: firstHasName === secondHasName ? 'whole' : 'unknown' };
  }
  if (one.eastAsian !== '' && other.eastAsian !== '') return compareEastAsian(one, other);
  // A name and the same name in another script cannot be told from two names.
  if (first === '' || second === '') return { findings: [], agreement: 'unknown' };
  const straight = arrange(comparePart(one.given, other.given), comparePart(one.family, other.family));
  const isWhole = straight.given?.likeness === 1 && straight.family?.likeness === 1;
  const turned = isWhole ? straight : arrangeTurned(one, other);
  const isTurned = turned.points > straight.points;
  const { points, given, family } = isTurned ? turned : straight;
  const parts = [given, family].flatMap((part) => part ?? []);
  const likeness = parts.reduce((sum, part) => sum + part.likeness, 0) / Math.max(1, parts.length);
  const agreement = isNo(given) ? 'none' : isNo(family) ? 'givenName' : 'whole';
  const findings = parts.length === 0 ? [] : [nameFinding(points, likeness)];
  if (one.generation !== other.generation) {
    const { different, onOneSide } = weights.generation;
    const onBoth = one.generation !== '' && other.generation !== '';
    findings.push({ about: 'generation', points: onBoth ? different : onOneSide, text: 'junior and senior' });
  }
  return { findings, agreement };
};

/** The places at which two dates (YYYY-MM-DD) have other digits. */
const otherDigits = (one: string, other: string): readonly number[] => {
  const places: number[] = [];
  for (let place = 0; place < one.length; place += 1) {
    if (one.charCodeAt(place) !== other.charCodeAt(place)) places.push(place);
  }
  return places;
};

/** Day and month, or two digits side by side. */
const isTurnedRound = (one: string, other: string, places: readonly number[]): boolean => {
  const [first = 0, second = 0] = places;
  const isPair =
    places.length === 2 && second - first <= 2 && one[first] === other[second] && one[second] === other[first];
  return isPair || other === `${one.slice(0, 5)}${one.slice(8)}-${one.slice(5, 7)}`;
};

const compareBirthDates = (one: string, other: string): Finding | undefined => {
  if (one === '' || other === '') return undefined;
  const about = 'birthDate';
  const { same, near, unlike, different } = weights.birthDate;
  if (one === other) return { about, points: same, text: 'same birth date' };
  const places = otherDigits(one, other);
  if (places.length === 1 || isTurnedRound(one, other, places))
    return { about, points: near, text: 'birth dates alike' };
  return { about, points: places.length === 2 ? unlike : different, text: 'different birth dates' };
};

/** The finding about what both may have several of, where one of them counts for more the fewer others have it. */
const compareAccounts = (
  one: Features,
  other: Features,
  names: NameFinding,
  isCrowded: IsCrowded,
): Finding | undefined => {
  if (one.accounts.length === 0 || other.accounts.length === 0) return undefined;
  const { same, sameButOtherName, crowded, different } = weights.account;
  const shared = one.accounts.filter((account) => other.accounts.includes(account));
  const own = shared.find((account) => !isCrowded(account)) ?? shared[0];
  if (own === undefined) return { about: 'account', points: different, text: 'different emails' };
  const service = own.slice(0, own.indexOf(':'));
  const text =
    service === 'email' ? 'same email' : service === 'line' ? 'same LINE account' : `same ${service} account`;
  return {
    about: service,
    points: names.agreement === 'none' ? sameButOtherName : isCrowded(own) ? crowded : same,
    text,
  };
};

const pairPhones = (
  one: Features,
  other: Features,
): readonly { readonly mobile: boolean; readonly extension: 'same' | 'different' | 'none'; readonly key: string }[] =>
  one.phones.flatMap((phone) =>
    other.phones
      .filter(({ key }) => key === phone.key)
      .map(({ extension, isMobile }) => ({
        key: phone.key,
        mobile: isMobile || phone.isMobile,
        extension:
          extension === undefined || phone.extension === undefined
            ? 'none'
            : extension === phone.extension
              ? 'same'
              : 'different',
      })),
  );

const comparePhones = (
  one: Features,
  other: Features,
  names: NameFinding,
  isCrowded: IsCrowded,
): Finding | undefined => {
  if (one.phones.length === 0 || other.phones.length === 0) return undefined;
  const findings = pairPhones(one, other).map(({ mobile, extension, key }): Finding => {
    if (extension === 'different')
      return { about: 'phone', points: weights.extension.different, text: 'different extensions' };
    if (extension === 'same' && names.agreement !== 'none')
      return { about: 'phone', points: weights.extension.same, text: 'same phone and extension' };
    const { same, sameButOtherName, crowded } = mobile ? weights.mobile : weights.phone;
    // The number of an office may be the company's own contact and one of its people.
    const doubtful = mobile ? names.agreement === 'none' : names.agreement !== 'whole';
    const points = doubtful ? sameButOtherName : isCrowded(key) ? crowded : same;
    return { about: 'phone', points, text: mobile ? 'same mobile' : 'same phone' };
  });
  const [best] = findings.toSorted((a, b) => b.points - a.points);
  if (best !== undefined) return best;
  const haveMobiles = [one, other].every(({ phones }) => phones.some(({ isMobile }) => isMobile));
  return haveMobiles ? { about: 'phone', points: weights.mobile.different, text: 'different mobiles' } : undefined;
};

const compareStreets = (one: Features, other: Features): Finding | undefined => {
  const about = 'street';
  const { same, near, sameStreet, sameNumber: sameNumberAlone, different } = weights.street;
  if (one.street === '' || other.street === '') {
    const isSame = one.houseNumber !== '' && one.houseNumber === other.houseNumber;
    return isSame ? { about, points: sameNumberAlone, text: 'same house number' } : undefined;
  }
  const likeness = one.street === other.street ? 1 : jaroWinkler(one.street, other.street);
  const numbersMissing = one.houseNumber === '' || other.houseNumber === '';
  const sameNumber = one.houseNumber === other.houseNumber;
  const nearNumber = numbersMissing || sameNumber || areAlike(one.houseNumber, other.houseNumber);
  if (likeness >= 0.97 && sameNumber) return { about, points: same, text: 'same street' };
  if ((likeness >= 0.93 && nearNumber) || (likeness >= 0.85 && sameNumber))
    return { about, points: near, text: 'streets alike' };
  if (likeness >= 0.93) return { about, points: sameStreet, text: 'same street, other number' };
  return { about, points: different, text: 'different streets' };
};

const compareZipCodes = (one: string, other: string): Finding | undefined => {
  if (one === '' || other === '') return undefined;
  const about = 'zipCode';
  const { same, near, different } = weights.zipCode;
  if (one === other) return { about, points: same, text: 'same zip code' };
  return areAlike(one, other)
    ? { about, points: near, text: 'zip codes alike' }
    : { about, points: different, text: 'different zip codes' };
};

const compareCities = (one: string, other: string): Finding | undefined => {
  if (one === '' || other === '') return undefined;
  const { same, different } = weights.city;
  const isSame = one === other || jaroWinkler(one, other) >= 0.9;
  return { about: 'city', points: isSame ? same : different, text: isSame ? 'same city' : 'different cities' };
};

/** Street, zip code and city, of which the points are held within what an address as a whole can say. */
const compareAddresses = (one: Features, other: Features): readonly Finding[] => {
  const findings = [
    compareStreets(one, other),
    compareZipCodes(one.zipCode, other.zipCode),
    compareCities(one.city, other.city),
  ].flatMap((finding) => finding ?? []);
  const points = findings.reduce((sum, finding) => sum + finding.points, 0);
  const held = Math.max(weights.addressAtLeast, Math.min(weights.addressAtMost, points));
  return held === points
    ? findings
    : findings.map((finding) => ({ ...finding, points: (finding.points * held) / points }));
};

/** The number of a house or an office says little more than its address. */
const phoneOfPlace = (phone: Finding | undefined, addresses: readonly Finding[]): Finding | undefined => {
  const isOfPlace =
    phone?.text === 'same phone' && addresses.some(({ about, points }) => about === 'street' && points > 1);
  return phone && isOfPlace ? { ...phone, points: Math.min(phone.points, weights.phone.sameWithAddress) } : phone;
};

const compareCompanies = (one: string, other: string, names: NameFinding): Finding | undefined => {
  if (one === '' || other === '' || names.agreement === 'unknown') return undefined;
  const { same, sameButOtherName, different } = weights.company;
  const isSame = one === other || jaroWinkler(one, other) >= 0.93;
  if (isSame && names.agreement !== 'whole')
    return { about: 'company', points: sameButOtherName, text: 'same company' };
  return { about: 'company', points: isSame ? same : different, text: isSame ? 'same company' : 'different companies' };
};

const compareIdentifiers = (one: Features, other: Features, isCrowded: IsCrowded): Finding | undefined => {
  const keyOf = (identifier: string): string => identifier.slice(0, identifier.indexOf(':'));
  const shared = one.identifiers.find((identifier) => other.identifiers.includes(identifier));
  const { same, crowded, different } = weights.identifier;
  if (shared !== undefined) {
    return { about: 'identifier', points: isCrowded(shared) ? crowded : same, text: `same ${keyOf(shared)}` };
  }
  const key = one.identifiers
    .map(keyOf)
    .find((candidate) => other.identifiers.some((identifier) => keyOf(identifier) === candidate));
  return key === undefined ? undefined : { about: 'identifier', points: different, text: `different ${key}` };
};

const shareOne = (values: readonly string[], others: readonly string[]): boolean =>
  values.some((value) => others.includes(value));

const sharePhone = ({ phones }: Features, { phones: others }: Features): boolean =>
  phones.some(({ key }) => others.some((other) => other.key === key));

const sumOf = (findings: readonly Finding[]): number => findings.reduce((sum, { points }) => sum + points, 0);

/** What names, accounts, phones, companies and identifiers cannot exceed, by a look at what is quick to compare. */
const mostOfTheRest = (one: Features, other: Features): number =>
  weights.given.same +
  weights.family.same +
  (one.company !== '' && other.company !== '' ? weights.company.same : 0) +
  (shareOne(one.identifiers, other.identifiers) ? weights.identifier.same : 0) +
  (shareOne(one.accounts, other.accounts) ? weights.account.same : 0) +
  (sharePhone(one, other) ? weights.mobile.same : 0);

/**
 * What speaks for and against two contacts being one person; nothing where that comes to fewer points than `least`, which
 * for most pairs shows before all is compared.
 *
 * @param isCrowded tells which accounts (`email:…`), numbers (E.164) and identifiers (`key:value`) many have
 */
export const compare = (
  one: Features,
  other: Features,
  isCrowded: IsCrowded,
  least = Number.NEGATIVE_INFINITY,
): Comparison | undefined => {
  const birthDates = compareBirthDates(one.birthDate, other.birthDate);
  const most = mostOfTheRest(one, other) + (birthDates?.points ?? 0);
  if (most + weights.addressAtMost < least) return undefined;
  const addresses = compareAddresses(one, other);
  if (most + sumOf(addresses) < least) return undefined;
  const names = compareNames(one, other);
  const findings = [
    ...names.findings,
    compareAccounts(one, other, names, isCrowded),
    phoneOfPlace(comparePhones(one, other, names, isCrowded), addresses),
    birthDates,
    ...addresses,
    compareCompanies(one.company, other.company, names),
    compareIdentifiers(one, other, isCrowded),
  ].flatMap((finding) => finding ?? []);
  const points = sumOf(findings);
  return points < least ? undefined : { points, findings };
};

/** What weighs less is not told. */
const leastPoints = 1;

/**
 * Findings in words: what speaks for, and then what against, the weightiest first. Where several are about one thing, the
 * one that says it least stands for all.
 */
export const reasonsOf = (findings: readonly Finding[]): readonly string[] => {
  const weakest = new Map<string, Finding>();
  for (const finding of findings) {
    const known = weakest.get(finding.about);
    if (known === undefined || finding.points < known.points) weakest.set(finding.about, finding);
  }
  return [...weakest.values()]
    .filter(({ points }) => Math.abs(points) >= leastPoints)
    .sort((a, b) => b.points - a.points)
    .map(({ text }) => text);
};
