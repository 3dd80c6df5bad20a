import { languageTag } from '../../fields/kinds/language.js';
import { emailKindOf, phoneKindOf } from '../kind-words.js';
import { accountOf } from './accounts.js';
import type { CardDraft } from './card-draft.js';
import { readDialNumber } from './dial-number.js';
import type { Place } from './layout.js';
import { escapeText, listOf, type Property, parameterOf, textOf, unescapeText } from './property.js';
import { titleOf } from './rest.js';

/** How the values of a property's fields are written and read: the one place that knows both ways. */
export interface Form {
  /** The properties of a field's values, unfolded. */
  write(place: Place, values: readonly string[], version: '3.0' | '4.0'): readonly string[];
  /**
   * Reads a property into the draft of its card.
   *
   * @param places the category's fields that the property may hold, maybe none
   */
  read(card: CardDraft, property: Property, places: readonly Place[]): void;
}

const named = ({ name, parameters }: Place): string => (parameters === '' ? name : `${name};${parameters}`);

const addTo = (card: CardDraft, [place]: readonly Place[], property: Property, texts: readonly string[]): void => {
  const title = titleOf(property.name);
  if (place !== undefined) card.add(place.field.path, property.name, texts, place.field.label);
  else for (const text of texts) card.keep({ title, text });
};

const text: Form = {
  write: (place, values) => values.map((value) => `${named(place)}:${escapeText(value)}`),
  read: (card, property, places) => addTo(card, places, property, [textOf(property)]),
};

const note: Form = {
  ...text,
  read: (card, property, places) => addTo(card, places, property, [unescapeText(property.value, property.version)]),
};

const list: Form = {
  write: (place, values) => (values.length === 0 ? [] : [`${named(place)}:${values.map(escapeText).join(',')}`]),
  read: (card, property, places) => addTo(card, places, property, listOf(property)),
};

/** Dates of which the year is not known: Apple writes 1604, Outlook 4501, others 0000 or none. */
const withoutYear = /^(?:--|(?:0000|1604|4501)-?\d\d-?\d\d|T\d)/;
/** Some programs write 00 for the month or day that they do not know. */
const yearOrMonth = /^\d{4}(?:-\d\d|-?\d\d-?00)?$/;

/** A date; one without a year, without a day or in words is no date of birth, and is kept as it is. */
const date: Form = {
  write: (place, values, version) =>
    values.map((value) => `${named(place)}:${version === '4.0' ? value.replaceAll('-', '') : value}`),
  read: (card, property, places) => {
    const given = textOf(property);
    const isPart = withoutYear.test(given) || yearOrMonth.test(given) || property.parameters.has('X-APPLE-OMIT-YEAR');
    const isPlain = !isPart && !parameterOf(property, 'VALUE').includes('text');
    const known = given.replace(/^(?:0000|1604|4501)-?(\d\d)-?(\d\d).*$/, '--$1-$2').replace(/^--00-00$/, '');
    if (isPlain) addTo(card, places, property, [given]);
    else card.keep({ title: titleOf(property.name), text: known });
  },
};

/** RFC 6350 has LANG, RFC 2426 nothing. */
const ownLanguage = 'X-CONTACTS-LANGUAGE';

const language: Form = {
  write: (place, values, version) =>
    values.map((value) => `${version === '4.0' ? named(place) : ownLanguage}:${escapeText(value)}`),
  read: (card, property, places) => {
    const given = textOf(property);
    if (languageTag(given) === undefined) card.keep({ title: titleOf('LANG'), text: given });
    else addTo(card, places, property, [given]);
  },
};

const zone: Form = {
  write: (place, values, version) =>
    values.map((value) => `${named(place)}${version === '4.0' ? '' : ';VALUE=text'}:${escapeText(value)}`),
  read: (card, property, places) => {
    const given = textOf(property);
    // An offset is no zone: it does not say when summer time is.
    addTo(card, /^[a-z]/i.test(given) ? places : [], property, [given]);
  },
};

/** Types that say nothing, or no more than a kind does. */
const plainTypes = new Set(
  'voice pref msg text video cell iphone work home internet x400 other personal dom intl postal parcel'.split(' '),
);

/** Labels of numbers that are no phones of the kind that their other types name: a fax at work. */
const otherTypes = /^(fax|pager|modem|isdn|pcs|textphone|car|main|bbs)$/i;

/** What a person called the property: the label of its group, or a type that is no standard one. */
const labelOf = (card: CardDraft, property: Property): string => {
  const label = property.group === '' ? undefined : card.labels.get(property.group);
  if (label !== undefined) return label;
  const type = parameterOf(property, 'TYPE').find((word) => word !== '' && !plainTypes.has(word)) ?? '';
  const word = type.replace(/^x-/, '');
  return word.charAt(0).toUpperCase() + word.slice(1);
};

