import { expect, test } from 'vitest';
import { renderLines } from '../../src/terminal/lines.js';
import { createStyle } from '../../src/terminal/style.js';

const { label, error } = createStyle(3);

test('a row is a line of whole texts between tabs, without looks, links and badges', () => {
  const long = 'x'.repeat(500);
  const rows = [
    [{ text: 'bcdfghjkmnpq' }, { text: 'Anna Müller', badge: 'AM' }, { text: long }, { text: '' }],
    [
      { text: '+852 9123 4567', uri: 'tel:+85291234567' },
      { text: '陳大文', paint: error },
    ],
    [{ text: 'VIP; New', marks: [{ start: 0, end: 3, paint: label('red') }] }, { text: 'x' }],
  ];
  expect(renderLines(rows)).toBe(
    `bcdfghjkmnpq\tAnna Müller\t${long}\t\n` + '+852 9123 4567\t陳大文\n' + 'VIP; New\tx\n',
  );
});

test('a tab or a line end of the data starts no cell and no line', () => {
  expect(renderLines([[{ text: 'a\tb\r\nc\nd' }, { text: '\x1b[2J' }]])).toBe('a\\tb⏎c⏎d\t\\x1b[2J\n');
});

test('no rows are no lines', () => {
  expect(renderLines([])).toBe('');
});
