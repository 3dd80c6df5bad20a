import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidError } from '../../../src/errors.js';
import { wellQuoted } from '../../../src/formats/csv/well-quoted.js';
import { each, written } from '../sources.js';

const plain = { delimiter: ',', padded: false };

const pieces = (text: string, size: number): readonly string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));

describe('what is sound passes as it is', () => {
  test.each(['a,b\n1,2\n', 'a,b\r\n"x\r\ny","z""q"\r\n', 'a,""\n"",b', '"only"', "it's,5’’ 2,x", ''])(
    '%j',
    async (text) => {
      for (const size of [1, 2, 100]) expect(await written(wellQuoted(each(pieces(text, size)), plain))).toBe(text);
    },
  );

  test('white space may stand around quotes where the file has it', async () => {
    const text = 'a, "b" ,c\n "x", "y"\t, z\n';
    expect(await written(wellQuoted(each([text]), { delimiter: ',', padded: true }))).toBe(text);
  });
});

describe('a fault names the line', () => {
  test.each([
    ['a,b\n1,"2\n3,4\n', 'Line 2: the quote that opens a cell there is not closed.'],
    ['a,b\r\n"x\r\ny",1\r\n3,"4', 'Line 4: the quote that opens a cell there is not closed.'],
    ['a,b\n1,"2\n3,4\n5,"6"\n', 'Line 2: the quote that opens a cell there is not closed.'],
    ['a,b\n1,2\n5" pipe,3\n', 'Line 3: there is a quote inside an unquoted cell.'],
    ['a,b\r1,2"\r', 'Line 2: there is a quote inside an unquoted cell.'],
    ['a,b\n1, "2"\n', 'Line 2: there is a quote inside an unquoted cell.'],
    ['a,b\n"1"x,2\n', 'Line 2: text follows the closing quote of a cell.'],
    ['a,b\n"1" ,2\n', 'Line 2: text follows the closing quote of a cell.'],
  ])('%j', async (text, message) => {
    for (const size of [1, 3, 100]) {
      await expect(written(wellQuoted(each(pieces(text, size)), plain))).rejects.toMatchObject({
        code: 'invalid',
        message,
        hint: expect.stringMatching(/quote/),
      });
    }
  });
});

test('how a text is cut makes no difference', async () => {
  const outcome = async (parts: readonly string[], padded: boolean): Promise<string> => {
    try {
      return await written(wellQuoted(each(parts), { delimiter: ',', padded }));
    } catch (error) {
      return error instanceof InvalidError ? error.message : Promise.reject(error);
    }
  };
  const character = fc.constantFrom('a', ',', '"', ' ', '\r', '\n');
  const piece = fc.array(character, { maxLength: 12 }).map((characters) => characters.join(''));
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.boolean(), async (parts, padded) => {
      // A quote at the very end lets the whole be gone through character by character.
      const ended = [...parts, ',"'];
      expect(await outcome(ended, padded)).toBe(await outcome([ended.join('')], padded));
    }),
    { numRuns: 2000 },
  );
});

test('an unclosed quote is found within 1 MiB', async () => {
  let read = 0;
  async function* large(): AsyncGenerator<string> {
    yield 'a,b\n1,"2\n';
    while (read < 4096) {
      read += 1;
      yield `${'x'.repeat(1023)}\n`;
    }
  }
  await expect(written(wellQuoted(large(), plain))).rejects.toMatchObject({
    message: 'Line 2: the quote that opens a cell there is not closed.',
  });
  expect(read).toBeLessThanOrEqual(1024);
});

test('a row without end is no row', async () => {
  await expect(written(wellQuoted(each(['a,b\n1,', 'x'.repeat(2 ** 20)]), plain))).rejects.toMatchObject({
    message: 'Line 2: the row that begins there is longer than 1 MiB.',
  });
});

test.each([
  ['a\nb\nc\n', 0, 'a\nb\nc\n'],
  ['a\nb\nc\n', 1, 'b\nc\n'],
  ['a\r\n\r\nc\r\nd', 2, 'c\r\nd'],
  ['a\rb\r\n\nd', 2, '\nd'],
  ['"a\nb",1\nc\n', 1, 'c\n'],
  ['a\n', 1, ''],
])('%j without its first %d rows', async (text, skip, rest) => {
  for (const size of [1, 2, 3, 100]) {
    expect(await written(wellQuoted(each(pieces(text, size)), plain, skip))).toBe(rest);
  }
});
