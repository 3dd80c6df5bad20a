import { describe, expect, test } from 'vitest';
import { InvalidError, UsageError } from '../../src/errors.js';
import { glanceAt, textOf } from '../../src/formats/encoding.js';
import { EncodingUnknown } from '../../src/formats/encoding-candidates.js';
import { sourceOf, written } from './sources.js';

const fromHex = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

const utf16 = (text: string, order: 'le' | 'be', bom = false): Uint8Array => {
  const bytes = Buffer.from((bom ? '\ufeff' : '') + text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

/** The same kind of file out of the old programs of five regions. */
const old = {
  GB18030: {
    text: 'Name,City\n张三,北京\n李四,上海\n欧阳娜,广州\n',
    hex: '4e616d652c436974790ad5c5c8fd2cb1b1bea90ac0eecbc42cc9cfbaa30ac5b7d1f4c4c82cb9e3d6dd0a',
  },
  Big5: {
    text: 'Name,City\n陳大文,香港\n王小明,台北\n黃美玲,高雄\n',
    hex: '4e616d652c436974790ab3afa46aa4e52cadbbb4e40aa4fda470a9fa2ca578a55f0ab6c0acfcacc22cb0aab6af0a',
  },
  Shift_JIS: {
    text: 'Name,City\n斎藤かな,東京\n田中ユキ,大阪\n',
    hex: '4e616d652c436974790a8dd693a182a982c82c938c8b9e0a936392868386834c2c91e58de30a',
  },
  'EUC-KR': {
    text: 'Name,City\n김철수,서울\n이순신,부산\n',
    hex: '4e616d652c436974790ab1e8c3b6bcf62cbcadbfef0ac0ccbcf8bdc52cbacebbea0a',
  },
  'Windows-1252': {
    text: 'Name,City\nMål Øst,Köln\nFrédéric,München\nO’Brien – €5,Zürich\n',
    hex: '4e616d652c436974790a4de56c20d873742c4bf66c6e0a4672e964e97269632c4dfc6e6368656e0a4f92427269656e20962080352c5afc726963680a',
  },
} as const;

const text = 'Name,City\r\n陳大文,香港\r\nZoë 👩‍👩‍👧,Köln\r\n';

describe('Unicode is known by its bytes, however they are cut', () => {
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE with a byte order mark', utf16(text, 'le', true)],
    ['UTF-16BE with a byte order mark', utf16(text, 'be', true)],
    ['UTF-16LE by its zero bytes', utf16(text, 'le')],
    ['UTF-16BE by its zero bytes', utf16(text, 'be')],
  ])('%s', async (_, bytes) => {
    for (const chunk of [1, 3, 7, 1000]) expect(await written(textOf(sourceOf(bytes, chunk)))).toBe(text);
  });

  test('an empty file is an empty text', async () => {
    expect(await written(textOf(sourceOf('')))).toBe('');
  });

  test('zero characters alone do not make UTF-16', async () => {
    const withZeros = `Name,City\n${'\0'.repeat(3)},Köln\n`.repeat(2);
    expect(await written(textOf(sourceOf(withZeros)))).toBe(withZeros);
  });
});

const failure = async (bytes: Uint8Array, told?: string): Promise<unknown> =>
  written(textOf(sourceOf(bytes, 5), told)).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('what is no Unicode is never guessed', () => {
  test.each(Object.entries(old))(
    '%s is suggested first for its own file, with its values',
    async (encoding, { text, hex }) => {
      const error = await failure(fromHex(hex));
      expect(error).toBeInstanceOf(EncodingUnknown);
      const [first] = (error as EncodingUnknown).candidates;
      const values = text.split(/[\n,]/).filter((value) => /[^\x20-\x7e]/.test(value));
      expect(first).toEqual({ encoding, samples: values.slice(0, 3) });
    },
  );

  test('a script finds the list in the hint', async () => {
    const error = await failure(fromHex(old['EUC-KR'].hex));
    expect(error).toMatchObject({
      code: 'invalid',
      message: 'contacts.csv is not UTF-8, and its encoding cannot be told for sure.',
      hint:
        'Say which of these reads right with --encoding NAME: EUC-KR: 김철수 | 서울 | 이순신; ' +
        'Big5: 梯繹熱 | 憮選 | 檜牖褐; GB18030: 辫枚荐 | 辑匡 | 捞鉴脚; Windows-1252: ±èÃ¶¼ö | ¼­¿ï | ÀÌ¼ø½Å',
    });
  });

  test('encodings that cannot read the whole file are not suggested', async () => {
    const error = await failure(Buffer.concat([fromHex(old.Big5.hex), Buffer.from([0xff, 0x0a])]));
    expect((error as EncodingUnknown).candidates.map(({ encoding }) => encoding)).toEqual(['Windows-1252']);
  });

  test('a file that nothing can read says so', async () => {
    expect(await failure(Buffer.from([0x41, 0x81, 0xff, 0x0a]))).toMatchObject({
      candidates: [],
      hint: 'No known encoding reads it whole: it may be damaged, or no text. Save it again as UTF-8.',
    });
  });

  test('a fault far into the file counts too', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n'.repeat(50_000)), Buffer.from([0xe9, 0x0a])]);
    expect(await failure(bytes)).toBeInstanceOf(EncodingUnknown);
  });
});

describe('an encoding that was told', () => {
  test.each(Object.entries(old))('%s', async (encoding, { text, hex }) => {
    for (const chunk of [1, 2, 1000]) expect(await written(textOf(sourceOf(fromHex(hex), chunk), encoding))).toBe(text);
  });

  test('must be one that there is', async () => {
    const error = await failure(Buffer.from('a'), 'klingon');
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({
      message: 'There is no encoding "klingon".',
      hint: 'Name one such as utf-8, GB18030, Big5, Shift_JIS, EUC-KR, Windows-1252, Macintosh.',
    });
  });

  test('must be the right one', async () => {
    const error = await failure(fromHex(old['Windows-1252'].hex), 'shift_jis');
    expect(error).toBeInstanceOf(InvalidError);
    expect(error).toMatchObject({ message: 'contacts.csv is not text in shift_jis.' });
  });
});

describe('a glance at a text', () => {
  test.each([
    ['', { lineFeeds: 0, longestLine: 0, mayHaveQuotes: false }],
    ['a\nbcd\n', { lineFeeds: 2, longestLine: 3, mayHaveQuotes: false }],
    ['a\r\nbcdé', { lineFeeds: 1, longestLine: 5, mayHaveQuotes: false }],
    ['a\n"b"\n', { lineFeeds: 2, longestLine: 3, mayHaveQuotes: true }],
  ])('of %j, however it is cut', async (given, expected) => {
    for (const chunk of [1, 2, 1000]) expect(await glanceAt(sourceOf(given, chunk))).toEqual(expected);
  });

  test('throws what reading it throws', async () => {
    const bytes = Buffer.concat([Buffer.from(`${'a'.repeat(70_000)}\n`), Buffer.from([0xff])]);
    for (const chunk of [1000, 100_000]) {
      await expect(glanceAt(sourceOf(bytes, chunk))).rejects.toBeInstanceOf(EncodingUnknown);
    }
    await expect(glanceAt(sourceOf('a'), 'nonsense')).rejects.toBeInstanceOf(UsageError);
    await expect(glanceAt(sourceOf(bytes), 'utf-8')).rejects.toBeInstanceOf(InvalidError);
  });
});
