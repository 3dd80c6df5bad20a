import type { Command } from 'commander';
import { describeContact } from '../contacts/contact.js';
import type { Settings } from '../contacts/settings.js';
import { ConflictError, InterruptedError, UsageError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import { type Draft, type DraftContext, describeIssue, readDraft } from '../fields/draft.js';
import { fieldsOf } from '../fields/field.js';
import type { ContactStore, StoreView } from '../store/store.js';
import { checkNaming, confirmChange, findNamed, isBulk, type Naming, namingOptions } from './bulk.js';
import { changesJson, writeFieldChanges } from './dry-run.js';
import { LikelyDuplicate, saveReviewed } from './duplicate-warning.js';
import {
  type Alterations,
  draftOfEdit,
  type FieldOptions,
  fieldOptions,
  hasFieldOptions,
  wantsParsers,
} from './field-options.js';
import { formatOf, formatOptions } from './list-options.js';
import { count, type ListFormat, writeJson, writeOutcome } from './output.js';
import { action } from './program.js';
import { findContact } from './reference.js';
import { contactsById, type EditOutcome, editContacts } from './save.js';
import type { Session } from './session.js';
import { hintUndo } from './undo-hint.js';

export interface EditOptions extends Naming {
  readonly fields: FieldOptions;
  readonly alterations: Alterations;
  readonly failOnDuplicate?: boolean;
  readonly dryRun: boolean;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

/** Tells what became of several contacts. */
const tellSeveral = async (
  { updated, unchanged, change }: EditOutcome,
  missing: number | undefined,
  options: EditOptions,
  session: Session,
): Promise<void> => {
  const { dryRun } = options;
  if (formatOf(options) === 'table') {
    const left = missing ? `; ${count(missing, 'entry', 'entries')} not found` : '';
    const verb = dryRun ? 'Would edit' : 'Edited';
    return session.say(`${verb} ${count(updated, 'contact')}; ${unchanged.toLocaleString('en-US')} unchanged${left}.`);
  }
  const settings = await (await session.store()).settings();
  await writeJson(session, {
    updated,
    unchanged,
    ...(missing !== undefined && { missing }),
    change: (!dryRun && change?.id) || null,
    ...(dryRun && { changes: changesJson(change, settings) }),
  });
};

/** @param missing entries of a file that match no contact and were left out */
const tellOutcome = async (
  outcome: EditOutcome,
  missing: number | undefined,
  options: EditOptions,
  session: Session,
): Promise<void> => {
  const { contacts, updated, change } = outcome;
  const { dryRun, references } = options;
  const format = formatOf(options);
  if (dryRun && format === 'table') {
    await writeFieldChanges(change, await (await session.store()).settings(), session);
  }
  if (references.length === 1) {
    const verb = dryRun ? 'Would edit' : 'Edited';
    const sentence = (contact: Contact): string =>
      updated === 0 ? `Nothing changed: ${describeContact(contact)}.` : `${verb} ${describeContact(contact)}.`;
    return writeOutcome(session, format, contacts, sentence);
  }
  await tellSeveral(outcome, missing, options, session);
  if (!dryRun) await hintUndo(change?.id, session);
};

/** Edits contacts, with a look at likely duplicates before. */
const editReviewed = (
  select: (view: StoreView) => Promise<readonly Contact[]>,
  draftFor: (contact: Contact, settings: Settings) => Draft,
  store: ContactStore,
  context: DraftContext,
  options: EditOptions,
  session: Session,
): Promise<EditOutcome> =>
  saveReviewed(
    (policy) => editContacts(select, draftFor, store, context, session, options.dryRun, policy),
    options,
    session,
  );

/** Opens the form on a contact; what was changed in it is saved, unless somebody else changed the same fields. */
const editByForm = async (store: ContactStore, options: EditOptions, session: Session): Promise<void> => {
  const [reference = ''] = options.references;
  const instead = 'Say what to change: a field flag such as --company, or --set, --add, --remove, --unset.';
  const ask = await session.ask(instead);
  const { changedMeanwhile, fillForm } = await import('./form.js');
  const { readCountryCode } = await import('../fields/parsers.js');
  const context = await session.draftContext();
  const settings = await store.settings();
  const contact = await findContact(reference, session, store);
  const fields = fieldsOf(contact.category, settings.fields);
  const fault = (draft: Draft, country: string | undefined): string | undefined => {
    const reading = readDraft(draft, contact, fields, { ...context, country });
    return reading.ok ? undefined : reading.issues.map(describeIssue).join('; ');
  };
  const form = { category: contact.category, settings, context, data: contact, readCountry: readCountryCode };
  const { draft, end } = await fillForm(ask, form, fault, (line) => session.tell(line));
  if (end === 'cancel') throw new InterruptedError('Cancelled; nothing was changed.');
  const save = (seen: Contact): Promise<EditOutcome> => {
    const select = async (view: StoreView): Promise<readonly Contact[]> => {
      const [now] = await contactsById(view, [contact.id]);
      const others = now === undefined ? [] : changedMeanwhile(draft, seen, now, fields);
      if (now === undefined || others.length === 0) return now === undefined ? [] : [now];
      const names = others.map(({ label }) => label).join(', ');
      throw new ConflictError(
        `${names} was changed meanwhile by ${now.updatedBy}.`,
        'Nothing was saved. Edit it again.',
      );
    };
    return editReviewed(select, () => draft, store, context, options, session);
  };
  const outcome = await save(contact).catch(async (error: unknown) => {
    if (!(error instanceof ConflictError) || error instanceof LikelyDuplicate) throw error;
    if (!(await ask.confirm({ message: `${error.message} Save your values all the same?` }))) throw error;
    const [now] = await contactsById(store, [contact.id]);
    return save(now ?? contact);
  });
  await tellOutcome(outcome, undefined, options, session);
};

/** Edits as the options say; what was asked about and no longer matches under the lock stays as it is. */
const editByOptions = async (store: ContactStore, options: EditOptions, session: Session): Promise<void> => {
  const { alterations, fields, dryRun } = options;
  const context = await session.draftContext({
    parses: alterations.add.length > 0 || alterations.remove.length > 0 || wantsParsers(fields),
  });
  const { select, missing } = await findNamed(options, session, store);
  let confirmed: ReadonlySet<string> | undefined;
  if (isBulk(options) && !dryRun && !session.yes) {
    const found = await select(store);
    await confirmChange('edit', found, options, session);
    confirmed = new Set(found.map(({ id }) => id));
  }
  const outcome = await editReviewed(
    async (view) => (await select(view)).filter(({ id }) => confirmed?.has(id) ?? true),
    (contact, settings) => draftOfEdit(fields, alterations, contact, contact.category, settings, context),
    store,
    context,
    options,
    session,
  );
  await tellOutcome(outcome, missing, options, session);
};

export const runEdit = async (options: EditOptions, session: Session): Promise<void> => {
  checkNaming(options, 'edit');
  const { references, fields, alterations } = options;
  const hasChanges = hasFieldOptions(fields) || Object.values(alterations).some((list) => list.length > 0);
  const store = await session.store();
  if (hasChanges) return editByOptions(store, options, session);
  if (references.length === 1) return editByForm(store, options, session);
  throw new UsageError(
    'Nothing to change was given, and the form edits one contact at a time.',
    'Give a field flag such as --company, or --set, --add, --remove, --unset.',
  );
};

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

type Parsed = FieldOptions & Omit<EditOptions, 'fields' | 'references' | 'alterations'> & Alterations;

export const declare = (program: Command, session: Session, run = runEdit): void => {
  const command = program
    .command('edit')
    .description('Change contacts: field flags replace, --add and --remove alter lists; without any, the form opens.')
    .argument('[ref...]', 'an id, the start of one, an email address, a phone number, or a full name');
  namingOptions(formatOptions(fieldOptions(command)))
    .option('--add <field=value>', 'add a value to a field; repeat it for several', collect, [])
    .option('--remove <field=value>', 'take a value from a field; repeat it for several', collect, [])
    .option('--unset <field>', 'clear a field; repeat it for several', collect, [])
    .option('--fail-on-duplicate', 'change nothing where a contact would look like another')
    .option('--dry-run', 'say what would change, and change nothing', false)
    .action(
      action((references: readonly string[], options: Parsed) => {
        const { add, remove, unset, ...others } = options;
        return run({ ...others, references, alterations: { add, remove, unset }, fields: options }, session);
      }),
    );
};
