import type { ChangeSummary, Edit } from '../contacts/change.js';
import { followContact } from '../contacts/contact-log.js';
import { editDetails, type FieldChange, fieldChanges } from '../contacts/edit-details.js';
import { isFoundBy, keysOf } from '../contacts/keys.js';
import { type Lookup, withoutEllipsis } from '../contacts/reference.js';
import { UsageError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import type { CustomField } from '../fields/field.js';
import type { ContactStore } from '../store/store.js';
import { renderLines } from '../terminal/lines.js';
import { visible } from '../terminal/visible.js';
import { changeJson, shownTime } from './log.js';
import { type ListFormat, writeAll } from './output.js';
import { chooseAmong, findContact, matchesOf } from './reference.js';
import type { Session } from './session.js';

/** A change with the edits that are told of it, which are read when they are told. */
export interface DetailedChange {
  readonly change: ChangeSummary;
  readonly edits: () => AsyncIterable<Edit> | Iterable<Edit>;
}

/** Changes with all their edits. */
export const wholeChanges = (changes: readonly ChangeSummary[], store: ContactStore): readonly DetailedChange[] =>
  changes.map((change) => ({
    change,
    async *edits() {
      for await (const { edit } of store.eachEdit({ change: change.id })) yield edit;
    },
  }));

/** The contacts that the log saw deleted and that have one of the keys, as they were in the end. */
const deletedWith =
  (store: ContactStore): Lookup =>
  async (keys) => {
    const found = keys.map(() => new Map<string, Contact>());
    for await (const { edit } of store.eachEdit({ deletions: true })) {
      const { before } = edit;
      if (before === undefined) continue;
      const known = keysOf(before);
      for (const [index, key] of keys.entries()) {
        const contacts = found[index];
        if (!contacts?.has(before.id) && isFoundBy(key, before, known)) contacts?.set(before.id, before);
      }
    }
    return found.map((contacts) => [...contacts.values()]);
  };

/** Of a contact and those that were merged into it, the id that a REF means: the contact's own, unless it begins another. */
const meantId = (reference: string, { id, mergedIds = [] }: Contact): string => {
  const text = withoutEllipsis(reference).toLowerCase();
  if (text === '' || id.startsWith(text)) return id;
  const merged = mergedIds.filter((other) => other.startsWith(text));
  return merged.length === 1 && merged[0] !== undefined ? merged[0] : id;
};

/**
 * Whose log a REF asks for: a contact of the store, or one that was merged into it, or one that was deleted.
 *
 * @throws NotFoundError, AmbiguousError
 */
const findLogged = async (
  reference: string,
  session: Session,
  store: ContactStore,
): Promise<{ readonly id: string; readonly holder: string | undefined }> => {
  if ((await matchesOf(reference, session, store)).length === 0) {
    const deleted = await matchesOf(reference, session, { lookup: deletedWith(store) });
    const [only] = deleted;
    if (only !== undefined) {
      const { id } = deleted.length === 1 ? only : await chooseAmong(deleted, reference, session);
      const [holders = []] = await store.lookup([{ of: 'id', value: id }]);
      return { id, holder: (holders.find((contact) => contact.id === id) ?? holders[0])?.id };
    }
  }
  const contact = await findContact(reference, session, store);
  return { id: meantId(reference, contact), holder: contact.id };
};

/**
 * The changes that did something to a contact, newest first, each with what it did to it.
 *
 * @throws NotFoundError, AmbiguousError
 */
export const changesOfContact = async (
  reference: string,
  log: readonly ChangeSummary[],
  session: Session,
): Promise<readonly DetailedChange[]> => {
  const store = await session.store();
  const { id, holder } = await findLogged(reference, session, store);
  const mentioning = new Map<string, Edit[]>();
  for await (const { change, edit } of store.eachEdit({ mentioning: id })) {
    mentioning.set(change, [...(mentioning.get(change) ?? []), edit]);
  }
  const pick = followContact(id, holder);
  return log.flatMap((change) => {
    const edits = pick(mentioning.get(change.id) ?? []);
    return edits.length === 0 ? [] : [{ change, edits: () => edits }];
  });
};

async function* jsonPieces(changes: readonly DetailedChange[], custom: readonly CustomField[], framed: boolean) {
  const [begin, between, end] = framed ? ['[\n', ',\n', '\n]\n'] : ['', '\n', '\n'];
  if (changes.length === 0) {
    yield framed ? '[]\n' : '';
    return;
  }
  for (const [index, { change, edits }] of changes.entries()) {
    yield `${index === 0 ? begin : between}${JSON.stringify(changeJson(change)).slice(0, -1)},"edits":[`;
    let separator = '';
    for await (const edit of edits()) {
      yield `${separator}${JSON.stringify(editDetails(edit, custom))}`;
      separator = framed ? ',\n' : ',';
    }
    yield ']}';
  }
  yield end;
}

const actionOf = ({ before, after }: Edit): 'created' | 'updated' | 'deleted' =>
  before === undefined ? 'created' : after === undefined ? 'deleted' : 'updated';

/** A line for each field that a change altered: change, time, who, command, id, name, action, field, before, after. */
async function* tabLines(changes: readonly DetailedChange[], custom: readonly CustomField[]) {
  const none: Pick<FieldChange, 'label' | 'shownBefore' | 'shownAfter'> = {
    label: '',
    shownBefore: '',
    shownAfter: '',
  };
  for (const { change, edits } of changes) {
    const start = [change.id, shownTime(change), change.by, change.command];
    let count = 0;
    for await (const edit of edits()) {
      const details = editDetails(edit, []);
      const fields = fieldChanges(edit, custom);
      for (const { label, shownBefore, shownAfter } of fields.length > 0 ? fields : [none]) {
        const cells = [
          ...start,
          details?.id ?? '',
          details?.name ?? '',
          actionOf(edit),
          label,
          shownBefore,
          shownAfter,
        ];
        yield renderLines([cells.map((text) => ({ text }))]);
        count += 1;
      }
    }
    if (count === 0) yield renderLines([[...start, '', '', '', change.summary].map((text) => ({ text }))]);
  }
}

const shownOr = (text: string): string => (text === '' ? '(empty)' : text);

const fieldLine = (edit: Edit, { label, shownBefore, shownAfter }: FieldChange): string => {
  const value =
    actionOf(edit) === 'created'
      ? shownAfter
      : actionOf(edit) === 'deleted'
        ? shownBefore
        : `${shownOr(shownBefore)} → ${shownOr(shownAfter)}`;
  return `    ${label}: ${value.replaceAll('\n', '\n      ')}`;
};

/** Changes as people read them: a line for each, then its contacts, and under each the fields. */
async function* readableLines(changes: readonly DetailedChange[], custom: readonly CustomField[], session: Session) {
  const { style } = session;
  const line = (text: string): string => `${visible(text, { lines: true })}\n`;
  for (const [index, { change, edits }] of changes.entries()) {
    const { id, by, summary, undone, role } = change;
    const who = role === undefined || role === by ? by : `${by} (role ${role})`;
    const heading = line(`${shownTime(change)} UTC  ${who}  ${summary}${undone ? ' (undone)' : ''}`);
    yield `${index === 0 ? '' : '\n'}${style.dim(visible(id))}  ${undone ? style.dim(heading.trimEnd()) : heading.trimEnd()}\n`;
    for await (const edit of edits()) {
      const details = editDetails(edit, []);
      if (details === undefined) continue;
      yield line(`  ${details.action} ${details.name} (${details.id})`);
      for (const field of fieldChanges(edit, custom)) yield line(fieldLine(edit, field));
    }
  }
}

/** Writes changes with what they did, contact by contact and field by field. */
export const writeDetailedLog = async (
  changes: readonly DetailedChange[],
  format: ListFormat,
  session: Session,
): Promise<void> => {
  const { fields: custom } = await (await session.store()).settings();
  if (format === 'json' || format === 'ndjson') {
    return writeAll(session.data('json'), jsonPieces(changes, custom, format === 'json'));
  }
  if (format === 'csv') {
    throw new UsageError('CSV is a format for contacts.', 'Use --json here.');
  }
  if (!session.io.stdoutIsTerminal) return writeAll(session.out, tabLines(changes, custom));
  if (changes.length === 0) return session.tell('None.');
  await writeAll(session.out, readableLines(changes, custom, session));
};
