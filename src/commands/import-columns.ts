import { fieldNameOf } from '../contacts/edit-details.js';
import { countMisfits, fieldByValues } from '../contacts/import/column-field.js';
import { type ColumnProfile, samplesOf } from '../contacts/import/column-profile.js';
import type { Settings } from '../contacts/settings.js';
import type { Category, FieldSpec } from '../fields/catalogue.js';
import { type FieldPath, fieldsOf } from '../fields/field.js';
import type { KindContext } from '../fields/kinds/kind.js';
import type { ImportColumn, ImportFile, UnknownColumn } from '../formats/record.js';
import { writeRows } from './rows.js';
import type { Session } from './session.js';

/** A column of a file as a dry run tells it (contract.md, "JSON of the acting commands"). */
export interface ToldColumn {
  /** The file that it is in, where several are imported at once. */
  readonly file?: string;
  readonly column: string;
  /** The field that it goes to, several with commas between; `''` where that is none. */
  readonly field: string;
  readonly samples: readonly string[];
  readonly why: string;
}

const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;

/** What the values of a column say about where it goes. */
const valuesSay = (
  { paths, profile }: ImportColumn,
  fields: readonly FieldSpec[],
  context: KindContext,
): readonly string[] => {
  const { filled, values, digitDates, bothWays, formsOfAddress } = profile;
  if (filled === 0) return ['all its cells are empty'];
  const said: string[] = [];
  const field = paths.length === 1 ? fields.find(({ path }) => path === paths[0]) : undefined;
  const misfits = field === undefined ? 0 : countMisfits(field, profile, context);
  if (formsOfAddress * 2 > filled)
    said.push(`${percent(formsOfAddress, filled)} are forms of address such as Mr or Dr`);
  if (field?.kind === 'date' && digitDates > 0 && bothWays === digitDates && context.dateOrder === undefined) {
    const dates = digitDates === 1 ? 'its only date reads' : `all ${digitDates.toLocaleString('en-US')} dates read`;
    said.push(`${dates} both ways, month first here: say --date-order dmy where that is wrong`);
  } else if (misfits > 0) {
    said.push(
      `${misfits} of its first ${values.length} different values ${misfits === 1 ? 'is' : 'are'} not valid there`,
    );
  }
  return said;
};

/** The field that the values of an unknown column tell. */
export const suggestField = (
  { header, values }: UnknownColumn,
  profiles: ReadonlyMap<string, ColumnProfile>,
  fields: readonly FieldSpec[],
  taken: ReadonlySet<FieldPath>,
  context: KindContext,
): FieldSpec | undefined =>
  fieldByValues({ header, values: profiles.get(header)?.values ?? values }, fields, taken, context);

/** The profiles of a file's unknown columns, by their headers. */
export const unknownProfiles = ({ columns = [], unknown }: ImportFile): ReadonlyMap<string, ColumnProfile> => {
  const headers = new Set(unknown.map(({ header }) => header));
  return new Map(columns.flatMap(({ header, profile }) => (headers.has(header) ? [[header, profile]] : [])));
};

/** The fields that the values of unknown columns tell, by their headers; each is offered once where others are left. */
export const suggestFields = (
  file: ImportFile,
  fields: readonly FieldSpec[],
  context: KindContext,
): ReadonlyMap<string, FieldSpec> => {
  const profiles = unknownProfiles(file);
  const taken = new Set(file.fields);
  const suggested = new Map<string, FieldSpec>();
  for (const column of file.unknown) {
    const field = suggestField(column, profiles, fields, taken, context);
    if (field === undefined) continue;
    suggested.set(column.header, field);
    taken.add(field.path);
  }
  return suggested;
};

/** What each column of a file holds, with samples, and why. */
export const describeColumns = (
  file: ImportFile,
  category: Category,
  settings: Settings,
  context: KindContext,
): readonly ToldColumn[] => {
  const fields = fieldsOf(category, settings.fields);
  const nameOf = (path: FieldPath): string => {
    const field = fields.find((each) => each.path === path);
    return field === undefined ? path : fieldNameOf(field);
  };
  const suggested = suggestFields(file, fields, context);
  const byValues = (header: string): readonly string[] => {
    const field = suggested.get(header);
    return field === undefined ? [] : [`its values are those of ${field.label}: --map "${header}=${field.flag}"`];
  };
  return (file.columns ?? []).map((column) => ({
    column: column.header,
    field: column.paths.map(nameOf).join(', '),
    samples: samplesOf(column.profile),
    why: [column.why, ...valuesSay(column, fields, context), ...byValues(column.header)].join('; '),
  }));
};

/** Shows people what each column holds. */
export const tellColumns = (columns: readonly ToldColumn[], session: Session): Promise<void> =>
  writeRows(session, 'table', columns, [
    { title: 'Column', key: 'column', flexible: true },
    { title: 'Field', key: 'field', flexible: true },
    { title: 'Samples', key: 'samples', flexible: true, cell: ({ samples }) => ({ text: samples.join(' | ') }) },
    { title: 'Why', key: 'why', flexible: true },
  ]);
