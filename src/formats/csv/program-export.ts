import { type Column, columnsOf, headerOf, isNumbered, joinNotes } from '../../fields/columns.js';
import type { Contact } from '../../fields/contact.js';
import { namesOfCountry } from '../../fields/country-names.js';
import { type CustomField, fieldsOf } from '../../fields/field.js';

/** The programs besides spreadsheets whose form `export --for` writes. */
export const otherPrograms = ['google', 'outlook', 'hubspot'] as const;

export type OtherProgram = (typeof otherPrograms)[number];

/** The texts of one contact by their fields; those that a column takes are gone, and the rest has no column. */
class ContactTexts {
  readonly #texts = new Map<string, string[]>();

  /** @param columns those of fields that have one text */
  constructor(
    readonly contact: Contact,
    columns: readonly Column[],
  ) {
    const { phones, emails, notes, labels, birthDate, address } = contact;
    for (const { path, text } of columns) this.#add(path, text(contact));
    for (const { kind, number } of phones) this.#add(`phones.${kind}`, number.replace(';ext=', ' x'));
    for (const { kind, address: email } of emails) this.#add(`emails.${kind}`, email);
    this.#texts.set('labels', [...labels]);
    this.#texts.set('notes', notes.length === 0 ? [] : [joinNotes(notes.map(({ text }) => text))]);
    // ISO 8601; programs that want another order have it changed where they take it.
    this.#texts.set('birthDate', birthDate === undefined ? [] : [birthDate]);
    this.#texts.set('address.country', address?.country === undefined ? [] : [countryName(address.country)]);
  }