/** Reads a phone or an email: its types tell the kind, else its label; a label that says more is kept. */
const readEntry = (
  card: CardDraft,
  property: Property,
  places: readonly Place[],
  kindOf: typeof phoneKindOf | typeof emailKindOf,
  given: string,
): void => {
  const types = parameterOf(property, 'TYPE');
  const label = labelOf(card, property);
  const byLabel = kindOf(label);
  const type = ['cell', 'iphone', 'work', 'home'].find((word) => types.includes(word));
  const isOther = otherTypes.test(label) || (label === '' && type === undefined);
  const kind = isOther ? 'other' : type !== undefined ? kindOf(type).kind : byLabel.kind;
  // Staff have one kind of them alone.
  const place = places.find(({ field }) => field.path.endsWith(`.${kind}`)) ?? places[0];
  if (place !== undefined) card.add(place.field.path, property.name, [given]);
  if (place === undefined || !byLabel.exact) card.keep({ title: label || titleOf(property.name), text: given });
};

const phone: Form = {
  write: (place, values, version) =>
    values.map((value) =>
      version === '4.0'
        ? `${named({ ...place, name: `${place.name};VALUE=uri` })}:tel:${value}`
        : `${named(place)}:${value.replace(';ext=', ' x')}`,
    ),
  read: (card, property, places) => {
    const reading = readDialNumber(textOf(property));
    if (reading.is === 'other') card.keep({ title: labelOf(card, property) || 'Phone', text: reading.text });
    else readEntry(card, property, places, phoneKindOf, reading.number);
    const [account] = parameterOf(property, 'WAID');
    if (account !== undefined && /^\d{5,15}$/.test(account)) readWhatsApp(card, property, `+${account}`);
  },
};

const whatsApp = 'social.whatsapp';

/** WhatsApp marks the numbers that are accounts of it: `TEL;waid=447700900103:+44 7700 900103`. */
const readWhatsApp = (card: CardDraft, property: Property, number: string): void => {
  const known = card.texts.get(whatsApp)?.[0];
  if (known === undefined && card.fieldAt(whatsApp) !== undefined) card.add(whatsApp, property.name, [number]);
};

/** Mail systems whose addresses are not those of the internet, as vCard 2.1 and programs name them. */
const otherMail = /^(ex|x500|x-lotus|x-notes|aol|applelink|attmail|cis|eworld|ibmmail|mcimail|powershare|prodigy|tlx)$/;
const exchangeAddress = /^(?:EX:)?\/o=/i;

const email: Form = {
  ...text,
  read: (card, property, places) => {
    const given = textOf(property).replace(/^mailto:/i, '');
    const types = parameterOf(property, 'TYPE');
    const system = given.includes('@') ? undefined : types.find((type) => otherMail.test(type));
    if (types.includes('x400')) card.keep({ title: 'X.400', text: given });
    else if (system !== undefined || exchangeAddress.test(given)) card.keep({ title: 'Email', text: given });
    else readEntry(card, property, places, emailKindOf, given);
  },
};

/** Reads an account into the field of its service. */
export const readAccount = (card: CardDraft, property: Property): boolean => {
  const found = accountOf(property, card.labels.get(property.group));
  if (found === undefined) return false;
  const { service, path, account } = found;
  if (path !== undefined && card.fieldAt(path) !== undefined) card.add(path, property.name, [account], service);
  else if (property.name === 'URL') return false;
  else card.keep({ title: service === '' ? titleOf('IMPP') : service, text: account });
  return true;
};

const account: Form = {
  write: (place, values) => {
    const service = place.field.path.slice('social.'.length);
    return values.map((value) => `${named(place)}:${service}:${encodeURIComponent(value).replaceAll('%2B', '+')}`);
  },
  read: (card, property) => {
    readAccount(card, property);
  },
};

const forms: ReadonlyMap<string, Form> = new Map([
  ['BDAY', date],
  ['LANG', language],
  ['TZ', zone],
  ['CATEGORIES', list],
  ['NOTE', note],
  ['TEL', phone],
  ['EMAIL', email],
  ['IMPP', account],
]);

/** Names under which properties stand where theirs is not known. */
const otherNames: ReadonlyMap<string, string> = new Map([[ownLanguage, 'LANG']]);

/** The name under which the catalogue has a property. */
export const placeName = (name: string): string => otherNames.get(name) ?? name;

/** Whether a property has a form of its own, also where the category has no field for it. */
export const hasForm = (name: string): boolean => forms.has(placeName(name));

/** How the values of a property are written and read: as a text unless it is said otherwise. */
export const formOf = (name: string): Form => forms.get(placeName(name)) ?? text;
