/** What a field's values are; each name has its behaviour in `kinds/`. */
export type KindName =
  | 'text'
  | 'choice'
  | 'label'
  | 'date'
  | 'language'
  | 'country'
  | 'phone'
  | 'email'
  | 'timeZone'
  | 'extension'
  | 'number'
  | 'checkbox'
  | 'multiSelect'
  | 'note';

/**
 * One field of a contact. Everything that names fields (flags, prompts, CSV columns, vCard properties, tables, search
 * qualifiers, help, the JSON Schema) is read off this.
 */
export interface FieldSpec {
  /** Where the value is kept in a contact: `firstName`, `phones.mobile` (the entries of that kind), `address.city`. */
  readonly path: string;
  /** The CSV header and the form's label. */
  readonly label: string;
  /** The option's name without its dashes. */
  readonly flag: string;
  readonly kind: KindName;
  /** More than one value is kept. */
  readonly repeats?: boolean;
  readonly choices?: readonly string[];
  /** Other text than the choices is taken too. */
  readonly open?: boolean;
  /** What a new contact gets where nothing is given. */
  readonly preset?: string;
  /** No two contacts of the category share a value. */
  readonly unique?: boolean;
  /** The form asks until there is a value. */
  readonly required?: boolean;
  /** The field's place on the first page of the Create Contact form, from 1, where it stands there. */
  readonly firstPage?: number;
  /** The label that it has there, where that is another. */
  readonly firstPageLabel?: string;
  /** Other headers and query names for the field. Case, accents, spaces and punctuation do not count. */
  readonly synonyms?: readonly string[];
  /** The vCard property: `TEL;TYPE=cell`, or a component of one: `N.1` (counted from 0). */
  readonly vcard?: string;
  /** A line of help. */
  readonly help: string;
}

export interface SectionSpec {
  readonly title: string;
  readonly fields: readonly FieldSpec[];
}

const notes = {
  title: 'Notes',
  fields: [
    {
      path: 'notes',
      label: 'Notes',
      flag: 'notes',
      kind: 'note',
      repeats: true,
      synonyms: ['Note', 'Comments', 'Comment', 'Remarks', 'Memo', 'Annotation'],
      vcard: 'NOTE',
      help: 'Notes about the contact',
    },
  ],
} as const satisfies SectionSpec;

