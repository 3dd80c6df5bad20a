import { describe, expect, test } from 'vitest';
import { chatUri, hyperlink, mailtoUri, smsUri, telUri } from '../../src/terminal/links.js';

describe('telUri', () => {
  test.each([
    ['+85291234567', 'tel:+85291234567'],
    ['+85228765432;ext=12', 'tel:+85228765432;ext=12'],
    ['9123 4567', undefined],
    ['+1;phone-context=evil', undefined],
    ['+852\x1b\\', undefined],
    ['', undefined],
  ])('of %j is %j', (number, uri) => {
    expect(telUri(number)).toBe(uri);
  });
});

describe('mailtoUri', () => {
  test.each([
    ['anna@example.com', 'mailto:anna@example.com'],
    ['anna.b+news@example.com', 'mailto:anna.b%2Bnews@example.com'],
    ['a?cc=x&b@example.com', 'mailto:a%3Fcc%3Dx%26b@example.com'],
    ['"a@b"@example.com', 'mailto:%22a%40b%22@example.com'],
    ['用户@例え.jp', 'mailto:%E7%94%A8%E6%88%B7@%E4%BE%8B%E3%81%88.jp'],
    ['\ud800@example.com', 'mailto:%EF%BF%BD@example.com'],
  ])('of %s is %s', (address, uri) => {
    expect(mailtoUri(address)).toBe(uri);
  });
});

describe('smsUri', () => {
  test.each([
    ['+85291234567', 'sms:+85291234567'],
    ['+85228765432;ext=12', 'sms:+85228765432'],
    ['9123 4567', undefined],
  ])('of %j is %j', (number, uri) => {
    expect(smsUri(number)).toBe(uri);
  });
});

describe('chatUri', () => {
  test.each([
    ['whatsapp', '+85291234567', 'https://wa.me/85291234567'],
    ['whatsapp', '9123 4567', undefined],
    ['messenger', 'maria.garcia', 'https://m.me/maria.garcia'],
    ['messenger', '../x?y', 'https://m.me/..%2Fx%3Fy'],
    ['line', 'maria', 'https://line.me/R/ti/p/~maria'],
    ['line', '~maria', 'https://line.me/R/ti/p/~maria'],
    ['line', '@acme', 'https://line.me/R/ti/p/%40acme'],
    ['instagram', ' @maria_g ', 'https://instagram.com/maria_g'],
    ['instagram', '王\ud800', 'https://instagram.com/%E7%8E%8B%EF%BF%BD'],
  ] as const)('of %s and %j is %j', (service, account, uri) => {
    expect(chatUri(service, account)).toBe(uri);
  });
});

describe('hyperlink', () => {
  test('is an OSC 8 sequence where the terminal has them', () => {
    expect(hyperlink('call', 'tel:+1', true)).toBe('\x1b]8;;tel:+1\x1b\\call\x1b]8;;\x1b\\');
  });

  test.each([
    ['the terminal has none', 'tel:+1', false],
    ['there is nothing to link to', undefined, true],
    ['the URI could end the sequence', 'tel:+1\x1b\\', true],
    ['the URI has a space', 'tel: 1', true],
  ])('is the text alone where %s', (_what, uri, hyperlinks) => {
    expect(hyperlink('call', uri, hyperlinks)).toBe('call');
  });
});