  #add(path: string, text: string): void {
    if (text !== '') this.#texts.set(path, [...(this.#texts.get(path) ?? []), text]);
  }

  /** Takes the next text of the first of these fields that has one. */
  take(...paths: readonly string[]): string {
    for (const path of paths) {
      const text = this.#texts.get(path)?.shift();
      if (text !== undefined) return text;
    }
    return '';
  }

  takeAll(...paths: readonly string[]): readonly string[] {
    return paths.flatMap((path) => this.#texts.get(path)?.splice(0) ?? []);
  }

  /** The fields that have texts left. */
  left(): readonly string[] {
    return [...this.#texts].filter(([, texts]) => texts.length > 0).map(([path]) => path);
  }
}

/** The columns of fields that have one text each. */
const flatColumns = (custom: readonly CustomField[]): readonly Column[] =>
  columnsOf('external', custom).filter(({ path, index }) => path !== 'id' && index === undefined);

const countryName = (code: string): string => namesOfCountry(code)[0] ?? code;

/** A column of another program's file. */
interface ProgramColumn {
  readonly header: string;
  readonly take: (texts: ContactTexts) => string;
}

const from =
  (...paths: readonly string[]) =>
  (texts: ContactTexts): string =>
    texts.take(...paths);

const monthFirst = (texts: ContactTexts): string =>
  texts.take('birthDate').replace(/^(\d{4})-0?(\d+)-0?(\d+)$/, '$2/$3/$1');

/** A line of the street; the last column has all that are left. */
const streetLine =
  (line: number, isLast = false) =>
  (texts: ContactTexts): string => {
    const lines = (texts.contact.address?.street ?? '').split('\n');
    texts.takeAll('address.street');
    return (isLast ? lines.slice(line).join(', ') : lines[line]) ?? '';
  };

const anyEmail = from('emails.work', 'emails.personal', 'emails.other');

const outlookTakes: Readonly<Record<string, ProgramColumn['take']>> = {
  'First Name': from('firstName'),
  'Last Name': from('lastName'),
  Company: from('company'),
  Department: from('department'),
  'Job Title': from('jobTitle'),
  'Business Street': streetLine(0),
  'Business Street 2': streetLine(1),
  'Business Street 3': streetLine(2, true),
  'Business City': from('address.city'),
  'Business State': from('address.state'),
  'Business Postal Code': from('address.zipCode'),
  'Business Country/Region': from('address.country'),
  'Business Phone': from('phones.work'),
  'Business Phone 2': from('phones.work'),
  'Home Phone': from('phones.home'),
  'Home Phone 2': from('phones.home'),
  'Mobile Phone': from('phones.mobile'),
  'Other Phone': from('phones.other'),
  Birthday: monthFirst,
  Categories: (texts) => texts.takeAll('labels').join(';'),
  'E-mail Address': anyEmail,
  'E-mail 2 Address': anyEmail,
  'E-mail 3 Address': anyEmail,
  Language: from('language'),
  Notes: from('notes'),
};

/** The header of Outlook's own export of contacts, which its import takes. */
const outlookHeader =
  "Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business Street 2,Business Street 3,Business City,Business State,Business Postal Code,Business Country/Region,Home Street,Home Street 2,Home Street 3,Home City,Home State,Home Postal Code,Home Country/Region,Other Street,Other Street 2,Other Street 3,Other City,Other State,Other Postal Code,Other Country/Region,Assistant's Phone,Business Fax,Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,Home Phone 2,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Radio Phone,TTY/TDD Phone,Telex,Account,Anniversary,Assistant's Name,Billing Information,Birthday,Business Address PO Box,Categories,Children,Directory Server,E-mail Address,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,E-mail 2 Display Name,E-mail 3 Address,E-mail 3 Type,E-mail 3 Display Name,Gender,Government ID Number,Hobby,Home Address PO Box,Initials,Internet Free Busy,Keywords,Language,Location,Manager's Name,Mileage,Notes,Office Location,Organizational ID Number,Other Address PO Box,Priority,Private,Profession,Referred By,Sensitivity,Spouse,User 1,User 2,User 3,User 4,Web Page".split(
    ',',
  );

const outlookColumns = (): readonly ProgramColumn[] =>
  outlookHeader.map((header) => ({ header, take: outlookTakes[header] ?? (() => '') }));

/** What HubSpot calls a type of contacts, where it has another word. */
const stages: Readonly<Record<string, string>> = { Prospect: 'Opportunity' };

const stageNamed = (type: string): string => stages[type] ?? type;

const hubspotColumns = (): readonly ProgramColumn[] => [
  { header: 'First Name', take: from('firstName') },
  { header: 'Last Name', take: from('lastName') },
  { header: 'Email', take: anyEmail },
  { header: 'Additional email addresses', take: anyEmail },
  { header: 'Phone Number', take: from('phones.work', 'phones.home', 'phones.other') },
  { header: 'Mobile Phone Number', take: from('phones.mobile') },
  { header: 'Job Title', take: from('jobTitle') },
  { header: 'Company Name', take: from('company') },
  { header: 'Street Address', take: (texts) => texts.take('address.street').replaceAll('\n', ', ') },
  { header: 'City', take: from('address.city') },
  { header: 'State/Region', take: from('address.state') },
  { header: 'Postal Code', take: from('address.zipCode') },
  { header: 'Country/Region', take: from('address.country') },
  { header: 'Preferred language', take: from('language') },
  { header: 'Date of birth', take: from('birthDate') },
  { header: 'Lifecycle Stage', take: (texts) => stageNamed(texts.take('type')) },
];

/** How many entries the contact with most of them has, of each sort that Google numbers. */
interface GoogleCounts {
  emails: number;
  phones: number;
  custom: number;
}

const phoneLabels = {
  'phones.mobile': 'Mobile',
  'phones.work': 'Work',
  'phones.home': 'Home',
  'phones.other': 'Other',
};
const emailLabels = { 'emails.work': 'Work', 'emails.personal': 'Home', 'emails.other': 'Other' };

/** Takes the next entry of several fields, each with the label that Google has for it. */
const labelled = (texts: ContactTexts, labels: Readonly<Record<string, string>>): readonly [string, string] => {
  for (const [path, label] of Object.entries(labels)) {
    const text = texts.take(path);
    if (text !== '') return [label, text];
  }
  return ['', ''];
};

/** `Phone 1 - Label`, `Phone 1 - Value` and so on: what a label says of a value is known only with the value. */
const numbered = (title: string, count: number, labels: Readonly<Record<string, string>>): readonly ProgramColumn[] =>
  Array.from({ length: count }, (_, index) => {
    let value = '';
    const takeLabel = (texts: ContactTexts): string => {
      const [label, text] = labelled(texts, labels);
      value = text;
      return label;
    };
    const header = `${title} ${index + 1} -`;
    return [
      { header: `${header} Label`, take: takeLabel },
      { header: `${header} Value`, take: () => value },
    ];
  }).flat();

/** Fields that Google has no column for, and keeps as fields of the user's own, by their labels. */
const googleCustomLabels = (custom: readonly CustomField[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fieldsOf('external', custom)
      .filter(({ path }) => /^(language|group|social\.|custom\.)/.test(path))
      .map(({ path, label }) => [path, label]),
  );

const googleColumns = (counts: GoogleCounts, custom: readonly CustomField[]): readonly ProgramColumn[] => [
  { header: 'First Name', take: from('firstName') },
  { header: 'Middle Name', take: () => '' },
  { header: 'Last Name', take: from('lastName') },
  { header: 'Organization Name', take: from('company') },
  { header: 'Organization Title', take: from('jobTitle') },
  { header: 'Organization Department', take: from('department') },
  { header: 'Birthday', take: from('birthDate') },
  { header: 'Notes', take: from('notes') },
  { header: 'Labels', take: (texts) => [...texts.takeAll('labels'), '* myContacts'].join(' ::: ') },
  ...numbered('E-mail', counts.emails, emailLabels),
  ...numbered('Phone', counts.phones, phoneLabels),
  { header: 'Address 1 - Label', take: ({ contact }) => (contact.address === undefined ? '' : 'Work') },
  { header: 'Address 1 - Street', take: from('address.street') },
  { header: 'Address 1 - City', take: from('address.city') },
  { header: 'Address 1 - Region', take: from('address.state') },
  { header: 'Address 1 - Postal Code', take: from('address.zipCode') },
  { header: 'Address 1 - Country', take: from('address.country') },
  ...numbered('Custom Field', counts.custom, googleCustomLabels(custom)),
];

const googleCounts = async (
  contacts: AsyncIterable<Contact>,
  custom: readonly CustomField[],
): Promise<GoogleCounts> => {
  const counts = { emails: 1, phones: 1, custom: 0 };
  const paths = Object.keys(googleCustomLabels(custom));
  const flat = flatColumns(custom);
  for await (const contact of contacts) {
    counts.emails = Math.max(counts.emails, contact.emails.length);
    counts.phones = Math.max(counts.phones, contact.phones.length);
    counts.custom = Math.max(counts.custom, new ContactTexts(contact, flat).takeAll(...paths).length);
  }
  return counts;
};

/** Contacts in another program's form. */
export interface ProgramRows {
  /** The header, then a row for each contact; to be gone through once. */
  readonly rows: AsyncIterable<readonly string[]>;
  /** The labels of fields that the program has no column for, with how many contacts have them; known after the rows. */
  readonly left: ReadonlyMap<string, number>;
}

/**
 * The contacts as another program takes them. Texts stand as they are: it is no spreadsheet that runs formulas.
 *
 * @param contacts gives the contacts, the same ones each time; none for the header alone
 */
export const programRows = (
  program: OtherProgram,
  contacts: () => AsyncIterable<Contact>,
  custom: readonly CustomField[],
): ProgramRows => {
  const left = new Map<string, number>();
  const labels = new Map(fieldsOf('external', custom).map((field) => [field.path as string, field]));
  const tell = (texts: ContactTexts): void => {
    for (const path of texts.left()) {
      const field = labels.get(path);
      const label = field === undefined ? path : isNumbered(field) ? `a further ${headerOf(field, 0)}` : field.label;
      left.set(label, (left.get(label) ?? 0) + 1);
    }
  };
  async function* rows(): AsyncGenerator<readonly string[], void> {
    const columns =
      program === 'google'
        ? googleColumns(await googleCounts(contacts(), custom), custom)
        : program === 'outlook'
          ? outlookColumns()
          : hubspotColumns();
    const flat = flatColumns(custom);
    yield columns.map(({ header }) => header);
    for await (const contact of contacts()) {
      const texts = new ContactTexts(contact, flat);
      yield columns.map(({ take }) => take(texts));
      tell(texts);
    }
  }
  return { rows: rows(), left };
};