/** The fields of leads, prospects and customers, in the order of the form and of the CSV header. */
export const externalSections = [
  {
    title: 'Personal Information',
    fields: [
      {
        path: 'type',
        label: 'Type',
        flag: 'type',
        kind: 'choice',
        choices: ['Lead', 'Prospect', 'Customer', 'Other'],
        preset: 'Lead',
        firstPage: 1,
        synonyms: ['Contact Type', 'Lifecycle Stage'],
        help: 'What the contact is to the company',
      },
      {
        path: 'firstName',
        label: 'First Name',
        flag: 'first-name',
        kind: 'text',
        firstPage: 2,
        synonyms: ['Given Name', 'Forename', 'First', 'Vorname', 'Prénom', 'Nombre', '名', '名字'],
        vcard: 'N.1',
        help: 'Given name',
      },
      {
        path: 'lastName',
        label: 'Last Name',
        flag: 'last-name',
        kind: 'text',
        firstPage: 3,
        synonyms: ['Family Name', 'Surname', 'Last', 'Nachname', 'Nom', 'Apellido', 'Apellidos', '姓', '姓氏'],
        vcard: 'N.0',
        help: 'Family name',
      },
      {
        path: 'level',
        label: 'Level',
        flag: 'level',
        kind: 'choice',
        choices: ['Primary', 'Secondary', 'Tertiary'],
        preset: 'Primary',
        synonyms: ['Contact Level'],
        help: 'How important the contact is',
      },
      {
        path: 'company',
        label: 'Company',
        flag: 'company',
        kind: 'text',
        synonyms: [
          'Company Name',
          'Organization',
          'Organisation',
          'Organization Name',
          'Account Name',
          'Employer',
          'Firma',
          '公司',
        ],
        vcard: 'ORG.0',
        help: 'The company the contact works for',
      },
      {
        path: 'jobTitle',
        label: 'Job Title',
        flag: 'job-title',
        kind: 'text',
        synonyms: ['Title', 'Position', 'Job', 'Organization Title', '職稱', '职位'],
        vcard: 'TITLE',
        help: 'The position in the company',
      },
      {
        path: 'department',
        label: 'Department',
        flag: 'department',
        kind: 'text',
        synonyms: ['Dept', 'Organization Department', 'Abteilung'],
        vcard: 'ORG.1',
        help: 'The department in the company',
      },
      {
        path: 'birthDate',
        label: 'Birth Date',
        flag: 'birth-date',
        kind: 'date',
        synonyms: ['Birthday', 'Birthdate', 'Date of Birth', 'DOB', 'Born', 'Geburtstag'],
        vcard: 'BDAY',
        help: 'MM/DD/YYYY or YYYY-MM-DD, not in the future',
      },
      {
        path: 'language',
        label: 'Language',
        flag: 'language',
        kind: 'language',
        choices: ['en', 'ja', 'zh-Hans', 'zh-Hant'],
        synonyms: ['Lang', 'Preferred Language', 'Sprache'],
        vcard: 'LANG',
        help: 'The language to speak: English, Japanese, Simplified Chinese, Traditional Chinese',
      },
      {
        path: 'group',
        label: 'Group',
        flag: 'group',
        kind: 'text',
        synonyms: ['Contact Group', 'Groups'],
        help: 'The group the contact belongs to',
      },
      {
        path: 'labels',
        label: 'Contact Label',
        flag: 'label',
        kind: 'label',
        repeats: true,
        firstPage: 6,
        synonyms: ['Label', 'Labels', 'Contact Labels', 'Tag', 'Tags', 'Categories', 'Category', 'Group Membership'],
        vcard: 'CATEGORIES',
        help: 'A label that `contacts label` defines; repeat it for several',
      },
    ],
  },
  {
    title: 'Phone number',
    fields: [
      {
        path: 'phones.mobile',
        label: 'Mobile',
        flag: 'mobile',
        kind: 'phone',
        repeats: true,
        firstPage: 4,
        synonyms: [
          'Mobile Phone',
          'Mobile Number',
          'Cell',
          'Cell Phone',
          'Cellular',
          'Cellphone',
          'Handy',
          '手機',
          '手机',
          '携帯',
        ],
        vcard: 'TEL;TYPE=cell',
        help: 'A mobile number in any form; repeat it for several',
      },
      {
        path: 'phones.work',
        label: 'Work Phone',
        flag: 'work-phone',
        kind: 'phone',
        repeats: true,
        synonyms: [
          'Business Phone',
          'Office Phone',
          'Company Main Phone',
          'Telephone',
          'Phone',
          'Phone Number',
          'Tel',
          'Telefon',
        ],
        vcard: 'TEL;TYPE=work',
        help: 'A work number in any form; repeat it for several',
      },
      {
        path: 'phones.home',
        label: 'Home Phone',
        flag: 'home-phone',
        kind: 'phone',
        repeats: true,
        synonyms: ['Private Phone', 'Home Telephone', 'Home'],
        vcard: 'TEL;TYPE=home',
        help: 'A home number in any form; repeat it for several',
      },
      {
        path: 'phones.other',
        label: 'Other Phone',
        flag: 'other-phone',
        kind: 'phone',
        repeats: true,
        synonyms: [
          'Alternate Phone',
          'Primary Phone',
          'Car Phone',
          'Assistant Phone',
          "Assistant's Phone",
          'Callback',
          'Radio Phone',
        ],
        vcard: 'TEL',
        help: 'Any other number in any form; repeat it for several',
      },
    ],
  },
  {
    title: 'Email address',
    fields: [
      {
        path: 'emails.work',
        label: 'Work Email',
        flag: 'work-email',
        kind: 'email',
        repeats: true,
        firstPage: 5,
        firstPageLabel: 'Email',
        synonyms: ['Email', 'Email Address', 'E-mail', 'Mail', 'Business Email', 'Primary Email', 'Company Email'],
        vcard: 'EMAIL;TYPE=work',
        help: 'A work address; repeat it for several',
      },
      {
        path: 'emails.personal',
        label: 'Personal Email',
        flag: 'personal-email',
        kind: 'email',
        repeats: true,
        synonyms: ['Home Email', 'Private Email', 'Home Email Address'],
        vcard: 'EMAIL;TYPE=home',
        help: 'A private address; repeat it for several',
      },
      {
        path: 'emails.other',
        label: 'Other Email',
        flag: 'other-email',
        kind: 'email',
        repeats: true,
        synonyms: ['Secondary Email', 'Alternate Email', 'Additional Email'],
        vcard: 'EMAIL',
        help: 'Any other address; repeat it for several',
      },
    ],
  },
  {
    title: 'Mailing Address',
    fields: [
      {
        path: 'address.zipCode',
        label: 'Zip Code',
        flag: 'zip-code',
        kind: 'text',
        synonyms: ['Zip', 'Postal Code', 'Postcode', 'ZIP/Postal Code', 'PLZ', '郵便番号'],
        vcard: 'ADR.5',
        help: 'Postal code',
      },
      {
        path: 'address.street',
        label: 'Street',
        flag: 'street',
        kind: 'text',
        synonyms: ['Street Address', 'Address', 'Address 1', 'Address Line 1', 'Mailing Street', 'Straße', 'Adresse'],
        vcard: 'ADR.2',
        help: 'Street and number',
      },
      {
        path: 'address.city',
        label: 'City',
        flag: 'city',
        kind: 'text',
        synonyms: ['Town', 'Locality', 'Mailing City', 'Ort', 'Stadt', 'Ville'],
        vcard: 'ADR.3',
        help: 'City or town',
      },
      {
        path: 'address.state',
        label: 'State',
        flag: 'state',
        kind: 'text',
        synonyms: ['Province', 'Region', 'State/Region', 'State/Province', 'Prefecture', 'Mailing State'],
        vcard: 'ADR.4',
        help: 'State, province or prefecture',
      },
      {
        path: 'address.country',
        label: 'Country',
        flag: 'country',
        kind: 'country',
        synonyms: ['Country/Region', 'Mailing Country', 'Land', 'Pays', 'País', '國家', '国家', '国'],
        vcard: 'ADR.6',
        help: 'A country by its name or ISO 3166 code',
      },
    ],
  },
  {
    title: 'Social Messaging',
    fields: [
      {
        path: 'social.messenger',
        label: 'Messenger',
        flag: 'messenger',
        kind: 'text',
        synonyms: ['Facebook Messenger'],
        vcard: 'IMPP;X-SERVICE-TYPE=messenger',
        help: 'Messenger account',
      },
      {
        path: 'social.line',
        label: 'LINE',
        flag: 'line',
        kind: 'text',
        synonyms: ['LINE ID'],
        vcard: 'IMPP;X-SERVICE-TYPE=line',
        help: 'LINE account',
      },
      {
        path: 'social.whatsapp',
        label: 'WOZTELL (WhatsApp Cloud)',
        flag: 'whatsapp',
        kind: 'phone',
        synonyms: ['WhatsApp', 'WhatsApp Number', 'WhatsApp Phone Number'],
        vcard: 'IMPP;X-SERVICE-TYPE=whatsapp',
        help: 'WhatsApp number in any form',
      },
      {
        path: 'social.facebook',
        label: 'WOZTELL (Facebook)',
        flag: 'facebook',
        kind: 'text',
        synonyms: ['Facebook'],
        vcard: 'IMPP;X-SERVICE-TYPE=facebook',
        help: 'Facebook account',
      },
      {
        path: 'social.instagram',
        label: 'WOZTELL (Instagram)',
        flag: 'instagram',
        kind: 'text',
        synonyms: ['Instagram'],
        vcard: 'IMPP;X-SERVICE-TYPE=instagram',
        help: 'Instagram account',
      },
    ],
  },
  notes,
] as const satisfies readonly SectionSpec[];

