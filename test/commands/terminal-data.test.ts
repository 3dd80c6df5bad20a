import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

/** ESC, a C1 control, and a direction override. */
const company = 'A\x1b[2J\u009b31mB\u202eC';

let workspace: Workspace;

beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.ok(['add', '--first-name', 'Ada', '--company', company]);
});

afterAll(() => workspace.remove());

const escaped = 'A\\x1b[2J\\x9b31mB\\u202eC';
const inJson = 'A\\u001b[2J\\u009b31mB\\u202eC';

const cases: readonly (readonly [argv: readonly string[], shown: string])[] = [
  [['share', 'ada'], `ORG:${escaped}`],
  [['export', '-', '--fields', 'company'], `Company\r\n${escaped}\r\n`],
  [['export', '--format', 'vcard'], `ORG:${escaped}`],
  [['export', '--format', 'json'], `"company":"${inJson}"`],
  [['list', '--format', 'csv', '--fields', 'company'], `Company\r\n${escaped}\r\n`],
  [['list', '--format', 'ndjson', '--fields', 'company'], `{"company":"${inJson}"}\n`],
  [['list', '--json'], `"company":"${inJson}"`],
  [['show', 'ada', '--json'], `"company": "${inJson}"`],
  [['duplicates', '--json', '--min-score', '0'], '[]'],
];

describe('data with escape sequences', () => {
  test.each(cases)('%j at a terminal', async (argv, shown) => {
    const { stdout } = await workspace.run(argv, { terminal: true });
    expect(stdout).toContain(shown);
    expect(stdout).not.toMatch(/[\x1b\x80-\x9f\u202e]/);
  });

  test.each(['share', 'export'])('%s down a pipe carries them untouched', async (command) => {
    const argv = command === 'share' ? ['share', 'ada'] : ['export', '--fields', 'company'];
    expect(await workspace.ok(argv)).toContain(company);
  });

  test('an error as JSON at a terminal', async () => {
    const { stderr } = await workspace.run(['show', 'a\u009bb', '--json', '--no-input'], { terminal: true });
    expect(stderr).toContain('a\\u009bb');
    expect(JSON.parse(stderr).error.code).toBe('not_found');
  });
});
