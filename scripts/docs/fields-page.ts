import { queryFieldNamed } from '../../src/contacts/query/query-field.js';
import {
  type Category,
  catalogue,
  customKinds,
  type FieldSpec,
  keptFields,
  type SectionSpec,
} from '../../src/fields/catalogue.js';
import { headerOf, isNumbered } from '../../src/fields/columns.js';
import { fieldsOf } from '../../src/fields/field.js';
import { kinds } from '../../src/fields/kinds/index.js';
import { createHeaderReader, type HeaderReader } from '../../src/formats/csv/header.js';
import { fieldColumns, foreignColumns } from '../../src/formats/csv/program-columns.js';
import { code, codes, table } from './markdown.js';

/** The shortest name under which a query asks for a field, alone or with the others of its group. */
const qualifierOf = ({ flag, path, label }: FieldSpec, fields: readonly FieldSpec[]): string => {
  const asks = (name: string): boolean =>
    queryFieldNamed(name, fields)?.paths.some((asked) => path === asked || path.startsWith(`${asked}.`)) ?? false;
  const name = [flag, path].find(asks);
  if (name === undefined) throw new Error(`No query asks for the field ${label}.`);
  return name;
};

const valuesOf = ({ kind, choices, open, preset, repeats, unique, firstPage }: FieldSpec): string =>
  [
    kinds[kind].valueName,
    repeats ? 'any number of them' : '',
    unique ? 'unique' : '',
    choices ? `${codes(choices)}${open ? ' or other text' : ''}` : '',
    preset === undefined ? '' : `${code(preset)} where nothing is given`,
    firstPage === undefined ? '' : 'on the first page of the form',
  ]
    .filter((part) => part !== '')
    .join('; ');

/** The headers by which an import knows a field; a name that two fields have is of neither. */
const headersOf = (field: FieldSpec, read: HeaderReader): readonly string[] => {
  const { label, path, synonyms = [] } = field;
  const numbered = isNumbered(field) ? [headerOf(field, 1)] : [];
  return [label, ...numbered, ...synonyms, ...(fieldColumns[path] ?? []), ...(foreignColumns[path] ?? [])].filter(
    (header) => {
      const use = read(header);
      return use.is === 'field' && use.path === path;
    },
  );
};

const sectionText = ({ title, fields }: SectionSpec, all: readonly FieldSpec[]): string => {
  const rows = fields.map((field) => [
    field.label,
    code(field.path),
    field.kind === 'note' ? '' : code(`--${field.flag}`),
    valuesOf(field),
    field.help,
    field.vcard === undefined ? '' : code(field.vcard),
    code(`${qualifierOf(field, all)}:`),
  ]);
  const read = createHeaderReader(all);
  const headers = fields.map((field) => [field.label, codes(headersOf(field, read))]);
  return [
    `### ${title}\n`,
    table(['label', 'key', 'flag', 'values', 'help', 'vCard', 'query'], rows),
    table(['label', 'CSV headers that are read as it'], headers),
  ].join('\n');
};

const categoryText = (title: string, category: Category): string => {
  const all = fieldsOf(category, []);
  const sections: readonly SectionSpec[] = catalogue[category];
  return [`## ${title}\n`, ...sections.map((section) => sectionText(section, all))].join('\n');
};

/** `docs/fields.md`: every field of the catalogue, by each of its names. */
export const fieldsPage = (): string => {
  const kept = keptFields.map(({ label, path, flag, synonyms }) => [
    label,
    code(path),
    code(`${flag}:`),
    codes(synonyms),
  ]);
  const custom = Object.entries(customKinds).map(([name, kind]) => [code(name), kinds[kind].valueName]);
  return [
    '# Fields\n',
    '<!-- Made by `npm run docs` out of the program. Do not edit. -->\n',
    'Wherever a FIELD is asked for, its label, its key or its flag without the dashes names it; case, spaces, accents and',
    'punctuation do not count. The **key** is the place in the JSON: `phones.mobile` are the entries of `phones` whose `kind`',
    'is `mobile`. The **vCard** column names the property, with `N.1` for its second component. The label is the header of',
    'an exported CSV; an import reads the other headers too, and `Mobile 2`, `Mobile 3` … where a field keeps several values.',
    'Beside these the import knows the columns by which Google Contacts, Outlook, HubSpot, Salesforce, Thunderbird and Apple',
    'number and group theirs.\n',
    categoryText('External contacts', 'external'),
    categoryText('Staff', 'internal'),
    '## Custom fields\n',
    '`contacts field add NAME --kind KIND` defines a field of external contacts. Its key is `custom.KEY`, its CSV header is',
    'its name, and `--set KEY=VALUE` and `KEY:` in a query name it.\n',
    table(['kind', 'values'], custom),
    '## Kept by the program\n',
    'They are listed, sorted and searched like fields, and set by nobody.\n',
    table(['label', 'key', 'query', 'other names'], kept),
  ].join('\n');
};
