import { isId } from '../../contacts/id.js';
import type { FieldSpec } from '../../fields/catalogue.js';
import type { Draft } from '../../fields/draft.js';
import { type FieldPath, nameOfField } from '../../fields/field.js';
import { fold } from '../../fields/fold.js';
import { messagingField } from '../csv/header.js';
import { emailKindOf, phoneKindOf } from '../kind-words.js';
import type { RowProblem } from '../record.js';
import { splitName } from '../whole-name.js';
import type { Card } from './cards.js';
import { decoded, type Property, parameterOf, readProperty, splitValue, unescapeText } from './property.js';
import { ownProperty } from './write.js';

/** What no field holds: the property's title for people, and its text. */
export interface Rest {
  readonly title: string;
  readonly text: string;
}

/** What a card says about a contact. */
export interface CardReading {
  readonly draft: Draft;
  readonly id?: string;
  readonly problems: readonly RowProblem[];
  readonly rest: readonly Rest[];
  /** The property from which each field came. */
  readonly properties: ReadonlyMap<FieldPath, string>;
}

/** Properties that tell about the card or the program, not the person, or only repeat others. */
const leftOut = new Set(
  'VERSION PRODID REV SOURCE CLASS MAILER KIND LABEL X-ABLABEL X-ABADR X-ABUID X-ABSHOWAS X-CONTACTS-ERROR'.split(' '),
);

/** What Outlook and Evolution write about themselves. */
const ofPrograms = /^X-(MS-(OL|CARDPICTURE|TEXT)|EVOLUTION-FILE-AS|MOZILLA-HTML)/;

/** What binary data come to where they cannot be kept as text. */
const binary = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY']);

const titles: Readonly<Record<string, string>> = {
  NICKNAME: 'Nickname',
  URL: 'Website',
  ANNIVERSARY: 'Anniversary',
  GENDER: 'Gender',
  PHOTO: 'Photo',
  LOGO: 'Logo',
  SOUND: 'Sound',
  KEY: 'Key',
  GEO: 'Location',
  RELATED: 'Related',
  ROLE: 'Role',
  TZ: 'Time Zone',
  BDAY: 'Birthday',
  IMPP: 'IM',
};

/** Types that say nothing, or no more than a kind does. */
const plainTypes = new Set(
  'voice pref msg text video cell iphone work home internet x400 other personal dom intl postal parcel'.split(' '),
);

/** Labels of numbers that are no phones of the kind that their other types name: a fax at work. */
const otherTypes = /^(fax|pager|modem|isdn|pcs|textphone|car|main|bbs)$/i;

const addressParts = ['poBox', 'extended', 'street', 'city', 'state', 'zipCode', 'country'] as const;
const namesOfN = ['Last Name', 'First Name', 'Middle Name', 'Name Prefix', 'Name Suffix'];

interface Address {
  readonly rank: number;
  readonly title: string;
  readonly parts: readonly (readonly [string, string])[];
}

/** The texts of a structured value's components; the items of a component that is a list stand with spaces between. */
const componentsOf = (value: string): readonly string[] =>
  splitValue(value, ';').map((component) =>
    splitValue(component, ',')
      .map((item) => unescapeText(item).trim())
      .filter((item) => item !== '')
      .join(' '),
  );

/** Apple marks the labels of its own so: `_$!<Mobile>!$_`. */
const labelText = (value: string): string =>
  unescapeText(value)
    .replace(/^_\$!<(.*)>!\$_$/, '$1')
    .trim();

/** Gathers what the properties of one card say. */
class CardReader {
  readonly draft = new Map<FieldPath, readonly string[]>();
  readonly properties = new Map<FieldPath, string>();
  readonly problems: RowProblem[] = [];
  readonly rest: Rest[] = [];
  readonly addresses: Address[] = [];
  readonly labels = new Map<string, string>();
  id: string | undefined;
  formattedName = '';

  constructor(
    private readonly byPath: ReadonlyMap<FieldPath, FieldSpec>,
    private readonly own: ReadonlyMap<string, FieldPath>,
  ) {}

  /** Adds texts to a field of the category; what has no field there is the rest. */
  private add(path: FieldPath, property: Property, texts: readonly string[], title = property.name): void {
    const held = texts.filter((text) => text !== '');
    const field = this.byPath.get(path);
    const before = this.draft.get(path) ?? [];
    if (field === undefined || (!field.repeats && before.length > 0 && held[0] !== before[0])) {
      for (const text of held) this.keep(title, text);
    } else if (held.length > 0) {
      this.draft.set(path, field.repeats ? [...before, ...held] : held);
      if (!this.properties.has(path)) this.properties.set(path, property.name);
    }
  }

