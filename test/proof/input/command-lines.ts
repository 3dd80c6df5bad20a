import fc from 'fast-check';
import { commands } from '../../../src/commands/program.js';
import { machineOn } from './sound.js';
import { type Target, target } from './target.js';

const subcommands = [
  'add',
  'list',
  'rename',
  'rm',
  'edit',
  'info',
  'check',
  'restore',
  'copy',
  'init',
  'purge',
  'suggest',
];
const words = [
  ...[
    'Ann',
    'Bob',
    '2222',
    'ann@acme.example',
    '+852 9123 4567',
    'company:acme',
    '(',
    '"',
    'OR',
    'type:lead',
    'created:>2026',
  ],
  ...[
    'first-name=Ann',
    'label=VIP',
    'size=5',
    '__proto__',
    '__proto__=1',
    'constructor',
    'name',
    'name:desc',
    'id,name',
    '0.5',
  ],
  ...[
    '-1',
    '1e9',
    '99999999999999999999',
    '',
    ' ',
    '-',
    '--',
    '-5',
    '-garcia',
    '=',
    'a=',
    '=a',
    'csv',
    'json',
    'vcard',
    'table',
  ],
  ...[
    'external',
    'internal',
    'all',
    'HK',
    '+852',
    'bash',
    'VIP',
    'Size',
    'blue',
    '#00ff00',
    'postgres:',
    'x:y',
    '\ud800',
    '\0',
  ],
  ...[
    '\x1b[31m',
    '\u202e',
    '王小明',
    'x'.repeat(5000),
    'primary',
    'email',
    'out.csv',
    'out.json',
    '2026-01-31',
    '02/30/2026',
  ],
];

/** Every flag that the help of a command names. */
const flagsOf = async (): Promise<readonly string[]> => {
  const machine = machineOn();
  const flags = new Set<string>();
  for (const name of Object.keys(commands)) {
    const { stdout } = await machine.run([name, '--help']);
    for (const sub of stdout.includes('Commands:') ? ['', ...subcommands] : ['']) {
      const { stdout } = await machine.run([name, ...(sub === '' ? [] : [sub]), '--help']);
      for (const [flag] of stdout.matchAll(/(?<=[ ,])--?[a-z][a-z-]*/g)) flags.add(flag);
    }
  }
  return [...flags].filter((flag) => flag !== '--help');
};

/** Any words after any command: the program ends in a documented way. Files are written in the folder it runs in. */
export const commandLineTargets = async (): Promise<readonly Target[]> => {
  const flag = fc.constantFrom(...(await flagsOf()));
  // A word with a slash could name a file elsewhere.
  const word = fc.oneof(
    fc.constantFrom(...words),
    fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replaceAll('/', '')),
  );
  const option = fc.oneof(
    flag.map((name) => [name]),
    fc.tuple(flag, word),
    fc.tuple(flag, word).map(([name, value]) => [`${name}=${value}`]),
  );
  const argv = fc
    .tuple(
      fc.constantFrom(...Object.keys(commands)),
      fc.option(fc.constantFrom(...subcommands), { nil: undefined }),
      fc.array(
        fc.oneof(
          option,
          word.map((text) => [text]),
        ),
        { maxLength: 5 },
      ),
    )
    .map(([name, sub, rest]) => [name, ...(sub === undefined ? [] : [sub]), ...rest.flat()]);
  const input = fc.constantFrom(
    '',
    'First Name\nEve\n',
    '{"firstName":"Eve"}',
    '[',
    'BEGIN:VCARD\nFN:Eve\nEND:VCARD',
    '\0',
  );
  return [
    target('command lines', fc.array(fc.tuple(argv, input), { minLength: 1, maxLength: 4 }), async (lines) => {
      const machine = machineOn();
      await machine.ok(['label', 'add', 'VIP', '--color', 'blue']);
      await machine.ok(['field', 'add', 'Size', '--kind', 'number']);
      await machine.ok(['add', '--first-name', 'Ann', '--company', 'Acme', '--work-email', 'ann@acme.example']);
      await machine.ok(['add', '--first-name', 'Bob', '--mobile', '+852 9123 4567']);
      for (const [line, stdin] of lines) await machine.run(line, stdin);
      await machine.ok(['store', 'check']);
      await machine.ok(['list', '--category', 'all', '--json']);
    }),
    target(
      'queries',
      fc.array(fc.oneof(word, fc.constantFrom('has:', 'missing:', '-', ')', 'label:', '..', '>', ':')), {
        maxLength: 8,
      }),
      async (parts) => {
        const machine = machineOn();
        await machine.ok(['add', '--first-name', 'Ann', '--company', 'Acme', '--work-email', 'ann@acme.example']);
        const query = parts.join(' ');
        await machine.run(['search', '--json', '--', query]);
        await machine.run(['list', `--where=${query}`]);
        await machine.run(['rm', '--dry-run', '--yes', `--where=${query}`]);
      },
    ),
  ];
};
