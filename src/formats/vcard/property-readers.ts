import { isId } from '../../contacts/id.js';
import { languageTag } from '../../fields/kinds/language.js';
import { messagingField } from '../csv/header.js';
import { emailKindOf, phoneKindOf } from '../kind-words.js';
import type { CardDraft } from './card-draft.js';
import { type Property, parameterOf, splitValue, unescapeText } from './property.js';

/** Reads what a property says into the draft of its card. */
type PropertyReader = (card: CardDraft, property: Property) => void;

/** Types that say nothing, or no more than a kind does. */
const plainTypes = new Set(
  'voice pref msg text video cell iphone work home internet x400 other personal dom intl postal parcel'.split(' '),
);

/** Labels of numbers that are no phones of the kind that their other types name: a fax at work. */
const otherTypes = /^(fax|pager|modem|isdn|pcs|textphone|car|main|bbs)$/i;

const textOf = ({ value }: Property): string => unescapeText(value).trim();

/** The texts of a structured value's components; the items of a component that is a list stand with spaces between. */
const componentsOf = (value: string): readonly string[] =>
  splitValue(value, ';').map((component) =>
    splitValue(component, ',')
      .map((item) => unescapeText(item).trim())
      .filter((item) => item !== '')
      .join(' '),
  );

/** What a person called the property: the label of its group, or a type that is no standard one. */
const labelOf = (card: CardDraft, property: Property): string => {
  const label = property.group === '' ? undefined : card.labels.get(property.group);
  if (label !== undefined) return label;
  const type = parameterOf(property, 'TYPE').find((word) => !plainTypes.has(word)) ?? '';
  const word = type.replace(/^x-/, '');
  return word.charAt(0).toUpperCase() + word.slice(1);
};

/** A phone or an email: its types tell the kind, else its label; a label that says more is kept. */
const readEntry =
  (group: 'phones' | 'emails'): PropertyReader =>
  (card, property) => {
    const types = parameterOf(property, 'TYPE');
    const label = labelOf(card, property);
    const kindOf = group === 'phones' ? phoneKindOf : emailKindOf;
    const byLabel = kindOf(label);
    const type = ['cell', 'iphone', 'work', 'home'].find((word) => types.includes(word));
    const isOther = otherTypes.test(label) || (label === '' && type === undefined);
    const kind = isOther ? 'other' : type !== undefined ? kindOf(type).kind : byLabel.kind;
    const text = textOf(property).replace(/^(tel|mailto):/i, '');
    card.addEntry(group, kind, property.name, text);
    if (!byLabel.exact) card.keep(label, text);
  };

/** The components of ADR that follow the street (RFC 6350, section 6.3.1). */
const addressParts = ['city', 'state', 'zipCode', 'country'];
const ownersOfAddresses = ['work', 'home'];

const readAddress: PropertyReader = (card, property) => {
  const [box = '', extended, street, ...others] = componentsOf(property.value);
  const lines = [street, extended, /^\d+$/.test(box) ? `PO Box ${box}` : box].filter((line) => line);
  const types = parameterOf(property, 'TYPE');
  const owner = ownersOfAddresses.findIndex((type) => types.includes(type));
  const parts = [
    ['street', lines.join('\n')] as const,
    ...addressParts.map((part, index) => [part, others[index] ?? ''] as const),
  ];
  card.addresses.push({
    title: ['Work Address', 'Home Address'][owner] ?? 'Address',
    rank: owner < 0 ? ownersOfAddresses.length : owner,
    parts: parts.filter(([, text]) => text !== ''),
  });
};

/** An account of a messaging service: `IMPP;X-SERVICE-TYPE=LINE:x-apple:ada`, `IMPP:xmpp:ada@example.com`. */
const readMessaging: PropertyReader = (card, property) => {
  const [, scheme = '', account = property.value] = /^([a-z][a-z\d+.-]*):(.*)$/is.exec(property.value) ?? [];
  const [service = scheme] = parameterOf(property, 'X-SERVICE-TYPE');
  let text = account;
  try {
    text = decodeURIComponent(account);
  } catch {
    // It is no URI: programs write accounts as they are, too.
  }
  const path = messagingField(service);
  if (path === undefined) card.keep(service === '' ? 'IM' : service, text);
  else card.add(path, property.name, [text.trim()], service);
};