  private keep(name: string, text: string): void {
    if (text !== '') this.rest.push({ title: titles[name] ?? name, text });
  }

  private entryPath(group: 'phones' | 'emails', kind: string): FieldPath {
    const path = `${group}.${kind}`;
    const first = [...this.byPath.keys()].find((known) => known.startsWith(`${group}.`));
    return this.byPath.has(path) ? path : (first ?? path);
  }

  /** What a person called the property: the label of its group, or a type that is no standard one. */
  private labelOf(property: Property): string {
    const label = property.group === '' ? '' : (this.labels.get(property.group) ?? '');
    if (label !== '') return label;
    const type = parameterOf(property, 'TYPE').find((word) => !plainTypes.has(word)) ?? '';
    const word = type.replace(/^x-/, '');
    return word.charAt(0).toUpperCase() + word.slice(1);
  }

  /** A phone or an email: its types tell the kind, else its label; a label that says more is kept. */
  private readEntry(group: 'phones' | 'emails', property: Property): void {
    const types = parameterOf(property, 'TYPE');
    const label = this.labelOf(property);
    const kindOf = group === 'phones' ? phoneKindOf : emailKindOf;
    const byLabel = kindOf(label);
    const type = ['cell', 'iphone', 'work', 'home'].find((word) => types.includes(word));
    const isOther = otherTypes.test(label) || (label === '' && type === undefined);
    const kind = isOther ? 'other' : type !== undefined ? kindOf(type).kind : byLabel.kind;
    const text = unescapeText(property.value)
      .replace(/^(tel|mailto):/i, '')
      .trim();
    this.add(this.entryPath(group, kind), property, [text]);
    if (label !== '' && !byLabel.exact) this.keep(label, text);
  }

  private readAddress(property: Property): void {
    const texts = new Map(componentsOf(property.value).map((text, index) => [addressParts[index] ?? '', text]));
    const types = parameterOf(property, 'TYPE');
    const owner = ['work', 'home'].find((type) => types.includes(type));
    const box = texts.get('poBox') ?? '';
    const street = [texts.get('street'), texts.get('extended'), /^\d+$/.test(box) ? `PO Box ${box}` : box];
    const parts: [string, string][] = [['street', street.filter((line) => line).join('\n')]];
    for (const part of addressParts.slice(3)) parts.push([part, texts.get(part) ?? '']);
    this.addresses.push({
      rank: owner === 'work' ? 0 : owner === 'home' ? 1 : 2,
      title: owner === undefined ? 'Address' : `${owner === 'work' ? 'Work' : 'Home'} Address`,
      parts: parts.filter(([, text]) => text !== ''),
    });
  }

  private readName(property: Property): void {
    const [last = '', first = '', ...others] = componentsOf(property.value);
    this.add('lastName', property, [last]);
    this.add('firstName', property, [first]);
    for (const [index, text] of others.entries()) this.keep(namesOfN[index + 2] ?? 'Name', text);
  }

  private readMessaging(property: Property): void {
    const [, scheme = '', account = property.value] = /^([a-z][a-z\d+.-]*):(.*)$/is.exec(property.value) ?? [];
    const [service = scheme] = parameterOf(property, 'X-SERVICE-TYPE');
    let text = account;
    try {
      text = decodeURIComponent(account);
    } catch {
      // It is no URI: programs write accounts as they are, too.
    }
    const path = messagingField(service);
    if (path === undefined) this.keep(service === '' ? 'IM' : service, text);
    else this.add(path, property, [text.trim()], service);
  }

  private readBirthday(property: Property): void {
    const text = unescapeText(property.value).trim();
    const withoutYear = text.startsWith('--') || property.parameters.has('X-APPLE-OMIT-YEAR');
    if (withoutYear || parameterOf(property, 'VALUE').includes('text')) this.keep('BDAY', text.replace(/^1604-/, '--'));
    else this.add('birthDate', property, [text]);
  }

  private readRest(property: Property): void {
    const [key] = property.parameters.get('X-KEY') ?? [];
    const path = key === undefined ? this.own.get(property.name) : `custom.${key}`;
    if (path !== undefined && property.name.startsWith('X-CONTACTS-')) {
      this.add(path, property, [unescapeText(property.value)]);
      return;
    }
    const isBinary = binary.has(property.name) && !/^https?:/i.test(property.value);
    const text = isBinary
      ? `${property.value.length} characters of data, which are not kept`
      : unescapeText(property.value);
    const label = this.labels.get(property.group);
    const title = titles[property.name] ?? property.name;
    const held = text.trim().replace(/^;+|;+$/g, '');
    this.keep(label === undefined ? title : property.name === 'URL' ? `${title} (${label})` : label, held);
  }

