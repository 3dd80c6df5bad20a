import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStyle } from '../../src/terminal/style.js';
import { type Cell, type Column, renderTable } from '../../src/terminal/table.js';
import { displayWidth } from '../../src/terminal/width.js';

const plain = createStyle(0);

const columns: readonly Column[] = [
  { title: 'ID', flexible: true, min: 5 },
  { title: 'Name', flexible: true },
  { title: 'Type' },
  { title: 'Company', flexible: true },
  { title: 'Mobile' },
];

const row = (...texts: readonly string[]): readonly Cell[] => texts.map((text) => ({ text }));

const rows = [
  row('9kqv23bcdf47', 'Anna Müller', 'Lead', 'Acme GmbH & Co. Kommanditgesellschaft auf Aktien', '+49 30 123456'),
  row('9kqv23bcdf48', '陳大文', 'Customer', '香港電訊有限公司', '+852 9123 4567'),
  row('9kqv23bcdf49', 'محمد علي', 'Other', 'شركة الاتصالات', '+971 50 123 4567'),
  row('9kqv23bcdf4b', 'Zoe\u0308 👩‍👩‍👧‍👦 สวัสดี', 'Lead', '', ''),
];

const render = (width: number): string => renderTable(columns, rows, { width, style: plain, hyperlinks: false });

