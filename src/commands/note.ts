import type { Command } from 'commander';
import { describeContact, displayName } from '../contacts/contact.js';
import { updateContact } from '../contacts/record.js';
import { AmbiguousError, InterruptedError, InvalidError, NotFoundError, UsageError } from '../errors.js';
import type { Contact, Note } from '../fields/contact.js';
import { visible } from '../terminal/visible.js';
import { formatOf, formatOptions } from './list-options.js';
import { type ListFormat, writeJson, writeJsonLine } from './output.js';
import { action } from './program.js';
import { findContact } from './reference.js';
import { contactsById } from './save.js';
import type { Session } from './session.js';
import { hintUndo } from './undo-hint.js';

interface NoteOptions {
  readonly reference: string;
  readonly dryRun?: boolean;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

export interface NoteTextOptions extends NoteOptions {
  readonly text?: string;
  readonly file?: string;
}

export interface OneNoteOptions extends NoteOptions {
  readonly note: string;
}

/** The text of a note: from the argument, a file, standard input, or the editor. */
const readText = async (
  { text, file }: NoteTextOptions,
  session: Session,
  initial: string | undefined,
): Promise<string> => {
  if (text !== undefined && file !== undefined) {
    throw new UsageError('The text is given twice.', 'Give it as an argument or with --file, not both.');
  }
  const source = file ?? (text === '-' ? '-' : undefined);
  if (source !== undefined) {
    const { readWhole } = await import('./files.js');
    return new TextDecoder().decode(await readWhole(source, session)).replace(/(\r?\n)+$/, '');
  }
  if (text !== undefined) return text;
  const ask = await session.ask('Give the text as an argument, with --file, or - for standard input.');
  return ask.longText({ what: 'note', ...(initial !== undefined && { initial }) });
};

const refuseEmpty = (text: string): string => {
  if (text.trim() === '') throw new InvalidError('The note is empty.', 'Nothing was changed. Give it some text.');
  return text.toWellFormed();
};

/** The note that an id means, or the unique start of one. */
const noteOf = (contact: Contact, wanted: string): Note => {
  const exact = contact.notes.find(({ id }) => id === wanted);
  const found = exact ? [exact] : contact.notes.filter(({ id }) => wanted !== '' && id.startsWith(wanted));
  const [note] = found;
  const hint = `See "contacts note list ${contact.id}".`;
  if (note === undefined) throw new NotFoundError(`${displayName(contact)} has no note "${wanted}".`, hint);
  if (found.length > 1) throw new AmbiguousError(`"${wanted}" is the start of ${found.length} notes.`, hint);
  return note;
};

/** Changes the notes of a contact, as one change; the contact as it now is. */
const changeNotes = async (
  contact: Contact,
  command: string,
  verb: string,
  options: NoteOptions,
  session: Session,
  notesOf: (now: Contact) => readonly Note[],
): Promise<{ readonly contact: Contact; readonly changeId: string | null }> => {
  const store = await session.store();
  const stamp = session.stamp();
  let after = contact;
  const change = await store.change(
    { by: stamp.by, command, summary: `${verb} ${displayName(contact)}` },
    async (view) => {
      const [before] = await contactsById(view, [contact.id]);
      if (before === undefined) return { edits: [] };
      after = updateContact(before, { ...before, notes: notesOf(before) }, stamp);
      return { edits: after === before ? [] : [{ before, after }] };
    },
    { dryRun: options.dryRun ?? false },
  );
  return { contact: after, changeId: (!options.dryRun && change?.id) || null };
};

export const runNoteAdd = async (options: NoteTextOptions, session: Session): Promise<void> => {
  const contact = await findContact(options.reference, session, await session.store());
  const text = refuseEmpty(await readText(options, session, undefined));
  const { by, at } = session.stamp();
  const note: Note = { id: session.newId(), text, author: by, createdAt: at, updatedAt: at };
  await changeNotes(contact, 'note add', 'Added a note to', options, session, (now) => [...now.notes, note]);
  if (formatOf(options) === 'table')
    await session.say(`${options.dryRun ? 'Would add' : 'Added'} note ${note.id} to ${describeContact(contact)}.`);
  else await writeJson(session, note);
};

export const runNoteList = async (options: NoteOptions, session: Session): Promise<void> => {
  const { notes } = await findContact(options.reference, session, await session.store());
  const format = formatOf(options);
  if (format === 'json') await writeJson(session, notes);
  else if (format === 'ndjson') for (const note of notes) await writeJsonLine(session, note);
  else if (format === 'csv') throw new UsageError('Notes are not listed as CSV.', 'Use --json, or "contacts export".');
  else if (session.io.stdoutIsTerminal) {
    const { style } = session;
    for (const { id, text, author, createdAt } of notes) {
      await session.out.write(style.dim(visible(`${id}  ${createdAt.slice(0, 16).replace('T', ' ')}  `)));
      await session.say(`${author}\n${text.replace(/^/gm, '  ')}`);
    }
    if (notes.length === 0) await session.tell('No notes.');
  } else {
    const { renderLines } = await import('../terminal/lines.js');
    const rows = notes.map(({ id, createdAt, author, text }) =>
      [id, createdAt, author, text].map((cell) => ({ text: cell })),
    );
    await session.out.write(renderLines(rows));
  }
};

export const runNoteEdit = async (options: NoteTextOptions & OneNoteOptions, session: Session): Promise<void> => {
  const contact = await findContact(options.reference, session, await session.store());
  const before = noteOf(contact, options.note);
  const text = refuseEmpty(await readText(options, session, before.text));
  const { at } = session.stamp();
  const edited: Note = text === before.text ? before : { ...before, text, updatedAt: at };
  await changeNotes(contact, 'note edit', 'Edited a note of', options, session, (now) => {
    const current = noteOf(now, before.id);
    return now.notes.map((note) => (note.id === current.id ? edited : note));
  });
  if (formatOf(options) === 'table')
    await session.say(`${options.dryRun ? 'Would edit' : 'Edited'} note ${before.id} of ${describeContact(contact)}.`);
  else await writeJson(session, edited);
};

export const runNoteRm = async (options: OneNoteOptions, session: Session): Promise<void> => {
  const contact = await findContact(options.reference, session, await session.store());
  const note = noteOf(contact, options.note);
  if (session.mayAsk && !session.yes && !options.dryRun) {
    const ask = await session.ask('Add --yes.');
    const start = note.text.length > 60 ? `${note.text.slice(0, 60)}…` : note.text;
    if (!(await ask.confirm({ message: `Delete the note "${start}"?` }))) {
      throw new InterruptedError('Cancelled; nothing was deleted.');
    }
  }
  const { changeId } = await changeNotes(contact, 'note rm', 'Deleted a note of', options, session, (now) => {
    const current = noteOf(now, note.id);
    return now.notes.filter(({ id }) => id !== current.id);
  });
  if (formatOf(options) === 'table')
    await session.say(`${options.dryRun ? 'Would delete' : 'Deleted'} note ${note.id} of ${describeContact(contact)}.`);
  else await writeJson(session, { deleted: 1, change: changeId });
  await hintUndo(changeId, session);
};

const reference = ['<ref>', 'an id, the start of one, an email address, a phone number, or a full name'] as const;
const noteArgument = ['<note>', "the note's id, or the start of it"] as const;
const dryRun = ['--dry-run', 'say what would change, and change nothing', false] as const;

export const declare = (
  program: Command,
  session: Session,
  runs = { add: runNoteAdd, list: runNoteList, edit: runNoteEdit, rm: runNoteRm },
): void => {
  const note = program.command('note').description('Add, list, edit and delete the notes of a contact.');
  formatOptions(
    note
      .command('add')
      .description('Add a note; without a text, in the editor.')
      .argument(...reference),
  )
    .argument('[text]', 'the text; - is standard input')
    .option('--file <file>', 'a file that holds the text')
    .option(...dryRun)
    .action(
      action((ref: string, text: string | undefined, options: Omit<NoteTextOptions, 'reference'>) =>
        runs.add({ ...options, reference: ref, ...(text !== undefined && { text }) }, session),
      ),
    );
  formatOptions(
    note
      .command('list')
      .description('List the notes of a contact.')
      .argument(...reference),
  ).action(
    action((ref: string, options: Omit<NoteOptions, 'reference'>) =>
      runs.list({ ...options, reference: ref }, session),
    ),
  );
  formatOptions(
    note
      .command('edit')
      .description('Change a note; without a text, in the editor.')
      .argument(...reference),
  )
    .argument(...noteArgument)
    .argument('[text]', 'the text; - is standard input')
    .option('--file <file>', 'a file that holds the text')
    .option(...dryRun)
    .action(
      action((ref: string, id: string, text: string | undefined, options: Omit<NoteTextOptions, 'reference'>) =>
        runs.edit({ ...options, reference: ref, note: id, ...(text !== undefined && { text }) }, session),
      ),
    );
  formatOptions(
    note
      .command('rm')
      .description('Delete a note.')
      .argument(...reference),
  )
    .argument(...noteArgument)
    .option(...dryRun)
    .action(
      action((ref: string, id: string, options: Omit<OneNoteOptions, 'reference' | 'note'>) =>
        runs.rm({ ...options, reference: ref, note: id }, session),
      ),
    );
};
