import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
});
afterAll(() => workspace.remove());

const url = 'postgres://ann:s3cret@127.0.0.1:1/book';

const cases: readonly (readonly string[])[] = [
  ['--stroe', url, 'list'],
  [`--stroe=${url}`, 'list'],
  ['--store', url, 'list'],
  ['--store', 'postgres:/ann:s3cret@127.0.0.1:1/book', 'list'],
  ['--store', 'postgres://127.0.0.1:1/book?user=ann&password=s3cret', 'list'],
  ['--lock-timeout', url, 'list'],
  [url],
  ['show', url],
  ['import', url],
  ['list', '--sort', url],
  ['list', '--fields', url],
  ['list', '--limit', url],
  ['add', '--type', url],
  ['store', 'copy', url, 'other.json'],
];

describe('a password on the command line', () => {
  test.each(cases.flatMap((argv) => [[argv], [[...argv, '--json']]]))('%j is not told', async (argv) => {
    const { code, stdout, stderr } = await workspace.run(argv);
    expect(code).toBeGreaterThan(0);
    expect(stdout + stderr).not.toContain('s3cret');
  });
});