/** The fields of the company's own staff, in the order of the form and of the CSV header. */
export const internalSections = [
  {
    title: 'Staff',
    fields: [
      {
        path: 'firstName',
        label: 'First Name',
        flag: 'first-name',
        kind: 'text',
        firstPage: 1,
        synonyms: ['Given Name', 'Forename', 'First'],
        vcard: 'N.1',
        help: 'Given name',
      },
      {
        path: 'lastName',
        label: 'Last Name',
        flag: 'last-name',
        kind: 'text',
        firstPage: 2,
        synonyms: ['Family Name', 'Surname', 'Last'],
        vcard: 'N.0',
        help: 'Family name',
      },
      {
        path: 'emails.work',
        label: 'Email',
        flag: 'email',
        kind: 'email',
        repeats: true,
        unique: true,
        firstPage: 3,
        synonyms: ['Work Email', 'Email Address', 'E-mail', 'Mail'],
        vcard: 'EMAIL;TYPE=work',
        help: 'An address that no other staff member has; repeat it for several',
      },
      {
        path: 'phones.work',
        label: 'Phone Number',
        flag: 'phone',
        kind: 'phone',
        repeats: true,
        firstPage: 4,
        synonyms: ['Phone', 'Work Phone', 'Business Phone', 'Mobile', 'Telephone', 'Tel'],
        vcard: 'TEL;TYPE=work',
        help: 'A number in any form; repeat it for several',
      },
      {
        path: 'role',
        label: 'Role',
        flag: 'role',
        kind: 'choice',
        choices: ['Administrator', 'Supervisor', 'Agent'],
        open: true,
        firstPage: 5,
        synonyms: ['Staff Role'],
        vcard: 'ROLE',
        help: 'Administrator, Supervisor, Agent, or any other text',
      },
      {
        path: 'department',
        label: 'Department',
        flag: 'department',
        kind: 'text',
        firstPage: 6,
        synonyms: ['Dept', 'Team'],
        vcard: 'ORG.1',
        help: 'The department',
      },
      {
        path: 'jobTitle',
        label: 'Job Title',
        flag: 'job-title',
        kind: 'text',
        firstPage: 7,
        synonyms: ['Title', 'Position'],
        vcard: 'TITLE',
        help: 'The position',
      },
      {
        path: 'timeZone',
        label: 'Time Zone',
        flag: 'time-zone',
        kind: 'timeZone',
        firstPage: 8,
        synonyms: ['TZ', 'Timezone'],
        vcard: 'TZ',
        help: 'An IANA time zone, such as Asia/Hong_Kong',
      },
      {
        path: 'extension',
        label: 'Extension Number',
        flag: 'extension',
        kind: 'extension',
        unique: true,
        firstPage: 9,
        synonyms: ['Extension', 'Ext'],
        help: 'The internal number, which no other staff member has',
      },
      {
        path: 'availability',
        label: 'Availability Status',
        flag: 'availability',
        kind: 'choice',
        choices: ['Active', 'Busy', 'Idle', 'Offline'],
        firstPage: 10,
        synonyms: ['Availability', 'Status'],
        help: 'Active, Busy, Idle or Offline',
      },
      {
        path: 'avatar',
        label: 'Avatar',
        flag: 'avatar',
        kind: 'text',
        firstPage: 11,
        synonyms: ['Photo', 'Picture', 'Image'],
        help: 'The URL or path of a picture',
      },
    ],
  },
  notes,
] as const satisfies readonly SectionSpec[];

