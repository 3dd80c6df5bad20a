import type { FieldPath } from '../../fields/field.js';
import type { ImportRow } from './row.js';

/** Texts of a field that every row of an import gets. */
export interface GivenValue {
  readonly path: FieldPath;
  readonly texts: readonly string[];
  /** They stand in place of the row's own texts; else they come after these. */
  readonly replaces: boolean;
  /** How messages name where they come from, as they name a column: `--set label`. */
  readonly source: string;
}

/** The paths of a list and of given values, each once. */
const pathsWith = (paths: readonly FieldPath[], given: readonly GivenValue[]): readonly FieldPath[] => [
  ...new Set([...paths, ...given.map(({ path }) => path)]),
];

/** Makes the function that gives a row the values, as if its file had cells with them. */
export const createGiver = (given: readonly GivenValue[]): ((row: ImportRow) => ImportRow) => {
  const of = (path: FieldPath): readonly GivenValue[] => given.filter((value) => value.path === path);

  const textsFor = (path: FieldPath, own: readonly string[] | undefined): readonly string[] | undefined => {
    const values = of(path);
    if (values.length === 0) return own;
    const kept = values.some(({ replaces }) => replaces) ? [] : (own ?? []);
    return [...kept, ...values.flatMap(({ texts }) => texts)];
  };

  const sourceOf = (path: FieldPath, value: string | undefined): string | undefined =>
    of(path).find(({ replaces, texts }) => replaces || (value !== undefined && texts.includes(value)))?.source;

  // Rows of a file share their paths, and what reads them tells by that whether they changed.
  let before: readonly FieldPath[] = [];
  let paths = pathsWith(before, given);
  return (row) => {
    const { draft } = row;
    if (draft.paths !== before) {
      before = draft.paths;
      paths = pathsWith(before, given);
    }
    return {
      ...row,
      draft: { paths, texts: paths.map((path, place) => textsFor(path, draft.texts[place])) },
      column: (path, value) => sourceOf(path, value) ?? row.column(path, value),
    };
  };
};
