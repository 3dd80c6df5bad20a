import { contact } from '../../store/sample.js';

/** Texts that would steer a terminal, turn the reading direction, run as a formula, or begin a record of their own. */
export const hostileTexts: readonly string[] = [
  '\x1b[2J\x1b[31mred',
  '\x1b]0;title\x07',
  '\x9b31mred',
  '\u202eevil\u202c',
  '\u2066isolated',
  'one\r\ntwo',
  'one\rtwo',
  'a\tb',
  'a\u2028b\u2029c',
  '\ufeffmark',
  '\b\b\b\0nul',
  '=HYPERLINK("http://evil.example")',
  '+1+cmd|/C calc',
  '-2+3',
  '@SUM(A1)',
  '＝1＋1',
  "'=1",
  '\t=1',
  'x\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Eve',
  'x\nTEL:+1',
  '"quoted", and; more',
  '${HOME}`id`$(id)',
  '../../etc/passwd',
];

const hostileContact = (text: string, index: number) =>
  contact(index === 2 ? text : `h${String(100 + index).padStart(11, '2')}`, {
    firstName: text,
    lastName: `${text} ${index}`,
    company: text,
    jobTitle: text,
    type: text,
    language: text,
    birthDate: text,
    labels: [text],
    phones: [{ kind: 'mobile', number: text }],
    emails: [{ kind: 'work', address: text }],
    notes: [{ id: text, text, author: text, createdAt: text, updatedAt: text }],
    address: { street: text, city: text, country: text },
    custom: { size: text, topics: [text] },
    createdBy: text,
    updatedBy: text,
  });

export const hostileContacts = hostileTexts.map(hostileContact);

/** A store whose every text is hostile, as somebody may hand it over. */
export const hostileStore = `${JSON.stringify({
  schema: 1,
  revision: 1,
  settings: {
    labels: hostileTexts.map((name) => ({ name, color: name })),
    fields: [
      { key: 'size', label: hostileTexts[0], kind: 'text' },
      { key: 'topics', label: hostileTexts[3], kind: 'multi-select', choices: hostileTexts },
    ],
    mappings: { [hostileTexts[0] ?? '']: { [hostileTexts[1] ?? '']: 'firstName' } },
    apart: [],
  },
  contacts: hostileContacts,
})}\n`;
