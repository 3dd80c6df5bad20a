/**
 * The columns of other programs' exports that the catalogue's labels and synonyms do not name: Google Contacts, Outlook
 * on the web and on the desktop, HubSpot, Thunderbird, Apple's Contacts and those that write like them. Case, spaces,
 * accents and punctuation do not count.
 */

/** Further names of fields. */
export const fieldColumns: Readonly<Record<string, readonly string[]>> = {
  'phones.mobile': [
    'Mobile Phone Number',
    'Cell Number',
    'Cell Phone Number',
    'Phone Mobile',
    'Phone Cell',
    'iPhone',
    'Phone iPhone',
  ],
  'phones.work': ['Work Phone Number', 'Work', 'Phone Work', 'Phone Office', 'Business Phone Number', 'Office Number'],
  'phones.home': ['Home Phone Number', 'Phone Home', 'Home Number'],
  'phones.other': ['Phone Other', 'Other Phone Number', 'Alternative Phone'],
  'emails.work': ['Email Work', 'Work Email Address', 'Business Email Address', 'Business E-mail'],
  'emails.personal': ['Email Home', 'Email Personal', 'Personal Email Address', 'Private Email Address'],
  'emails.other': ['Email Other', 'Other Email Address', 'Additional Email Addresses'],
  company: ['Associated Company', 'Associated Company Name', 'Organisation Name', 'Company / Account'],
  'address.street': [
    'Street 2',
    'Street 3',
    'Street Address 2',
    'Address 2',
    'Address 3',
    'Address Line 2',
    'Address Line 3',
    'Mailing Address Line 1',
    'Mailing Address Line 2',
  ],
};

/** Names of fields in the headers of Chinese, Japanese and German files. */
export const foreignColumns: Readonly<Record<string, readonly string[]>> = {
  company: ['公司名稱', '公司名称', '会社', '会社名', '機構'],
  jobTitle: ['職位', '役職'],
  department: ['部門', '部门', '部署'],
  birthDate: ['生日', '出生日期', '生年月日', 'Geburtsdatum'],
  language: ['語言', '语言', '言語'],
  labels: ['標籤', '标签', 'タグ'],
  'phones.mobile': ['手機號碼', '手机号码', '流動電話', '携帯電話', 'Mobiltelefon', 'Mobil'],
  'phones.work': ['電話', '电话', '電話番号', '公司電話', '公司电话', 'Telefon geschäftlich', 'Telefonnummer'],
  'phones.home': ['住宅電話', '住宅电话', '自宅電話', 'Telefon privat'],
  'emails.work': ['電郵', '電郵地址', '電子郵件', '邮箱', '电子邮件', 'メール', 'メールアドレス', 'E-Mail-Adresse'],
  'address.street': ['地址', '住址', '住所'],
  'address.city': ['城市'],
  'address.state': ['省份', '都道府県'],
  'address.zipCode': ['郵遞區號', '邮编', '邮政编码'],
  notes: ['備註', '备注', '備考', 'メモ', 'Notizen', 'Bemerkungen'],
};

/** Phone numbers that no kind of phone describes: kept as another phone, and what they are in a note. */
export const otherPhoneColumns = [
  'Fax',
  'Fax Number',
  'Business Fax',
  'Home Fax',
  'Other Fax',
  'Work Fax',
  'Pager',
  'Pager Number',
  'TTY/TDD Phone',
  'Car Phone',
  "Assistant's Phone",
  'Assistant Phone',
  'Callback',
  'Radio Phone',
  'Main Phone',
  'Phone Main',
];

/** Columns that tell in which country the row's phone numbers are, as the Create Contact form does. */
export const countryCodeColumns = [
  'Country Code',
  'Phone Country Code',
  'Mobile Country Code',
  'Calling Code',
  'Country Calling Code',
  'Dialling Code',
  'Dial Code',
  'Ländervorwahl',
  'Landesvorwahl',
  'Indicatif',
  'Prefijo',
  'Prefisso',
  '国番号',
  '國際區號',
  '国际区号',
];

