import { describe, expect, test } from 'vitest';
import { redactPasswords } from '../../src/terminal/redact.js';

const secret: readonly (readonly [text: string, shown: string])[] = [
  ['There is no command "postgres://u:PW@h/x".', 'There is no command "postgres://u:***@h/x".'],
  ['postgres:/u:PW@h/x', 'postgres:/u:***@h/x'],
  ['postgres:u:PW@h/x', 'postgres:u:***@h/x'],
  ['postgresql:///u:PW@h/x', 'postgresql:///u:***@h/x'],
  ['POSTGRES://u:PW@h/x', 'POSTGRES://u:***@h/x'],
  ['postgres://u:P@W@h/x', 'postgres://u:***@h/x'],
  ['postgres://u:P/W?@h/x', 'postgres://u:***@h/x'],
  ['postgres://u:P%40W@h/x and postgres://v:QW@i/y', 'postgres://u:***@h/x and postgres://v:***@i/y'],
  ['postgres://:PW@h/x', 'postgres://:***@h/x'],
  ['postgres://h/x?user=u&password=PW&sslmode=require', 'postgres://h/x?user=u&password=***&sslmode=require'],
  ['postgres://h/x?sslpassword=PW', 'postgres://h/x?sslpassword=***'],
  ['host=h user=u password=PW', 'host=h user=u password=***'],
  ['https://ann:PW@example.com/a.csv', 'https://ann:***@example.com/a.csv'],
  // What could be a password is taken for one.
  ['postgres://h:5432/x?user=a@example.com', 'postgres://h:***@example.com'],
];

const harmless: readonly string[] = [
  'postgres://u@h/x',
  'postgres://u@h:5432/x',
  'There is no contact "ann@example.com".',
  'Column "Mobile": +852 9123 4567 is taken by ann@example.com',
  'https://example.com:8080/a and ann@example.com',
  'Give the password with --password.',
];

describe('passwords in messages', () => {
  test.each(secret)('%s', (text, shown) => {
    expect(redactPasswords(text)).toBe(shown);
  });

  test.each(harmless)('%s stays', (text) => {
    expect(redactPasswords(text)).toBe(text);
  });
});