describe('a table that fits', () => {
  test('120 cells: nothing is cut', () => {
    expect(render(120)).toBe(
      [
        'ID            Name         Type      Company                                           Mobile',
        '────────────  ───────────  ────────  ────────────────────────────────────────────────  ────────────────',
        '9kqv23bcdf47  Anna Müller  Lead      Acme GmbH & Co. Kommanditgesellschaft auf Aktien  +49 30 123456',
        '9kqv23bcdf48  陳大文       Customer  香港電訊有限公司                                  +852 9123 4567',
        '9kqv23bcdf49  محمد علي     Other     شركة الاتصالات                                    +971 50 123 4567',
        '9kqv23bcdf4b  Zoe\u0308 👩‍👩‍👧‍👦 สวัสดี  Lead',
        '',
      ].join('\n'),
    );
  });

  test('80 cells: the widest flexible column gives way', () => {
    expect(render(80)).toBe(
      [
        'ID            Name         Type      Company                    Mobile',
        '────────────  ───────────  ────────  ─────────────────────────  ────────────────',
        '9kqv23bcdf47  Anna Müller  Lead      Acme GmbH & Co. Kommandi…  +49 30 123456',
        '9kqv23bcdf48  陳大文       Customer  香港電訊有限公司           +852 9123 4567',
        '9kqv23bcdf49  محمد علي     Other     شركة الاتصالات             +971 50 123 4567',
        '9kqv23bcdf4b  Zoe\u0308 👩‍👩‍👧‍👦 สวัสดี  Lead',
        '',
      ].join('\n'),
    );
  });

  test('40 cells: the last column is left out, and the others share what there is', () => {
    expect(render(40)).toBe(
      [
        'ID         Name       Type      Company',
        '─────────  ─────────  ────────  ────────',
        '9kqv23bc…  Anna Mül…  Lead      Acme Gm…',
        '9kqv23bc…  陳大文     Customer  香港電…',
        '9kqv23bc…  محمد علي   Other     شركة ال…',
        '9kqv23bc…  Zoe\u0308 👩‍👩‍👧‍👦 ส…  Lead',
        '',
      ].join('\n'),
    );
  });

  test('20 cells: the id and the name', () => {
    expect(render(20)).toBe(
      [
        'ID         Name',
        '─────────  ─────────',
        '9kqv23bc…  Anna Mül…',
        '9kqv23bc…  陳大文',
        '9kqv23bc…  محمد علي',
        '9kqv23bc…  Zoe\u0308 👩‍👩‍👧‍👦 ส…',
        '',
      ].join('\n'),
    );
  });

  test('one column that is not flexible is cut all the same', () => {
    const table = renderTable([{ title: 'Name' }], [row('Annabel')], { width: 4, style: plain, hyperlinks: false });
    expect(table).toBe('Name\n────\nAnn…\n');
  });

  test('columns without a text take their place', () => {
    const empty = [{ title: '' }, { title: '' }];
    expect(renderTable(empty, [], { width: 4, style: plain, hyperlinks: false })).toBe('\n─  ─\n');
    expect(renderTable(empty, [], { width: 2, style: plain, hyperlinks: false })).toBe('\n─\n');
  });

  test('no line is ever wider than the terminal', () => {
    const cell = fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 30 }) });
    const table = fc.tuple(
      fc.array(fc.record({ title: fc.string({ maxLength: 12 }), flexible: fc.boolean() }), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.array(fc.array(cell, { minLength: 5, maxLength: 5 }), { maxLength: 4 }),
      fc.integer({ min: 1, max: 60 }),
    );
    fc.assert(
      fc.property(table, ([some, cells, width]) => {
        const lines = renderTable(some, cells, { width, style: plain, hyperlinks: false }).split('\n');
        expect(lines.length).toBe(cells.length + 3);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('a table with looks', () => {
  const style = createStyle(1);
  const one = (column: Partial<Column>, cell: Cell, width = 40, hyperlinks = false): string | undefined =>
    renderTable([{ title: 'Name', ...column }], [[cell]], { width, style, hyperlinks }).split('\n')[2];

  test('the head is a heading, the rule is dim', () => {
    const table = renderTable([{ title: 'Name' }, { title: 'Type' }], [row('Anna', 'Lead')], {
      width: 40,
      style,
      hyperlinks: false,
    });
    expect(table).toBe('\x1b[1mName\x1b[22m  \x1b[1mType\x1b[22m\n\x1b[2m────  ────\x1b[22m\nAnna  Lead\n');
  });

  test.each<[string, Cell, string]>([
    ['a paint', { text: 'Lead', paint: style.error }, '\x1b[31mLead\x1b[39m'],
    ['a mark', { text: 'Anna Lee', marks: [{ start: 5, end: 8, paint: style.error }] }, 'Anna \x1b[31mLee\x1b[39m'],
    [
      'marks after what had to be made visible',
      { text: '\x1b[Lee', marks: [{ start: 2, end: 5, paint: style.error }] },
      '\\x1b[\x1b[31mLee\x1b[39m',
    ],
    [
      'a mark in the middle of a grapheme',
      { text: 'Zoe\u0308', marks: [{ start: 3, end: 4, paint: style.error }] },
      'Zo\x1b[31me\u0308\x1b[39m',
    ],
    [
      'several marks',
      {
        text: 'VIP; New',
        marks: [
          { start: 0, end: 3, paint: style.label('red') },
          { start: 5, end: 8, paint: style.label('blue') },
        ],
      },
      '\x1b[31mVIP\x1b[39m; \x1b[34mNew\x1b[39m',
    ],
    ['a badge', { text: 'Anna', badge: 'AL' }, 'AL Anna'],
  ])('%s', (_what, cell, line) => {
    expect(one({}, cell)).toBe(line);
  });

  test('a mark in what is cut off is cut off too', () => {
    const cell = { text: 'Anna Lee', marks: [{ start: 3, end: 8, paint: style.error }] };
    expect(one({}, cell, 6)).toBe('Ann\x1b[31ma \x1b[39m…');
  });

  test('a link covers the text and not what fills the column', () => {
    const columns: readonly Column[] = [{ title: 'Mobile phone' }, { title: 'Type' }];
    const cells = [{ text: '+1 2', uri: 'tel:+12' }, { text: 'Lead' }];
    const table = (hyperlinks: boolean): string | undefined =>
      renderTable(columns, [cells], { width: 40, style, hyperlinks }).split('\n')[2];
    expect(table(true)).toBe('\x1b]8;;tel:+12\x1b\\+1 2\x1b]8;;\x1b\\          Lead');
    expect(table(false)).toBe('+1 2          Lead');
  });

  test('numbers stand at the right', () => {
    const table = renderTable([{ title: 'Count', align: 'right' }], [row('7'), row('12')], {
      width: 40,
      style: plain,
      hyperlinks: false,
    });
    expect(table).toBe('Count\n─────\n    7\n   12\n');
  });

  test('an escape sequence of the data is shown, not obeyed', () => {
    expect(one({}, { text: '\x1b[2J\u202egnp' })).toBe('\\x1b[2J\\u202egnp');
  });
});
