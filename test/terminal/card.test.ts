import { describe, expect, test } from 'vitest';
import type { FieldSpec } from '../../src/fields/catalogue.js';
import { type Contact, emptyData } from '../../src/fields/contact.js';
import { sectionsOf } from '../../src/fields/field.js';
import { type CardOptions, renderCard } from '../../src/terminal/card.js';
import { createStyle } from '../../src/terminal/style.js';
import { displayWidth } from '../../src/terminal/width.js';

const kept = {
  createdAt: '2026-11-01T09:12:33.000Z',
  createdBy: 'sam',
  updatedAt: '2026-11-21T16:05:00.000Z',
  updatedBy: 'eve',
};

const customer: Contact = {
  ...emptyData,
  ...kept,
  id: '9kqv23bcdf47',
  category: 'external',
  type: 'Customer',
  level: 'Primary',
  firstName: 'Anna',
  lastName: 'Müller',
  company: 'Acme\x1b[31m GmbH',
  jobTitle: 'Head of Purchasing for Europe and the Middle East',
  labels: ['VIP', 'Old'],
  phones: [
    { kind: 'mobile', number: '+85291234567' },
    { kind: 'work', number: '+85228765432;ext=12' },
    { kind: 'mobile', number: '+4930123456' },
  ],
  emails: [{ kind: 'work', address: 'anna@例え.jp' }],
  address: { zipCode: '10115', street: 'Flat 5\n12 Long Lane', city: 'Berlin', country: 'DE' },
  custom: { tier: 'Gold' },
  notes: [
    {
      id: 'n2kq',
      text: 'Called, wants a quote.\n\nこれはとても長い日本語のメモですので折り返しが必要です。',
      author: 'sam',
      createdAt: '2026-11-20T10:15:00.000Z',
      updatedAt: '2026-11-21T16:05:00.000Z',
    },
    {
      id: 'p7rt',
      text: 'Sent it.',
      author: 'eve',
      createdAt: '2026-11-21T08:00:00.000Z',
      updatedAt: '2026-11-21T08:00:00.000Z',
    },
  ],
  mergedIds: ['bcdfghjkmnpq', 'rstvwxyz2345'],
};

const agent: Contact = {
  ...emptyData,
  ...kept,
  id: '9kqv23bcdf48',
  category: 'internal',
  firstName: '大文',
  lastName: '陳',
  role: 'Agent',
  availability: 'Busy',
  timeZone: 'Asia/Hong_Kong',
  extension: '204',
};

const custom = [{ key: 'tier', label: 'Tier of service', kind: 'dropdown', choices: ['Gold'] }] as const;

/** The values as they are kept. */
const textsOf = ({ path }: FieldSpec, contact: Contact): readonly string[] => {
  const [head = '', rest = ''] = path.split('.');
  if (head === 'phones') return contact.phones.filter(({ kind }) => kind === rest).map(({ number }) => number);
  if (head === 'emails') return contact.emails.filter(({ kind }) => kind === rest).map(({ address }) => address);
  const record = contact as unknown as Record<string, unknown>;
  const value = rest === '' ? record[head] : (record[head] as Record<string, unknown> | undefined)?.[rest];
  return value === undefined ? [] : [value].flat().map(String);
};

const render = (contact: Contact, options: Partial<CardOptions> = {}): string =>
  renderCard(contact, {
    sections: sectionsOf(contact.category, custom),
    textsOf,
    labels: [{ name: 'VIP', color: 'red' }],
    style: createStyle(0),
    hyperlinks: false,
    now: new Date('2026-11-24T10:05:00Z'),
    ...options,
  });

