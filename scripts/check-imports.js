// Holds the imports of src/ to the architecture: they run one way, and each package comes in at one place.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize, relative } from 'node:path';

/** What each part may import, besides itself. */
const mayImport = {
  'errors.ts': [],
  'unfinished.ts': [],
  fields: ['errors.ts'],
  contacts: ['errors.ts', 'fields'],
  store: ['errors.ts', 'unfinished.ts', 'fields', 'contacts'],
  formats: ['errors.ts', 'fields', 'contacts'],
  terminal: ['errors.ts', 'unfinished.ts', 'fields', 'contacts'],
  commands: ['errors.ts', 'unfinished.ts', 'fields', 'contacts', 'store', 'formats', 'terminal'],
  'main.ts': ['errors.ts', 'contacts', 'commands', 'terminal'],
  'app.ts': ['errors.ts', 'unfinished.ts', 'contacts', 'store', 'terminal', 'commands', 'main.ts'],
};

/** Where each package may be imported. */
const packages = {
  '@exodus/bytes': /^formats\/encoding-decoder\.ts$/,
  '@inquirer/core': /^terminal\//,
  '@inquirer/prompts': /^terminal\//,
  '@skyra/jaro-winkler': /^contacts\/duplicates\//,
  chalk: /^terminal\//,
  'cli-table3': /^terminal\//,
  commander: /^(commands\/|main\.ts$)/,
  'csv-parse': /^formats\/csv\//,
  'csv-stringify': /^formats\/csv\//,
  'fastest-levenshtein': /^contacts\//,
  'i18n-iso-countries': /^fields\/(parsers|country-names)\.ts$/,
  'libphonenumber-js': /^fields\/(assigned-number|parsers)\.ts$/,
  lowdb: /^store\/json\//,
  pg: /^store\/postgres\//,
  'pg-copy-streams': /^store\/postgres\//,
  saxes: /^formats\/xlsx\//,
  'string-width': /^terminal\//,
  uqr: /^terminal\//,
  validator: /^fields\/parsers\.ts$/,
  yauzl: /^formats\/xlsx\//,
  yazl: /^formats\/xlsx\//,
};

/** Modules of Node's own that the pure parts may use: those without effects. */
const pureModules = ['node:util'];

const specifiers = /^(?:import|export)\b[^'"`;]*?\bfrom '([^']+)'|\bimport\('([^']+)'\)/gm;

const faultOf = (file, specifier) => {
  const part = file.split('/')[0];
  if (specifier.startsWith('.')) {
    const target = relative('src', normalize(join(dirname(join('src', file)), specifier))).replace(/\.js$/, '.ts');
    if (target.startsWith('..'))
      return target === '../package.json' && file === 'app.ts' ? undefined : `leaves src: ${specifier}`;
    const other = target.split('/')[0];
    const allowed = other === part || mayImport[part]?.includes(other);
    return allowed ? undefined : `${part} may not import ${other}`;
  }
  if (specifier.startsWith('node:')) {
    const isPure = part === 'fields' || part === 'contacts';
    return isPure && !pureModules.includes(specifier) ? `${part} is pure, and ${specifier} is not` : undefined;
  }
  const name = specifier.startsWith('@') ? specifier.split('/').slice(0, 2).join('/') : specifier.split('/')[0];
  const place = packages[name];
  if (place === undefined) return `the package ${name} has no place in scripts/check-imports.js`;
  return place.test(file) ? undefined : `${name} may be imported in ${place} alone`;
};

const files = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.ts'));
const faults = [];
for (const file of files) {
  const text = await readFile(join('src', file), 'utf8');
  for (const [, fixed, late] of text.matchAll(specifiers)) {
    const fault = faultOf(file, fixed ?? late);
    if (fault !== undefined) faults.push(`src/${file}: ${fault}`);
  }
  if (
    file !== 'app.ts' &&
    /\bprocess\.(argv|env|exit|exitCode|stdin|stdout|stderr|cwd|platform)\b/.test(
      text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
    )
  ) {
    faults.push(`src/${file}: process.* belongs in app.ts alone`);
  }
}
if (faults.length > 0) {
  process.stderr.write(`${faults.join('\n')}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`The imports of ${files.length} files run as they should.\n`);
}
