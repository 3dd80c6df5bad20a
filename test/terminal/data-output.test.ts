import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTerminalDataOutput, type DataForm } from '../../src/terminal/data-output.js';

const shown = async (form: DataForm, pieces: readonly (string | Uint8Array)[]): Promise<string> => {
  let text = '';
  const output = createTerminalDataOutput({ write: async (piece) => void (text += piece) }, form);
  for (const piece of pieces) await output.write(piece);
  return text;
};

const cases: readonly (readonly [what: string, form: DataForm, text: string, shown: string])[] = [
  ['line ends and tabs of CSV', 'text', 'a\tb\r\nc\n', 'a\tb\r\nc\n'],
  ['an escape sequence in CSV', 'text', 'a,\x1b]0;title\x07\r\n', 'a,\\x1b]0;title\\x07\r\n'],
  ['a lone carriage return in CSV', 'text', 'a\rb', 'a\\rb'],
  ['C1 controls and direction overrides in a vCard', 'text', 'FN:\u009b31m\u202efdp', 'FN:\\x9b31m\\u202efdp'],
  ['C1 controls and direction overrides in JSON', 'json', '"\u009b\x7f\u202e\u2028"', '"\\u009b\\u007f\\u202e\\u2028"'],
  ['indented JSON', 'json', '{\n  "a": "é"\n}\n', '{\n  "a": "é"\n}\n'],
];

describe('data at a terminal', () => {
  test.each(cases)('shows %s', async (_what, form, text, expected) => {
    expect(await shown(form, [text])).toBe(expected);
    expect(await shown(form, [Buffer.from(text)])).toBe(expected);
  });

  test('reads characters whose bytes come in two pieces', async () => {
    const bytes = Buffer.from('é\u009b');
    expect(await shown('text', [bytes.subarray(0, 1), bytes.subarray(1)])).toBe('é\\x9b');
  });

  test('leaves the value of any JSON as it is, and nothing in it that steers a terminal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async (value) => {
        const text = await shown('json', [JSON.stringify(value)]);
        expect(JSON.parse(text)).toEqual(value);
        expect(text).not.toMatch(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/u);
      }),
    );
  });
});
