import type { ClientBase } from 'pg';
import { type Change, type ChangeSummary, countsOfEdits, type Edit } from '../../contacts/change.js';
import type { Settings } from '../../contacts/settings.js';
import { AmbiguousError } from '../../errors.js';
import type { Contact } from '../../fields/contact.js';
import { defaultLimits } from '../json/history.js';
import type { EditSelection, LoggedEdit, Page } from '../store.js';
import { storable } from './contact-row.js';
import { type Cell, copyInto } from './copy.js';
import { jsonAfter, jsonOf } from './edits.js';
import { rowsOf } from './view.js';

/** What is kept of a change besides its edits. */
interface ChangeHeader extends Omit<ChangeSummary, 'undone'> {
  readonly settings?: Change['settings'];
}

/** A change of the log with the revision that it led to. */
export interface LoggedChange extends ChangeHeader {
  readonly revision: number;
}

const headerOf = (change: Change, role: string | undefined): ChangeHeader => {
  const { edits, ...rest } = change;
  return {
    ...rest,
    ...(role !== undefined && { role }),
    ...countsOfEdits(edits),
  };
};

function* editRows(revision: number, edits: readonly Edit[], count: (bytes: number) => void) {
  for (const [number, edit] of edits.entries()) {
    const texts = [jsonOf(edit.before), jsonAfter(edit)];
    count(texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0));
    yield [revision, number, ...texts, edit.position ?? null] satisfies readonly Cell[];
  }
}

/**
 * Writes a change to the log.
 *
 * @param role who made it; nothing for a change that was made elsewhere
 */
export const writeChange = async (
  client: ClientBase,
  change: Change,
  revision: number,
  role: string | undefined,
): Promise<void> => {
  const header = JSON.stringify(headerOf(change, role));
  let bytes = Buffer.byteLength(header);
  const rows = editRows(revision, change.edits, (more) => {
    bytes += more;
  });
  await copyInto(client, 'contacts_edit (revision, number, before, after, position)', rows);
  await client.query('INSERT INTO contacts_change (revision, id, header, bytes) VALUES ($1, $2, $3, $4)', [
    revision,
    storable(change.id),
    header,
    bytes,
  ]);
};

/** Removes the oldest changes beyond the limits; the newest stays in any case. */
export const pruneHistory = async (
  client: ClientBase,
  { changes = defaultLimits.changes, bytes = defaultLimits.bytes }: NonNullable<Settings['history']>,
): Promise<void> => {
  const { rows } = await client.query<{ readonly revision: string }>(
    `DELETE FROM contacts_change USING (
       SELECT revision, row_number() OVER newest AS number, sum(bytes) OVER newest AS size
       FROM contacts_change WINDOW newest AS (ORDER BY revision DESC)
     ) AS kept
     WHERE contacts_change.revision = kept.revision AND number > 1 AND (number > $1 OR size > $2)
     RETURNING contacts_change.revision`,
    [changes, bytes],
  );
  if (rows.length === 0) return;
  // Named one by one, they are found by the index: what was deleted before is not gone through again.
  const revisions = rows.map(({ revision }) => revision);
  await client.query('DELETE FROM contacts_edit WHERE revision = ANY ($1::bigint[])', [revisions]);
};

/** All changes that are kept, newest first. */
export const loggedChanges = async (client: ClientBase): Promise<readonly LoggedChange[]> => {
  const { rows } = await client.query<{ readonly revision: string; readonly header: ChangeHeader }>(
    'SELECT revision, header FROM contacts_change ORDER BY revision DESC',
  );
  return rows.map(({ revision, header }) => ({ ...header, revision: Number(revision) }));
};

/** A page of the log, newest first. */
export const summaries = async (client: ClientBase, { offset, limit }: Page): Promise<readonly ChangeSummary[]> => {
  const undone = new Set<string>();
  const all = (await loggedChanges(client)).map((change): ChangeSummary => {
    const { id, at, by, command, summary, role, undoes, created, updated, deleted } = change;
    const isUndone = undone.has(id);
    if (undoes !== undefined && !isUndone) undone.add(undoes);
    return {
      ...{ id, at, by, command, summary, ...(role && { role }), ...(undoes && { undoes }) },
      ...{ created, updated, deleted, undone: isUndone },
    };
  });
  return all.slice(offset, limit === undefined ? undefined : offset + limit);
};

interface EditRow {
  readonly before: Contact | null;
  readonly after: Contact | null;
  readonly position: string | null;
}

const editIn = ({ before, after, position }: EditRow): Edit => ({
  ...(before !== null && { before }),
  ...(after !== null && { after }),
  ...(position !== null && { position: Number(position) }),
});

/** The edits of the log, those of the newest change first. */
export async function* eachEdit(
  client: ClientBase,
  { change, mentioning, deletions = false }: EditSelection,
): AsyncGenerator<LoggedEdit, void> {
  const values: unknown[] = [];
  const conditions = ['true'];
  if (change !== undefined) conditions.push(`id = $${values.push(storable(change))}`);
  if (deletions) conditions.push('after IS NULL');
  if (mentioning !== undefined) {
    const text = `$${values.push(storable(JSON.stringify(mentioning)))}`;
    conditions.push(`(position(${text} IN before::text) > 0 OR position(${text} IN after::text) > 0)`);
  }
  const text = `SELECT id, before, after, position FROM contacts_edit JOIN contacts_change USING (revision)
    WHERE ${conditions.join(' AND ')} ORDER BY revision DESC, number`;
  for await (const row of rowsOf<EditRow & { readonly id: string }>(client, 'contacts_log', { text, values })) {
    yield { change: row.id, edit: editIn(row) };
  }
}

/** The edits of the change that led to a revision. */
export const editsOf = async (client: ClientBase, revision: number): Promise<readonly Edit[]> => {
  const { rows } = await client.query<EditRow>(
    'SELECT before, after, position FROM contacts_edit WHERE revision = $1 ORDER BY number',
    [revision],
  );
  return rows.map(editIn);
};

/** @throws AmbiguousError where several changes begin so */
export const findChange = async (client: ClientBase, id: string): Promise<Change | undefined> => {
  if (id === '') return undefined;
  const { rows } = await client.query<{ readonly revision: string; readonly header: ChangeHeader }>(
    'SELECT revision, header FROM contacts_change WHERE left(id, length($1)) = $1 ORDER BY revision',
    [storable(id)],
  );
  const named = rows.find(({ header }) => header.id === id) ?? rows[0];
  if (named === undefined) return undefined;
  if (named.header.id !== id && rows.length > 1) {
    throw new AmbiguousError(
      `Several changes begin with ${id}: ${rows.map(({ header }) => header.id).join(', ')}.`,
      'Give more of the id.',
    );
  }
  const { id: whole, at, by, command, summary, undoes, settings } = named.header;
  const edits = await editsOf(client, Number(named.revision));
  return { id: whole, at, by, command, summary, ...(undoes && { undoes }), edits, ...(settings && { settings }) };
};
