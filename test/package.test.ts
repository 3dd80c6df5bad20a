import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

interface Packed {
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

describe('the packed program', () => {
  let packed: Packed;
  let paths: readonly string[];
  beforeAll(async () => {
    // The scripts would build the program anew under the other tests.
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']);
    [packed] = JSON.parse(stdout);
    paths = packed.files.map(({ path }) => path);
  });

  it('has what it needs and no more', () => {
    expect(paths.filter((path) => !path.startsWith('dist/'))).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.txt',
      'bin/contacts.js',
      'bin/load.js',
      'bin/package.json',
      'docs/commands.md',
      'docs/contact.schema.json',
      'docs/fields.md',
      'docs/guarantees.md',
      'docs/queries.md',
      'docs/teams.md',
      'man/contacts.1',
      'package.json',
    ]);
    expect(paths).toContain('dist/app.cjs');
    expect(paths.filter((path) => path.startsWith('dist/') && !/^dist\/[\w-]+\.cjs(\.cache)?$/.test(path))).toEqual([]);
  });

  it('is smaller than docs/release.md says', async () => {
    const [, kilobytes] = /less than (\d+) kB/.exec(await readFile('docs/release.md', 'utf8')) ?? [];
    expect(packed.size / 1000).toBeLessThan(Number(kilobytes));
  });

  it('has what the README links to, besides what is for those who work on it', async () => {
    const readme = await readFile('README.md', 'utf8');
    const linked = [...readme.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path = '']) => path);
    const missing = new Set(linked.filter((path) => !paths.includes(path)));
    expect([...missing]).toEqual(['bench/RESULTS.md', 'CONTRIBUTING.md']);
  });

  it('brings no packages along', async () => {
    const manifest = JSON.parse(await readFile('package.json', 'utf8'));
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest.scripts).not.toHaveProperty('install');
    expect(manifest.scripts).not.toHaveProperty('postinstall');
  });
});
