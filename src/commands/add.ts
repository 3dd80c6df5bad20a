import type { Command } from 'commander';
import { describeContact } from '../contacts/contact.js';
import { InterruptedError, InvalidError, UsageError } from '../errors.js';
import type { Category } from '../fields/catalogue.js';
import type { Contact } from '../fields/contact.js';
import { emptyData } from '../fields/contact.js';
import { type Draft, type DraftContext, describeIssue, readDraft } from '../fields/draft.js';
import { fieldsOf } from '../fields/field.js';
import type { ContactStore } from '../store/store.js';
import { saveReviewed } from './duplicate-warning.js';
import { draftOfOptions, type FieldOptions, fieldOptions, hasFieldOptions } from './field-options.js';
import { categoryOption, formatOf, formatOptions } from './list-options.js';
import { type ListFormat, writeOutcome } from './output.js';
import { action } from './program.js';
import { addContacts, type NewContact } from './save.js';
import type { Session } from './session.js';

export interface AddOptions {
  readonly category: Category;
  readonly fields: FieldOptions;
  /** A file of contacts in JSON, `-` for standard input. */
  readonly fromJson?: string;
  readonly failOnDuplicate?: boolean;
  readonly dryRun: boolean;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

const tellAdded = async (added: readonly Contact[], options: AddOptions, session: Session): Promise<void> => {
  const verb = options.dryRun ? 'Would add' : 'Added';
  await writeOutcome(session, formatOf(options), added, (contact) => `${verb} ${describeContact(contact)}.`);
};

/** Adds contacts, with a look at likely duplicates before. */
const addReviewed = (
  drafts: readonly NewContact[],
  store: ContactStore,
  context: DraftContext,
  options: AddOptions,
  session: Session,
): Promise<readonly Contact[]> =>
  saveReviewed((policy) => addContacts(drafts, store, context, session, options.dryRun, policy), options, session);

/** Opens the form, and again for as long as the user wants to create another contact. */
const addByForm = async (store: ContactStore, options: AddOptions, session: Session): Promise<void> => {
  const ask = await session.ask('Give the fields as flags, such as --first-name, or --from-json -.');
  const { fillForm } = await import('./form.js');
  const { readCountryCode } = await import('../fields/parsers.js');
  let saved = 0;
  for (;;) {
    const context = await session.draftContext();
    const settings = await store.settings();
    const fields = fieldsOf(options.category, settings.fields);
    const fault = (draft: Draft, country: string | undefined): string | undefined => {
      const reading = readDraft(draft, emptyData, fields, { ...context, country });
      return reading.ok ? undefined : reading.issues.map(describeIssue).join('; ');
    };
    const form = { category: options.category, settings, context, readCountry: readCountryCode };
    const { draft, end } = await fillForm(ask, form, fault, (line) => session.tell(line));
    if (end === 'cancel') {
      if (saved === 0) throw new InterruptedError('Cancelled; nothing was saved.');
      return;
    }
    const added = await addReviewed([{ draft, category: options.category }], store, context, options, session);
    await tellAdded(added, options, session);
    saved += 1;
    if (end === 'save') return;
  }
};

/** The contacts of a JSON document, or of one on each line. */
const readJsonContacts = async (
  path: string,
  category: Category,
  session: Session,
  store: ContactStore,
): Promise<readonly NewContact[]> => {
  const { openInput } = await import('./files.js');
  const { openJson } = await import('../formats/json/read.js');
  const { recordsOf } = await import('../formats/record.js');
  const { draftOf } = await import('../contacts/import/row.js');
  const { fields } = await store.settings();
  const source = { ...(await openInput(path, session)), name: path === '-' ? 'standard input' : path };
  const drafts: NewContact[] = [];
  const faults: string[] = [];
  for await (const { draft, id, line, problems } of recordsOf(await openJson(source, { category, custom: fields }))) {
    drafts.push({ draft: draftOf(draft), category, where: `line ${line}: `, ...(id !== undefined && { id }) });
    faults.push(
      ...problems.map(({ column, message }) => `line ${line}: ${column === '' ? 'the object' : column} ${message}.`),
    );
  }
  if (faults.length > 0) throw new InvalidError(faults.join('\n'), 'Nothing was added. Mend the JSON.');
  if (drafts.length === 0)
    throw new InvalidError(`${source.name} has no contact in it.`, 'Give an object, or one on each line.');
  return drafts;
};

export const runAdd = async (options: AddOptions, session: Session): Promise<void> => {
  const hasFields = hasFieldOptions(options.fields);
  if (options.fromJson !== undefined && hasFields) {
    throw new UsageError('--from-json takes all fields from the JSON.', 'Leave the field flags out, or --from-json.');
  }
  if (options.fromJson === undefined && !hasFields) {
    if (!session.mayAsk) {
      throw new UsageError(
        'Nothing to add: no field was given, and there is no terminal for the form.',
        'Give the fields as flags, such as --first-name Maria --mobile "+852 9123 4567", or --from-json -.',
      );
    }
    return addByForm(await session.store(), options, session);
  }
  const store = await session.store();
  const drafts: readonly NewContact[] =
    options.fromJson !== undefined
      ? await readJsonContacts(options.fromJson, options.category, session, store)
      : [
          {
            draft: draftOfOptions(options.fields, options.category, await store.settings()),
            category: options.category,
          },
        ];
  const context: DraftContext = await session.draftContext();
  await tellAdded(await addReviewed(drafts, store, context, options, session), options, session);
};

export const declare = (program: Command, session: Session, run = runAdd): void => {
  const command = program
    .command('add')
    .description('Add a contact: from flags; from the Create Contact form, without any; or from JSON.')
    .addOption(categoryOption(['external', 'internal'], 'external'));
  formatOptions(fieldOptions(command))
    .option('--from-json <file>', 'a contact as JSON, or one on each line; - is standard input')
    .option('--fail-on-duplicate', 'add nothing that looks like a contact that is there')
    .option('--dry-run', 'say what would be added, and add nothing', false)
    .action(
      action((options: FieldOptions & Omit<AddOptions, 'fields'>) => {
        const { category, fromJson, failOnDuplicate, dryRun, format, json, ...fields } = options;
        return run(
          {
            category,
            ...(failOnDuplicate && { failOnDuplicate }),
            dryRun,
            fields: fields as FieldOptions,
            ...(fromJson !== undefined && { fromJson }),
            ...(format && { format }),
            ...(json && { json }),
          },
          session,
        );
      }),
    );
};
