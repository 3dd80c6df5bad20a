import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../helpers/run.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  const add = (now: string, ...fields: readonly string[]) =>
    workspace.ok(['add', ...fields], { now: `${now}T12:00:00.000Z` });
  await workspace.ok(['label', 'add', 'VIP']);
  await add('2026-01-31', '--first-name', 'Maria', '--company', 'Acme', '--label', 'VIP', '--country', 'Hong Kong');
  await add('2026-01-31', '--first-name', 'Bob', '--company', 'ACME', '--type', 'Customer', '--language', 'ja');
  await add('2026-03-01', '--first-name', 'Ana', '--company', 'Beta', '--mobile', '+852 9123 4567');
  await workspace.ok([
    'add',
    '--category',
    'internal',
    '--first-name',
    'Sam',
    '--role',
    'Agent',
    '--department',
    'Care',
  ]);
});
afterAll(() => workspace.remove());

describe('stats', () => {
  it('gives all counts as JSON', async () => {
    const { completeness, ...counts } = await workspace.json<{ completeness: readonly unknown[] }>(['stats']);
    expect(counts).toEqual({
      contacts: 3,
      type: [
        { value: 'Lead', count: 2 },
        { value: 'Customer', count: 1 },
      ],
      level: [{ value: 'Primary', count: 3 }],
      company: [
        { value: 'Acme', count: 2 },
        { value: 'Beta', count: 1 },
      ],
      language: [{ value: 'ja', count: 1 }],
      labels: [{ value: 'VIP', count: 1 }],
      country: [{ value: 'HK', count: 1 }],
      months: [
        { value: '2026-01', count: 2 },
        { value: '2026-03', count: 1 },
      ],
    });
    expect(completeness).toContainEqual({ field: 'firstName', filled: 3 });
    expect(completeness).toContainEqual({ field: 'phones.mobile', filled: 1 });
    expect(completeness).toContainEqual({ field: 'notes', filled: 0 });
  });

  it('counts what a query fits', async () => {
    expect(await workspace.json(['stats', '--where', 'company:acme'])).toMatchObject({
      contacts: 2,
      months: [{ value: '2026-01', count: 2 }],
    });
    expect(await workspace.json(['stats', '--where', 'company:none'])).toMatchObject({ contacts: 0, company: [] });
  });

  it('counts staff', async () => {
    expect(await workspace.json(['stats', '--category', 'internal'])).toMatchObject({
      contacts: 1,
      role: [{ value: 'Agent', count: 1 }],
      department: [{ value: 'Care', count: 1 }],
    });
  });

  it('writes lines down a pipe', async () => {
    const lines = (await workspace.ok(['stats'])).split('\n');
    expect(lines.slice(0, 3)).toEqual(['contacts\t\t3', 'type\tLead\t2', 'type\tCustomer\t1']);
    expect(lines).toContain('language\tJapanese\t1');
    expect(lines).toContain('month\t2026-01\t2');
    expect(lines).toContain('filled\tCompany\t3');
  });

  it('draws bars at a terminal', async () => {
    const { stdout, stderr } = await workspace.run(['stats'], { terminal: true, columns: 60 });
    expect(stdout).toContain(
      [
        'Company',
        '  Acme                      ██████████▋               2  67%',
        '  Beta                      █████▍                    1  33%',
        '',
        '',
      ].join('\n'),
    );
    expect(stdout).toContain('How complete the fields are\n  Type  ');
    expect(stderr).toBe('\n3 contacts.\n');
  });

  it('leaves the rest of long lists out at a terminal', async () => {
    const many = await createWorkspace();
    const contacts = Array.from({ length: 12 }, (_, index) => JSON.stringify({ company: `Company ${index + 10}` }));
    await many.ok(['add', '--from-json', '-'], { stdin: contacts.join('\n') });
    const { stdout } = await many.run(['stats'], { terminal: true });
    expect(stdout).toMatch(/ {2}Company 19 .*\n {2}and 2 more\n\n/);
    await many.remove();
  });
});