/** The catalogue: the sections of each category of contacts. */
export const catalogue = { external: externalSections, internal: internalSections } as const;

export type Category = keyof typeof catalogue;

type CatalogueField = (typeof catalogue)[Category][number]['fields'][number];

/** The path of a field that the catalogue lists; custom fields have `custom.KEY` besides. */
export type CataloguePath = CatalogueField['path'];

/** The kinds of a custom field, as `contacts field add --kind` names them, with the kind that serves each. */
export const customKinds = {
  text: 'text',
  number: 'number',
  date: 'date',
  checkbox: 'checkbox',
  dropdown: 'choice',
  'multi-select': 'multiSelect',
} as const satisfies Record<string, KindName>;

export type CustomKind = keyof typeof customKinds;

/** The form's title for the section of custom fields; it stands before the notes. */
export const customSectionTitle = 'Custom Fields';

/** What the program itself keeps of a contact: shown, sorted and searched like fields, never set by a user. */
export const keptFields = [
  { path: 'id', label: 'ID', flag: 'id', holds: 'text', synonyms: ['Contact ID', 'Record ID'] },
  { path: 'name', label: 'Name', flag: 'name', holds: 'text', synonyms: ['Full Name', 'Display Name'] },
  { path: 'category', label: 'Category', flag: 'category', holds: 'text', synonyms: [] },
  { path: 'createdAt', label: 'Created', flag: 'created', holds: 'time', synonyms: ['Created At'] },
  { path: 'createdBy', label: 'Created By', flag: 'created-by', holds: 'text', synonyms: [] },
  { path: 'updatedAt', label: 'Updated', flag: 'updated', holds: 'time', synonyms: ['Updated At'] },
  { path: 'updatedBy', label: 'Updated By', flag: 'updated-by', holds: 'text', synonyms: [] },
  { path: 'uids', label: 'UIDs', flag: 'uids', holds: 'text', synonyms: ['UID'] },
  { path: 'mergedIds', label: 'Merged IDs', flag: 'merged-ids', holds: 'text', synonyms: ['Merged'] },
] as const;

export type KeptPath = (typeof keptFields)[number]['path'];
