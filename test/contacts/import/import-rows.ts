import { createImportPlanner, type ImportOptions, type ImportPlan } from '../../../src/contacts/import/plan.js';
import { createRowsReader, type RowsReaderOptions } from '../../../src/contacts/import/read-rows.js';
import type { ImportRow } from '../../../src/contacts/import/row.js';
import type { RowResult } from '../../../src/contacts/import/row-log.js';
import type { Key } from '../../../src/contacts/keys.js';
import { createMemoryScratch } from '../../../src/contacts/scratch.js';
import { emptySettings } from '../../../src/contacts/settings.js';
import type { StoredContact } from '../../../src/contacts/stored-contact.js';
import type { Contact, Note } from '../../../src/fields/contact.js';
import type { DateOrder } from '../../../src/fields/kinds/kind.js';
import { createParsers } from '../../../src/fields/parsers.js';
import { createIdCounter } from '../../helpers/build-contact.js';
import { contactLookup } from '../../helpers/contact-lookup.js';

const parsers = createParsers();

/** The cells of a row by the paths of their fields; `id` is the ID, `problem` a fault of the row as a whole. */
export type Cells = { readonly [path: string]: string | readonly string[] };

/** When imports of tests are made, and by whom. */
export const stamp = { by: 'bea', at: '2026-11-24T09:00:00.000Z' };

const importRow = ({ id, problem, ...cells }: Cells, index: number): ImportRow => ({
  row: index + 1,
  line: index + 2,
  draft: { paths: Object.keys(cells), texts: Object.values(cells).map((texts) => [texts].flat()) },
  ...(typeof id === 'string' && { id }),
  problems: typeof problem === 'string' ? [{ column: '', value: '', message: problem }] : [],
  warnings: [],
  column: (path) => `<${path}>`,
});

type Given = Omit<ImportOptions, 'context' | 'scratch'> & Pick<RowsReaderOptions, 'onInvalid' | 'knownLabels'>;

export const defaults: Given = {
  category: 'external',
  match: ['email', 'phone'],
  anyName: false,
  onMatch: 'update',
  onNew: 'create',
  onInvalid: 'reject',
  knownLabels: false,
  strict: false,
  settings: emptySettings,
  labelColours: ['red', 'green', 'blue'],
};

/** `notes` are those that every row brings with their authors and times. */
export type Options = Partial<Given> & {
  readonly batch?: number;
  readonly dateOrder?: DateOrder;
  readonly country?: string;
  /** Whether the store gives its contacts as JSON too, which it does unless told otherwise. */
  readonly asJson?: boolean;
  readonly notes?: readonly Note[];
};

export interface Imported extends ImportPlan {
  readonly results: readonly RowResult[];
  /** All contacts as they are afterwards. */
  readonly contacts: readonly Contact[];
}

/** Plans an import of rows given as they are, and applies it to the contacts. */
export const importDrafts = (
  stored: readonly Contact[],
  rows: readonly ImportRow[],
  { batch = 2, notes: _notes, ...options }: Options = {},
): Imported => {
  const scratch = createMemoryScratch();
  const whole = {
    ...defaults,
    ...options,
    scratch,
    context: {
      parsers,
      country: options.country ?? 'HK',
      dateOrder: options.dateOrder,
      today: '2026-11-24',
      newId: createIdCounter(1_000_000 + stored.length * 1000),
      ...stamp,
    },
  };
  const read = createRowsReader({ ...whole, asks: stored.length > 0 }, scratch);
  const planner = createImportPlanner(whole);
  const lookUp = contactLookup(stored);
  const encoder = new TextEncoder();
  /** As a store gives them that has them as JSON. */
  const lookup = (keys: readonly Key[]): readonly (readonly StoredContact[])[] =>
    lookUp(keys).map((found) =>
      found.map((contact) => ({
        id: contact.id,
        json: () => (options.asJson === false ? undefined : encoder.encode(JSON.stringify(contact))),
        contact: () => contact,
      })),
    );
  for (let from = 0; from < rows.length; from += batch) {
    planner.found(lookup(planner.add(read(rows.slice(from, from + batch)), scratch)));
  }
  planner.found(lookup(planner.neededAgain()));
  const plan = planner.finish();
  const after = new Map(stored.map((contact) => [contact.id, contact]));
  for (const edit of plan.edits) if (edit.after !== undefined) after.set(edit.after.id, edit.after);
  return { ...plan, results: [...plan.results], contacts: [...after.values()] };
};

/** Plans an import of rows given by their cells, and applies it to the contacts. */
export const importRows = (stored: readonly Contact[], rows: readonly Cells[], options: Options = {}): Imported =>
  importDrafts(
    stored,
    rows.map((cells, index) => ({ ...importRow(cells, index), ...(options.notes && { notes: options.notes }) })),
    options,
  );
