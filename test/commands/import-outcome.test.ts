import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
});
afterEach(() => workspace.remove());

const file = async (name: string, text: string): Promise<string> => {
  const path = join(workspace.folder, name);
  await writeFile(path, text);
  return path;
};

/** Numbers that can be ones, and whose range is in no use. */
const unassigned = (count: number): string =>
  Array.from({ length: count }, (_, index) => `Ada${index},+1200555${String(index).padStart(4, '0')}\n`).join('');

describe('the JSON of an import', () => {
  it('has the warnings as it has the errors, with their number', async () => {
    const csv = await file('some.csv', 'First Name,Mobile\nAda,+12005550100\nBea,12\nCy,+85291234567\n');
    const { code, stdout } = await workspace.run(['import', csv, '--json']);
    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toEqual({
      rows: 3,
      created: 2,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      rejected: 1,
      errors: [{ row: 2, line: 3, column: 'Mobile', value: '12', message: 'is too short to be a phone number' }],
      warnings: [{ row: 1, line: 2, column: 'Mobile', value: '+12005550100', message: expect.any(String) }],
      warningCount: 1,
      change: expect.any(String),
    });
  });

  it('has the first 1,000 warnings, and says how many there are', async () => {
    const csv = await file('many.csv', `First Name,Mobile\n${unassigned(1001)}`);
    const outcome = await workspace.json<{ warnings: { row: number }[]; warningCount: number }>(['import', csv]);
    expect(outcome.warnings.map(({ row }) => row)).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    expect(outcome.warningCount).toBe(1001);
  });
});