/** A birthday; one without a year or in words is no date. Apple writes the year 1604 where it knows none. */
const readBirthday: PropertyReader = (card, property) => {
  const text = textOf(property);
  const hasNoYear = text.startsWith('--') || property.parameters.has('X-APPLE-OMIT-YEAR');
  if (hasNoYear || parameterOf(property, 'VALUE').includes('text')) card.keep('Birthday', text.replace(/^1604-/, '--'));
  else card.add('birthDate', property.name, [text]);
};

/** The readers of the properties that have a field, or part in one. */
export const propertyReaders: ReadonlyMap<string, PropertyReader> = new Map<string, PropertyReader>([
  [
    'FN',
    (card, property) => {
      card.formattedName = textOf(property);
    },
  ],
  [
    'N',
    (card, { name, value }) => {
      const [last = '', first = '', middle = '', prefix = '', suffix = ''] = componentsOf(value);
      card.add('lastName', name, [last]);
      card.add('firstName', name, [first]);
      card.keep('Middle Name', middle);
      card.keep('Name Prefix', prefix);
      card.keep('Name Suffix', suffix);
    },
  ],
  [
    'ORG',
    (card, { name, value }) => {
      const [company = '', department = '', ...units] = componentsOf(value);
      card.add('company', name, [company], 'Company');
      card.add('department', name, [department], 'Department');
      for (const unit of units) card.keep('Department', unit);
    },
  ],
  ['TITLE', (card, property) => card.add('jobTitle', property.name, [textOf(property)], 'Title')],
  ['ROLE', (card, property) => card.add('role', property.name, [textOf(property)], 'Role')],
  [
    'TZ',
    (card, property) => {
      const text = textOf(property);
      if (/^[a-z]/i.test(text)) card.add('timeZone', property.name, [text], 'Time Zone');
      else card.keep('Time Zone', text);
    },
  ],
  [
    'LANG',
    (card, property) => {
      const text = textOf(property);
      if (languageTag(text) === undefined) card.keep('Language', text);
      else card.add('language', property.name, [text], 'Language');
    },
  ],
  [
    'CATEGORIES',
    (card, { name, value }) =>
      card.add(
        'labels',
        name,
        splitValue(value, ',').map((label) => unescapeText(label).trim()),
        'Label',
      ),
  ],
  ['NOTE', (card, { name, value }) => card.add('notes', name, [unescapeText(value)])],
  ['BDAY', readBirthday],
  ['TEL', readEntry('phones')],
  ['EMAIL', readEntry('emails')],
  ['ADR', readAddress],
  ['IMPP', readMessaging],
  [
    'UID',
    (card, property) => {
      const id = textOf(property);
      if (isId(id)) card.id = id;
    },
  ],
]);

/** Properties that tell about the card or the program, not the person, or only repeat others. */
const leftOut =
  /^(VERSION|PRODID|REV|SOURCE|CLASS|MAILER|KIND|LABEL|X-ABLABEL|X-ABADR|X-ABUID|X-ABSHOWAS|X-CONTACTS-ERROR|X-MS-(OL|CARDPICTURE|TEXT).*|X-EVOLUTION-FILE-AS|X-MOZILLA-HTML)$/;

const titles: ReadonlyMap<string, string> = new Map([
  ['NICKNAME', 'Nickname'],
  ['URL', 'Website'],
  ['ANNIVERSARY', 'Anniversary'],
  ['GENDER', 'Gender'],
  ['PHOTO', 'Photo'],
  ['LOGO', 'Logo'],
  ['SOUND', 'Sound'],
  ['KEY', 'Key'],
  ['GEO', 'Location'],
  ['RELATED', 'Related'],
]);

/** Properties whose values are data, unless they are the address of such. */
const holdsData = /^(PHOTO|LOGO|SOUND|KEY)$/;

/** Keeps a property that no field holds, unless it says nothing about the person. */
export const keepProperty: PropertyReader = (card, { name, group, value }) => {
  if (leftOut.test(name)) return;
  const title = titles.get(name) ?? name;
  const label = card.labels.get(group);
  const isData = holdsData.test(name) && !/^https?:/i.test(value);
  const text = isData ? `${value.length} characters of data, which are not kept` : unescapeText(value).trim();
  const labelled = name === 'URL' ? `${title} (${label})` : (label ?? title);
  card.keep(label === undefined ? title : labelled, text.replace(/^;+|;+$/g, ''));
};
