import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace();
});
afterEach(() => workspace.remove());

describe('search with typing errors', () => {
  beforeEach(async () => {
    await workspace.ok(['add', '--first-name', 'Maria', '--last-name', 'Garcia', '--company', 'Acme']);
    await workspace.ok(['add', '--first-name', 'Ana', '--last-name', 'Grace', '--company', 'Beta']);
  });

  it.each([
    { argv: ['gracia'], stdout: 'Maria Garcia', stderr: 'Nothing matches "gracia"; these come near it.\n' },
    { argv: ['grace'], stdout: 'Ana Grace', stderr: '' },
    { argv: ['garc'], stdout: 'Maria Garcia', stderr: '' },
    { argv: ['zzzzzz'], stdout: '', stderr: '' },
    { argv: ['gracia', '--quiet'], stdout: 'Maria Garcia', stderr: '' },
    {
      argv: ['gracia', '--where', 'company:acme'],
      stdout: 'Maria Garcia',
      stderr: 'Nothing matches "gracia"; these come near it.\n',
    },
    { argv: ['gracia', '--where', 'company:beta'], stdout: '', stderr: '' },
    { argv: ['garcia', '--where', 'company:amce'], stdout: '', stderr: '' },
  ])('$argv', async ({ argv, stdout, stderr }) => {
    const outcome = await workspace.run(['search', ...argv, '--fields', 'name']);
    expect(outcome).toMatchObject({ code: 0, stdout: stdout === '' ? '' : `${stdout}\n`, stderr });
  });
});
