import type { Command } from 'commander';
import { describeContact } from '../contacts/contact.js';
import type { Settings } from '../contacts/settings.js';
import { ConflictError, InterruptedError, UsageError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import { type Draft, type DraftContext, describeIssue, readDraft } from '../fields/draft.js';
import { fieldsOf } from '../fields/field.js';
import type { ContactStore, StoreView } from '../store/store.js';
import { LikelyDuplicate, saveReviewed } from './duplicate-warning.js';
import {
  type Alterations,
  draftOfEdit,
  type FieldOptions,
  fieldOptions,
  hasFieldOptions,
  wantsParsers,
} from './field-options.js';
import {
  type CategoryChoice,
  categoriesOf,
  categoryOption,
  formatOf,
  formatOptions,
  readQuery,
} from './list-options.js';
import { count, type ListFormat, writeJson, writeOutcome } from './output.js';
import { action } from './program.js';
import { findContact, findContacts } from './reference.js';
import { contactsById, type EditOutcome, editContacts } from './save.js';
import type { Session } from './session.js';

export interface EditOptions {
  readonly references: readonly string[];
  readonly where?: string;
  readonly category: CategoryChoice;
  readonly fields: FieldOptions;
  readonly alterations: Alterations;
  readonly failOnDuplicate?: boolean;
  readonly dryRun: boolean;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

const tellOutcome = async (
  { contacts, updated, unchanged, change }: EditOutcome,
  one: boolean,
  options: EditOptions,
  session: Session,
): Promise<void> => {
  const format = formatOf(options);
  const verb = options.dryRun ? 'Would edit' : 'Edited';
  if (one) {
    const sentence = (contact: Contact): string =>
      updated === 0 ? `Nothing changed: ${describeContact(contact)}.` : `${verb} ${describeContact(contact)}.`;
    await writeOutcome(session, format, contacts, sentence);
  } else if (format === 'table') {
    await session.say(`${verb} ${count(updated, 'contact')}; ${unchanged.toLocaleString('en-US')} unchanged.`);
  } else {
    await writeJson(session, { updated, unchanged, change: (!options.dryRun && change?.id) || null });
  }
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
  await tellOutcome(outcome, true, options, session);
};

export const runEdit = async (options: EditOptions, session: Session): Promise<void> => {
  const { references, where, alterations } = options;
  if (references.length === 0 && where === undefined) {
    throw new UsageError(
      'Nothing to edit was named.',
      'Give the contact (an id, an email address, a phone number, a name) or --where QUERY.',
    );
  }
  if (references.length > 0 && where !== undefined) {
    throw new UsageError('Contacts are named either one by one or by --where, not both.', 'Leave one of the two out.');
  }
  const hasChanges = hasFieldOptions(options.fields) || Object.values(alterations).some((list) => list.length > 0);
  const store = await session.store();
  if (!hasChanges) {
    if (references.length === 1) return editByForm(store, options, session);
    throw new UsageError(
      'Nothing to change was given, and the form edits one contact at a time.',
      'Give a field flag such as --company, or --set, --add, --remove, --unset.',
    );
  }
  const context = await session.draftContext({
    parses: alterations.add.length > 0 || alterations.remove.length > 0 || wantsParsers(options.fields),
  });
  const ids = (await findContacts(references, session, store)).map(({ id }) => id);
  const select = async (view: StoreView): Promise<readonly Contact[]> => {
    if (where === undefined) return contactsById(view, ids);
    const query = await readQuery(where, categoriesOf(options.category), view, session);
    const found = await view.find({ category: options.category, ...(query && { query }) }, 'stored', { offset: 0 });
    return found.contacts;
  };
  const outcome = await editReviewed(
    select,
    (contact, settings) => draftOfEdit(options.fields, alterations, contact, contact.category, settings, context),
    store,
    context,
    options,
    session,
  );
  await tellOutcome(outcome, references.length === 1, options, session);
};

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

type Parsed = FieldOptions & Omit<EditOptions, 'fields' | 'references' | 'alterations'> & Alterations;

export const declare = (program: Command, session: Session, run = runEdit): void => {
  const command = program
    .command('edit')
    .description('Change contacts: field flags replace, --add and --remove alter lists; without any, the form opens.')
    .argument('[ref...]', 'an id, the start of one, an email address, a phone number, or a full name');
  formatOptions(fieldOptions(command))
    .option('--add <field=value>', 'add a value to a field; repeat it for several', collect, [])
    .option('--remove <field=value>', 'take a value from a field; repeat it for several', collect, [])
    .option('--unset <field>', 'clear a field; repeat it for several', collect, [])
    .option('--where <query>', 'every contact that the query matches')
    .addOption(categoryOption(['external', 'internal', 'all'], 'external'))
    .option('--fail-on-duplicate', 'change nothing where a contact would look like another')
    .option('--dry-run', 'say what would change, and change nothing', false)
    .action(
      action((references: readonly string[], options: Parsed) => {
        const { category, where, add, remove, unset, failOnDuplicate, dryRun, format, json, ...fields } = options;
        return run(
          {
            references,
            category,
            ...(failOnDuplicate && { failOnDuplicate }),
            dryRun,
            alterations: { add, remove, unset },
            fields: fields as unknown as FieldOptions,
            ...(where !== undefined && { where }),
            ...(format && { format }),
            ...(json && { json }),
          },
          session,
        );
      }),
    );
};
