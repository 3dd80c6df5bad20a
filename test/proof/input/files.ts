import fc from 'fast-check';
import { machineOn, outputs } from './sound.js';
import { type Target, target } from './target.js';

/** Texts that are made of what a format is made of, with any other text in between. */
const madeOf = (pieces: readonly string[], separator = ''): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { arbitrary: fc.constantFrom(...pieces), weight: 8 },
        { arbitrary: fc.string({ unit: 'binary', maxLength: 6 }), weight: 1 },
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(separator));

const values = [
  ...['Ann', 'Müller', '王小明', 'ann@acme.example', 'ann@', '+852 9123 4567', '123', '8.5E+11', '02/30/2026'],
  ...['01/31/1990', 'Lead', 'VIP; Fair', '=1+1', "'=x", '\ufeff', '\0', '\u202e', '\ud800', '\x1b[31m', '__proto__'],
  ...['constructor', 'x'.repeat(70_000), '2345bcdfghjk', '---', '\u2028', '💥'],
];
const csvPieces = [
  ...['First Name', 'Last Name', 'Mobile', 'Work Email', 'ID', 'Notes', 'Contact Label', 'Birth Date', 'Country'],
  ...[',', ',', ',', ';', '\t', '\n', '\n', '\r\n', '\r', '"', '""', ' ', 'sep=;', ...values],
];
const vcardPieces = [
  ...['BEGIN:VCARD\r\n', 'END:VCARD\r\n', 'VERSION:3.0\r\n', 'VERSION:4.0\n', 'FN:', 'N:', 'TEL;TYPE=cell:', 'EMAIL:'],
  ...['item1.', 'X-ABLABEL:', 'ENCODING=QUOTED-PRINTABLE:', '=0D=0A', '=\n', 'BDAY:', 'ADR;', 'NOTE:', 'UID:', 'KIND:'],
  ...[
    'PHOTO;ENCODING=b:',
    'CATEGORIES:',
    '\n ',
    '\r\n\t',
    '\n',
    ':',
    ';',
    ',',
    '\\n',
    '\\',
    '"',
    '^n',
    'CHARSET=GBK:',
    ...values,
  ],
];
const jsonKeys = [
  ...['id', 'category', 'firstName', 'phones', 'emails', 'notes', 'labels', 'custom', 'address', 'mergedIds', 'kind'],
  ...['number', 'text', '__proto__', 'constructor', 'toString', 'createdAt', 'type', 'birthDate', ''],
];
const jsonValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 5.5, ...values),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...jsonKeys), tie('value')), { maxLength: 5 })
      // Not through an object, on which a key `__proto__` would set the prototype.
      .map((entries) => new Map(entries)),
  ),
})).value;

const jsonText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (value instanceof Map)
    return `{${[...value].map(([key, part]) => `${JSON.stringify(key)}:${jsonText(part)}`).join(',')}}`;
  return JSON.stringify(value);
};

const cut = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.nat({ max: 99 }))
    .map(([whole, share]) => (share < 70 ? whole : whole.slice(0, (whole.length * share) / 100)));

const textsOf = {
  csv: madeOf(csvPieces),
  vcard: madeOf(vcardPieces).map((text) => `BEGIN:VCARD\r\n${text}`),
  json: cut(jsonValue.map(jsonText)),
  ndjson: cut(fc.array(jsonValue.map(jsonText), { maxLength: 4 }).map((lines) => lines.join('\n'))),
} as const;

/** Whatever a file holds, what landed of it can be put out in every form, and is sound. */
const importOf = (format: keyof typeof textsOf): Target =>
  target(
    `import of ${format}`,
    fc.record({
      file: fc.oneof(
        { arbitrary: textsOf[format], weight: 9 },
        { arbitrary: fc.uint8Array({ maxLength: 400 }), weight: 1 },
      ),
      flags: fc.subarray(['--ignore-unknown', '--create-fields', '--keep-rest', '--strict']),
      onMatch: fc.constantFrom('update', 'replace', 'create', 'skip'),
      category: fc.constantFrom('external', 'internal'),
    }),
    async ({ file, flags, onMatch, category }) => {
      const machine = machineOn();
      const argv = [
        'import',
        '-',
        '--format',
        format,
        '--on-match',
        onMatch,
        '--category',
        category,
        '--json',
        ...flags,
      ];
      const { stdout } = await machine.run(argv, file);
      if (stdout === '' || JSON.parse(stdout).change === null) return;
      for (const output of outputs) await machine.ok(output);
      await machine.ok(['store', 'check']);
    },
  );

export const fileTargets: readonly Target[] = (['csv', 'vcard', 'json', 'ndjson'] as const).map(importOf);