/** What no field holds and a person may want to know: kept in a note. */
export const notedColumns = [
  'Middle Name',
  'Additional Name',
  'Name Prefix',
  'Name Suffix',
  'Prefix',
  'Suffix',
  'Salutation',
  'Nickname',
  'Short Name',
  'Maiden Name',
  'Initials',
  'Phonetic First Name',
  'Phonetic Middle Name',
  'Phonetic Last Name',
  'Phonetic Name',
  'Yomi Name',
  'Given Name Yomi',
  'Additional Name Yomi',
  'Family Name Yomi',
  'Given Yomi',
  'Surname Yomi',
  'Company Yomi',
  'Organization Phonetic Name',
  'Gender',
  'Location',
  'Billing Information',
  'Mileage',
  'Occupation',
  'Profession',
  'Hobby',
  'Sensitivity',
  'Priority',
  'Private',
  'Subject',
  'Account',
  'Anniversary',
  "Assistant's Name",
  'Assistant',
  "Manager's Name",
  'Manager',
  'Office Location',
  'Office',
  'Government ID Number',
  'Organizational ID Number',
  'Keywords',
  'Referred By',
  'Spouse',
  'Children',
  'Schools',
  'ISDN',
  'Telex',
  'IM Address',
  'IMAddress',
  'Screen Name',
  'Web Page',
  'Web Page 1',
  'Web Page 2',
  'Personal Web Page',
  'Business Home Page',
  'Website',
  'Website URL',
  'URL',
  'Home Page',
  'User 1',
  'User 2',
  'User 3',
  'User 4',
  'Custom 1',
  'Custom 2',
  'Custom 3',
  'Custom 4',
  'Contact owner',
  'Lead Status',
  'Marketing contact status',
  'Industry',
  'Original Source',
  'Record Source',
  'Persona',
  'Twitter Username',
  'LinkedIn URL',
  'First Conversion',
  'Recent Conversion',
];

/** What only repeats or joins other cells of the row: kept in a note where it says anything else. */
export const repeatingColumns = ['File As', 'Email Display Name', 'Email Domain'];

/** What tells about the program, not the person: left out. */
export const leftOutColumns = [
  'Email Type',
  'Photo',
  'Directory Server',
  'Internet Free Busy',
  'Create Date',
  'Create Date (GMT)',
  'Last Activity Date',
  'Last Activity Date (GMT)',
  'Last Modified Date',
  'Associated Company IDs',
  'Associated Company IDs (Primary)',
  'Marketing contact until next update',
  'Error',
];

/** Values that a program writes where nobody chose any, by column. */
export const emptyValues: Readonly<Record<string, readonly string[]>> = {
  Gender: ['Unspecified'],
  Priority: ['Normal'],
  Sensitivity: ['Normal'],
  Private: ['False', 'FALSE'],
  Anniversary: ['0/0/00'],
  Birthday: ['0/0/00'],
};

/** The stages of a customer's life as HubSpot names them, and the contact's type that each is. */
export const lifecycleStages: Readonly<Record<string, string>> = {
  Subscriber: 'Other',
  'Marketing Qualified Lead': 'Lead',
  'Sales Qualified Lead': 'Prospect',
  Opportunity: 'Prospect',
  Evangelist: 'Customer',
};

/** The messaging services of Google's `IM` columns that have a field. */
export const messagingServices: Readonly<Record<string, string>> = {
  LINE: 'social.line',
  WhatsApp: 'social.whatsapp',
  Messenger: 'social.messenger',
  'Facebook Messenger': 'social.messenger',
  Facebook: 'social.facebook',
  Instagram: 'social.instagram',
};

/** The columns of an address, after `Business`, `Home`, `Other` or `Address 1 -`, and the part that each is. */
export const addressParts = {
  Street: 'street',
  'Street Address': 'street',
  Address: 'address',
  'Street 2': 'street',
  'Street 3': 'street',
  'Address 2': 'address',
  'Address 3': 'address',
  'Extended Address': 'street',
  'PO Box': 'poBox',
  'Address PO Box': 'poBox',
  City: 'city',
  State: 'state',
  County: 'state',
  Province: 'state',
  'State/Province': 'state',
  'State/Region': 'state',
  Region: 'state',
  'Postal Code': 'zipCode',
  'Post Code': 'zipCode',
  'Zip Code': 'zipCode',
  Zip: 'zipCode',
  'Zip/Postal Code': 'zipCode',
  Country: 'country',
  'Country/Region': 'country',
  Formatted: 'formatted',
  Label: 'label',
  Type: 'label',
} as const;

export type AddressColumn = (typeof addressParts)[keyof typeof addressParts];

/** Whose addresses the columns of one contact can hold, in the order in which one is chosen; a note keeps the others. */
export const addressOwners = ['Work', 'Business', 'Home', 'Other'] as const;
