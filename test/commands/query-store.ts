import { runProgram, type Surroundings } from '../helpers/run.js';

/** The moment of the tests' questions; everything in the store was made before it. */
export const asked = '2026-11-24T12:00:00.000Z';

const person = (name: string, ...flags: readonly string[]): readonly string[] => [
  'add',
  '--first-name',
  name,
  ...flags,
];

/** Each command line with its moment. */
const history: readonly (readonly [at: string, argv: readonly string[]])[] = [
  ...['VIP', 'Do not call', 'Gala'].map((name) => ['2025-12-01T08:00:00.000Z', ['label', 'add', name]] as const),
  ['2025-12-31T23:59:59.999Z', person('Eve', '--type', 'other', '--company', 'Simon or Garfunkel')],
  [
    '2026-01-31T09:00:30.000Z',
    person(
      'Ada',
      '--type',
      'customer',
      '--company',
      'Acme',
      '--label',
      'VIP',
      '--mobile',
      '+852 9123 4567',
      ...['--birth-date', '1990-12-24', '--country', 'HK', '--language', 'en'],
    ),
  ],
  [
    '2026-10-30T12:00:00.000Z',
    person(
      'Bob',
      '--last-name',
      'Garcia',
      '--type',
      'lead',
      '--company',
      'Acme Corp',
      '--label',
      'Do not call',
      ...['--mobile', '+852 9123 9999', '--birth-date', '1985-01-06', '--level', 'secondary'],
    ),
  ],
  [
    '2026-11-20T10:00:00.000Z',
    person(
      'Cid',
      '--type',
      'customer',
      '--company',
      'Globex',
      '--label',
      'Do not call',
      '--mobile',
      '+852 9800 0000',
      ...['--birth-date', '1970-11-28'],
    ),
  ],
  ['2026-11-22T10:00:00.000Z', ['note', 'add', 'Cid', 'Call back about the e=mc2 offer!']],
  [
    '2026-11-24T11:00:00.000Z',
    person(
      'Dee',
      '--last-name',
      "O'Brien",
      '--type',
      'prospect',
      '--label',
      'VIP',
      '--label',
      'Gala',
      ...['--work-email', 'dee@globex.example', '--birth-date', '1992-02-29'],
    ),
  ],
  [
    '2026-11-24T11:30:00.000Z',
    person(
      'Sam',
      '--category',
      'internal',
      '--role',
      'Night Porter',
      '--availability',
      'busy',
      '--email',
      'sam@acme.example',
    ),
  ],
];

/** Fills a store with five external contacts and one of staff, over a year. */
export const fillStore = async (surroundings: Surroundings): Promise<void> => {
  for (const [now, argv] of history) {
    const { code, stderr } = await runProgram(['--yes', ...argv], surroundings, { now });
    if (code !== 0) throw new Error(`contacts ${argv.join(' ')}: exit ${code}\n${stderr}`);
  }
};

/** What a query given to a command comes to: the first names that are found, or the exit code, and what is told. */
export const answerTo = async (argv: readonly string[], surroundings: Surroundings): Promise<string> => {
  const listing = [...argv, '--category', 'external', '--sort', 'created', '--fields', 'first-name'];
  const { code, stdout, stderr } = await runProgram(listing, surroundings, { now: asked });
  const found = code === 0 ? stdout.trim().replaceAll('\n', ' ') : `exit ${code}`;
  return stderr === '' ? found : `${found}\n${stderr.trimEnd()}`;
};