  read(property: Property): void {
    switch (property.name) {
      case 'FN':
        this.formattedName = unescapeText(property.value).trim();
        return;
      case 'N':
        return this.readName(property);
      case 'ORG': {
        const [company = '', department = '', ...units] = componentsOf(property.value);
        this.add('company', property, [company], 'Company');
        this.add('department', property, [department], 'Department');
        for (const unit of units) this.keep('Department', unit);
        return;
      }
      case 'TITLE':
        return this.add('jobTitle', property, [unescapeText(property.value).trim()], 'Title');
      case 'ROLE':
        return this.add('role', property, [unescapeText(property.value).trim()]);
      case 'TZ':
        return this.add('timeZone', property, [unescapeText(property.value).trim()]);
      case 'LANG':
        return this.add('language', property, [property.value.trim()], 'Language');
      case 'CATEGORIES':
        return this.add(
          'labels',
          property,
          splitValue(property.value, ',').map((item) => unescapeText(item).trim()),
          'Label',
        );
      case 'NOTE':
        return this.add('notes', property, [unescapeText(property.value)]);
      case 'BDAY':
        return this.readBirthday(property);
      case 'TEL':
        return this.readEntry('phones', property);
      case 'EMAIL':
        return this.readEntry('emails', property);
      case 'ADR':
        return this.readAddress(property);
      case 'IMPP':
        return this.readMessaging(property);
      case 'UID': {
        const id = property.value.trim();
        if (isId(id)) this.id = id;
        return;
      }
      default:
        if (!leftOut.has(property.name) && !ofPrograms.test(property.name)) this.readRest(property);
    }
  }

  /** What can be said when all properties are read: which address, and a name out of FN where there is no other. */
  finish(): void {
    // Google writes its own groups among the labels; a card of ours, which has our id, has none.
    const labels = this.draft.get('labels');
    if (labels && this.id === undefined)
      this.draft.set(
        'labels',
        labels.filter((label) => !/^(myContacts|starred)$/.test(label)),
      );
    const [address, ...others] = this.addresses
      .filter(({ parts }) => parts.length > 0)
      .sort((one, other) => one.rank - other.rank);
    const adr: Property = { group: '', name: 'ADR', parameters: new Map(), value: '' };
    for (const [part, text] of address?.parts ?? []) this.add(`address.${part}`, adr, [text], 'Address');
    for (const { title, parts } of others)
      this.keep(
        title,
        parts
          .map(([, text]) => text)
          .join(', ')
          .replaceAll('\n', ', '),
      );
    if (this.draft.has('firstName') || this.draft.has('lastName')) return;
    const said = [...this.draft.values()].flat().map(fold);
    const isName = /\p{L}/u.test(this.formattedName) && !said.includes(fold(this.formattedName));
    const [first, last] = isName && this.formattedName !== this.id ? splitName(this.formattedName) : ['', ''];
    const fn: Property = { group: '', name: 'FN', parameters: new Map(), value: '' };
    this.add('firstName', fn, [first]);
    this.add('lastName', fn, [last]);
  }
}

/** Makes a reader of cards for a category's fields. */
export const createCardReader = (fields: readonly FieldSpec[]): ((card: Card) => CardReading) => {
  const byPath = new Map(fields.map((field) => [field.path, field]));
  const own = new Map(
    fields.filter((field) => field.vcard === undefined).map((field) => [ownProperty(field), field.path]),
  );
  if (byPath.has('language')) own.set('X-CONTACTS-LANGUAGE', 'language');
  return (card) => {
    const reader = new CardReader(byPath, own);
    const properties: Property[] = [];
    for (const { text, line } of card.lines) {
      const property = readProperty(text);
      const plain = property && decoded(property);
      if (plain) properties.push(plain);
      else {
        const message =
          property === undefined
            ? `is no property (line ${line}): a name and a colon are wanted`
            : `cannot be decoded (line ${line})`;
        reader.problems.push({ column: property?.name ?? '', value: text.slice(0, 80), message });
      }
    }
    for (const { name, group, value } of properties)
      if (name === 'X-ABLABEL') reader.labels.set(group, labelText(value));
    for (const property of properties) reader.read(property);
    reader.finish();
    const isGroup = properties.some(
      ({ name, value }) => /^(KIND|X-ADDRESSBOOKSERVER-KIND)$/.test(name) && nameOfField(value) === 'group',
    );
    if (isGroup)
      reader.problems.push({ column: 'KIND', value: 'group', message: 'is a group of contacts, not a contact' });
    const { draft, id, problems, rest } = reader;
    return { draft, problems, rest, properties: reader.properties, ...(id !== undefined && { id }) };
  };
};
