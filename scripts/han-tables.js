// Makes src/contacts/east-asian/han-tables.ts out of the data of opencc-js (variants of characters) and pinyin-pro
// (readings). Both packages are far too large to be loaded by a command that lists contacts: opencc-js takes 1.1 MB and
// pinyin-pro 0.3 MB of code, these tables less than a tenth, and nothing has to be built out of them first.
import { writeFile } from 'node:fs/promises';
import { Converter } from 'opencc-js';
import { pinyin, polyphonic } from 'pinyin-pro';

const [first, last] = [0x4e00, 0x9fa5];
const characters = Array.from({ length: last - first + 1 }, (_, index) => String.fromCharCode(first + index));

/** The characters of GB 2312: the simplified ones in use, which stand for themselves even where Japan writes another so. */
const inUse = new Set();
for (let row = 0xb0; row <= 0xf7; row++) {
  for (let cell = 0xa1; cell <= 0xfe; cell++) inUse.add(new TextDecoder('gb18030').decode(Uint8Array.of(row, cell)));
}

const toSimplified = ['t', 'tw', 'hk', 'jp'].map((from) => Converter({ from, to: 'cn' }));
const pairs = characters.flatMap((character) => {
  if (inUse.has(character)) return [];
  const simple = toSimplified.map((convert) => convert(character)).find((converted) => converted !== character);
  return simple?.length === 1 ? [[character, simple]] : [];
});

const mostReadings = 3;

/** A syllable as it is typed: ü is v, u, or in passports yu. */
const typed = (syllable) =>
  syllable.includes('ü') ? ['v', 'u', 'yu'].map((u) => syllable.replace('ü', u)) : [syllable];

const readingsOf = (character) => {
  const family = pinyin(character, { toneType: 'none', surname: 'all' });
  const all = [family, ...polyphonic(character, { toneType: 'none', type: 'array' })[0]];
  const syllables = all.flatMap(typed).filter((syllable) => /^[a-z]+$/.test(syllable));
  return [...new Set(syllables)].slice(0, mostReadings).join('/');
};
const readings = characters.map(readingsOf);
const distinct = [...new Set(readings)].sort();

/** A number in two characters from \`(\` to \`[\`, none of which has to be escaped. */
const [digits, zero] = [52, '('.charCodeAt(0)];
if (distinct.length > digits * digits) throw new Error('There are more readings than two digits can count.');
const twoDigits = (number) => String.fromCharCode(zero + Math.floor(number / digits), zero + (number % digits));

const text = (value) => `\n  '${value}'`;
await writeFile(
  new URL('../src/contacts/east-asian/han-tables.ts', import.meta.url),
  `// Made by scripts/han-tables.js out of the data of opencc-js (MIT, Apache-2.0) and pinyin-pro (MIT). Do not edit.

// Each table is in a function, so that a program which meets no such characters need not make the text.

/** Traditional and Japanese characters, in the order of their code points. */
export const variants = (): string =>${text(pairs.map(([variant]) => variant).join(''))};

/** For each of \`variants\`, the simplified character that is written for it. */
export const simplified = (): string =>${text(pairs.map(([, simple]) => simple).join(''))};

/** The ways in which characters are read: pinyin without tones, several of one character parted by a slash. */
export const readings = (): readonly string[] =>${text(distinct.join(' '))}.split(' ');

/**
 * For each character from U+4E00 to U+9FA5 which of \`readings\` are its, as two digits of base ${digits} that are written
 * from \`(\` on.
 */
export const readingNumbers = (): string =>${text(readings.map((reading) => twoDigits(distinct.indexOf(reading))).join(''))};
`,
);
