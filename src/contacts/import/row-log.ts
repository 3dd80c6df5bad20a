import type { FieldSpec } from '../../fields/catalogue.js';
import type { ContactData } from '../../fields/contact.js';
import { createFieldComparison, type EditDetails } from '../edit-details.js';
import { LargeNumberList, NumberList } from '../number-list.js';
import { type Scratch, textIn } from '../scratch.js';
import type { RowIssue } from './row.js';

/** What can become of a row. */
export const rowActions = ['created', 'updated', 'unchanged', 'skipped', 'rejected'] as const;

export type RowAction = (typeof rowActions)[number];

/** What became of a row, as a report tells it (contract.md, "Import"). */
export interface RowResult {
  readonly row: number;
  readonly line: number;
  readonly action: RowAction;
  /** Of the contact that it is; `null` where it is none. */
  readonly id: string | null;
  /** What it changed of the contact, as earlier rows left that. */
  readonly fields: EditDetails['fields'];
  readonly errors: readonly RowIssue[];
  readonly warnings: readonly RowIssue[];
}

/** A contact before a row and after it; no `before` where the row creates it. */
export interface Step {
  readonly before?: ContactData | undefined;
  readonly after: ContactData;
}

/** What is known of a row whose outcome is taken down. */
export interface RowEntry {
  readonly row: number;
  readonly line: number;
  readonly action: RowAction;
  readonly id?: string | undefined;
  /** What it changed; absent where that is nothing. */
  readonly step?: (() => Step | undefined) | undefined;
  readonly errors?: readonly RowIssue[];
  readonly warnings?: readonly RowIssue[];
}

/**
 * What becomes of each row of an import, taken down in any order and told in the order of the rows. What is told is in a
 * scratch; 24 bytes of each row are in memory.
 */
export class RowLog {
  readonly #scratch: Scratch;
  readonly #fieldsOf: (step: Step) => RowResult['fields'];
  readonly #rows = new NumberList();
  readonly #lines = new NumberList();
  readonly #actions = new NumberList();
  readonly #starts = new LargeNumberList();
  readonly #lengths = new NumberList();

  /** @param fields of the category */
  constructor(fields: readonly FieldSpec[], scratch: Scratch) {
    const compare = createFieldComparison(fields);
    this.#fieldsOf = ({ before, after }) => compare(before, after);
    this.#scratch = scratch;
  }

  add({ row, line, action, id, step: stepOf, errors = [], warnings = [] }: RowEntry): void {
    const step = stepOf?.();
    const fields = step === undefined ? {} : this.#fieldsOf(step);
    const { start, length } = this.#scratch.add(JSON.stringify({ id: id ?? null, fields, errors, warnings }));
    this.#rows.push(row);
    this.#lines.push(line);
    this.#actions.push(rowActions.indexOf(action));
    this.#starts.push(start);
    this.#lengths.push(length);
  }

  /**
   * What became of the rows, in their order.
   *
   * @param nothingLands what would have been created or updated is skipped
   */
  *results(nothingLands: boolean): Generator<RowResult, void> {
    const places = Uint32Array.from({ length: this.#rows.length }, (_, place) => place);
    places.sort((one, other) => this.#rows.at(one) - this.#rows.at(other));
    const neverCreated = new Set<string>();
    for (const place of places) {
      const text = { start: this.#starts.at(place), length: this.#lengths.at(place) };
      const { id, fields, errors, warnings } = JSON.parse(textIn(this.#scratch, text));
      const [row, line] = [this.#rows.at(place), this.#lines.at(place)];
      const action = rowActions[this.#actions.at(place)] as RowAction;
      const lands = action === 'created' || action === 'updated';
      if (nothingLands && action === 'created') neverCreated.add(id);
      // Later rows of such a contact add to it in the plan alone.
      const told = nothingLands && neverCreated.has(id) ? null : id;
      const outcome = nothingLands && lands ? ({ action: 'skipped', fields: {} } as const) : { action, fields };
      yield { row, line, ...outcome, id: told, errors, warnings };
    }
  }
}