describe('the card of a customer', () => {
  test('down a pipe: nothing is broken or coloured', () => {
    expect(render(customer)).toBe(`AM Anna Müller
[Customer] [Primary] [VIP] [Old]

Personal Information
  First Name       Anna
  Last Name        Müller
  Company          Acme\\x1b[31m GmbH
  Job Title        Head of Purchasing for Europe and the Middle East

Phone number
  Mobile           +85291234567
                   +4930123456
  Work Phone       +85228765432;ext=12

Email address
  Work Email       anna@例え.jp

Mailing Address
  Flat 5
  12 Long Lane
  10115 Berlin
  DE

Custom Fields
  Tier of service  Gold

Notes
  n2kq · sam · 2026-11-20 10:15 UTC (edited 2026-11-21 16:05 UTC)
    Called, wants a quote.

    これはとても長い日本語のメモですので折り返しが必要です。
  p7rt · eve · 2026-11-21 08:00 UTC
    Sent it.

  ID               9kqv23bcdf47
  Created          2026-11-01 09:12 UTC by sam
  Updated          2026-11-21 16:05 UTC by eve
  Merged IDs       bcdfghjkmnpq
                   rstvwxyz2345
`);
  });

  test('40 cells: long values go on below themselves', () => {
    expect(render(customer, { width: 40 })).toBe(`AM Anna Müller
[Customer] [Primary] [VIP] [Old]

Personal Information
  First Name       Anna
  Last Name        Müller
  Company          Acme\\x1b[31m GmbH
  Job Title        Head of Purchasing
                   for Europe and the
                   Middle East

Phone number
  Mobile           +85291234567
                   +4930123456
  Work Phone       +85228765432;ext=12

Email address
  Work Email       anna@例え.jp

Mailing Address
  Flat 5
  12 Long Lane
  10115 Berlin
  DE

Custom Fields
  Tier of service  Gold

Notes
  n2kq · sam · 2026-11-20 10:15 UTC
  (edited 2026-11-21 16:05 UTC)
    Called, wants a quote.

    これはとても長い日本語のメモですので
    折り返しが必要です。
  p7rt · eve · 2026-11-21 08:00 UTC
    Sent it.

  ID               9kqv23bcdf47
  Created          2026-11-01 09:12 UTC
                   by sam
  Updated          2026-11-21 16:05 UTC
                   by eve
  Merged IDs       bcdfghjkmnpq
                   rstvwxyz2345
`);
  });

  test('20 cells: values go below their labels', () => {
    const lines = render(customer, { width: 20 }).split('\n');
    expect(lines.slice(0, 12)).toEqual([
      'AM Anna Müller',
      '[Customer] [Primary]',
      '[VIP] [Old]',
      '',
      'Personal Information',
      '  First Name',
      '    Anna',
      '  Last Name',
      '    Müller',
      '  Company',
      '    Acme\\x1b[31m',
      '    GmbH',
    ]);
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(20);
  });

  test('times are told in the zone that is given', () => {
    const card = render(customer, { timeZone: 'Asia/Hong_Kong' });
    expect(card).toContain('  Updated          2026-11-22 00:05 GMT+8 by eve\n');
    expect(card).toContain('  p7rt · eve · 2026-11-21 16:00 GMT+8\n');
  });

  test('at a terminal: chips have their colours, phones and addresses are links', () => {
    const card = render(customer, { style: createStyle(1), hyperlinks: true, width: 80 });
    const chip = (code: number, text: string): string => `\x1b[7m\x1b[${code}m ${text} \x1b[39m\x1b[27m`;
    const lines = card.split('\n');
    expect(lines[0]).toMatch(/^\x1b\[7m\x1b\[\d+m AM \x1b\[39m\x1b\[27m \x1b\[1mAnna Müller\x1b\[22m$/);
    expect(lines[1]).toBe([chip(32, 'Customer'), chip(93, 'Primary'), chip(31, 'VIP'), chip(90, 'Old')].join(' '));
    expect(lines).toContain(
      '  \x1b[2mWork Phone     \x1b[22m  \x1b]8;;tel:+85228765432;ext=12\x1b\\+85228765432;ext=12\x1b]8;;\x1b\\',
    );
    expect(lines).toContain('                   \x1b]8;;tel:+4930123456\x1b\\+4930123456\x1b]8;;\x1b\\');
    expect(lines).toContain(
      '  \x1b[2mWork Email     \x1b[22m  \x1b]8;;mailto:anna@%E4%BE%8B%E3%81%88.jp\x1b\\anna@例え.jp\x1b]8;;\x1b\\',
    );
    expect(lines).toContain('\x1b[2m  ID               9kqv23bcdf47\x1b[22m');
  });

  test('a WhatsApp number is a link too', () => {
    const card = render({ ...agent, category: 'external', social: { whatsapp: '+85291234567' } }, { hyperlinks: true });
    expect(card).toContain('  WOZTELL (WhatsApp Cloud)  \x1b]8;;tel:+85291234567\x1b\\+85291234567\x1b]8;;\x1b\\\n');
  });
});

describe('the card of a staff member', () => {
  test('tells the time in the time zone', () => {
    expect(render(agent)).toBe(`陳 陳大文
[Agent] [Busy]

Staff
  First Name        大文
  Last Name         陳
  Time Zone         Asia/Hong_Kong (now Tue 18:05)
  Extension Number  204

  ID                9kqv23bcdf48
  Created           2026-11-01 09:12 UTC by sam
  Updated           2026-11-21 16:05 UTC by eve
`);
  });

  test('leaves a time zone that is not known as it is', () => {
    expect(render({ ...agent, timeZone: 'Mars/Base' })).toContain('  Time Zone         Mars/Base\n');
  });
});

test('a line end in a name, a note or an author cannot forge a line of the card', () => {
  const [note] = customer.notes;
  const forged = {
    ...customer,
    lastName: 'X\nID  0',
    notes: note ? [{ ...note, author: 'a\nb\x1b[2J', text: '\x1b[2J' }] : [],
  };
  const card = render(forged);
  expect(card).toContain('AX Anna X⏎ID  0\n');
  expect(card).toContain('  n2kq · a⏎b\\x1b[2J · ');
  expect(card).not.toContain('\x1b');
});
