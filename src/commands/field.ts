import { type Command, Option } from 'commander';
import { updateContact } from '../contacts/record.js';
import type { Settings } from '../contacts/settings.js';
import { ConflictError, InterruptedError, InvalidError, NotFoundError, UsageError } from '../errors.js';
import { type CustomKind, customKinds, keptFields } from '../fields/catalogue.js';
import { isNumbered } from '../fields/columns.js';
import type { Contact, CustomValue } from '../fields/contact.js';
import { type CustomField, fieldsOf, findField, keyOfLabel, nameOfField } from '../fields/field.js';
import { cleanText } from '../fields/kinds/kind.js';
import type { StoreView } from '../store/store.js';
import { formatOf, formatOptions } from './list-options.js';
import { count, type ListFormat, writeJson } from './output.js';
import { action } from './program.js';
import { writeRows } from './rows.js';
import type { Session } from './session.js';
import { hintUndo } from './undo-hint.js';

interface FieldOptions {
  readonly dryRun?: boolean;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

export interface FieldAddOptions extends FieldOptions {
  readonly name: string;
  readonly kind: CustomKind;
  readonly choices?: string;
  readonly required?: boolean;
}

const findCustom = (name: string, { fields }: Settings): CustomField => {
  const wanted = nameOfField(name);
  const field = fields.find(({ key, label }) => nameOfField(key) === wanted || nameOfField(label) === wanted);
  if (field) return field;
  const names = fields.map(({ label }) => label);
  throw new NotFoundError(`There is no custom field "${name}".`, {
    given: name,
    among: names,
    otherwise: 'See "contacts field list".',
  });
};

/** The columns that a CSV file has besides the fields' own: `Mobile 2`, and `Error` in a file of rejected rows. */
const isOtherColumn = (label: string): boolean => {
  const name = nameOfField(label);
  const numbered = fieldsOf('external', []).filter(isNumbered);
  return name === 'error' || numbered.some((field) => name.replace(/\d+$/, '') === nameOfField(field.label));
};

/** The label and key of a new name, which no other field has. */
const readName = (text: string, settings: Settings): { readonly key: string; readonly label: string } => {
  const label = cleanText(text);
  const key = keyOfLabel(label);
  if (key === '') throw new InvalidError(`"${text}" cannot be a field's name.`, 'Give a name with letters or digits.');
  const fields = fieldsOf('external', settings.fields);
  const taken = findField(label, fields) ?? findField(key, fields);
  const kept = keptFields.find(({ path, label: known }) =>
    [path, known].some((name) => nameOfField(name) === nameOfField(label)),
  );
  const owner = taken?.label ?? kept?.label;
  if (owner !== undefined) throw new ConflictError(`There is a field "${owner}" already.`, 'Give it another name.');
  if (isOtherColumn(label)) {
    throw new InvalidError(`"${label}" is a column of CSV files already.`, 'Give the field another name.');
  }
  return { key, label };
};

const readChoices = (kind: CustomKind, choices: string | undefined): readonly string[] | undefined => {
  const takesChoices = kind === 'dropdown' || kind === 'multi-select';
  if (!takesChoices && choices !== undefined) {
    throw new UsageError(
      `A ${kind} field has no choices.`,
      'Leave --choices out, or use --kind dropdown or multi-select.',
    );
  }
  if (!takesChoices) return undefined;
  const names = (choices ?? '')
    .split(',')
    .map(cleanText)
    .filter((name) => name !== '');
  if (names.length === 0) throw new UsageError(`A ${kind} field needs choices.`, 'Give them with --choices a,b,c.');
  if (names.some((name) => name.includes(';'))) {
    throw new InvalidError('A choice has a ";" in it.', 'A ";" stands between choices in CSV; leave it out.');
  }
  const twice = names.find(
    (name, index) => names.findIndex((other) => nameOfField(other) === nameOfField(name)) !== index,
  );
  if (twice !== undefined) throw new InvalidError(`The choice "${twice}" is there twice.`, 'Give each choice once.');
  return names;
};

/** A custom field as lists and JSON show it. */
const listed = ({ key, label, kind, choices, required }: CustomField) => ({
  key,
  name: label,
  kind,
  choices: choices ?? [],
  required: required ?? false,
});

export const runFieldList = async (options: FieldOptions, session: Session): Promise<void> => {
  const { fields } = await (await session.store()).settings();
  await writeRows(session, formatOf(options), fields.map(listed), [
    { title: 'Key', key: 'key' },
    { title: 'Name', key: 'name', flexible: true },
    { title: 'Kind', key: 'kind' },
    { title: 'Choices', key: 'choices', flexible: true },
    { title: 'Required', key: 'required', cell: ({ required }) => ({ text: required ? 'yes' : 'no' }) },
  ]);
};

export const runFieldAdd = async (options: FieldAddOptions, session: Session): Promise<void> => {
  const choices = readChoices(options.kind, options.choices);
  const store = await session.store();
  let added: CustomField | undefined;
  await store.change(
    { by: session.stamp().by, command: 'field add', summary: `Added the field ${cleanText(options.name)}` },
    async (view) => {
      const settings = await view.settings();
      added = {
        ...readName(options.name, settings),
        kind: options.kind,
        ...(choices && { choices }),
        ...(options.required && { required: true }),
      };
      return { edits: [], settings: { ...settings, fields: [...settings.fields, added] } };
    },
    { dryRun: options.dryRun ?? false },
  );
  if (added === undefined) return;
  if (formatOf(options) === 'table')
    await session.say(`${options.dryRun ? 'Would add' : 'Added'} the field "${added.label}" (${added.key}).`);
  else await writeJson(session, listed(added));
};

/** The contacts that have a value in a custom field. */
const holders = async (view: StoreView, key: string): Promise<readonly Contact[]> => {
  const found: Contact[] = [];
  for await (const contact of view.each({ category: 'external' }, 'stored')) {
    if (contact.custom !== undefined && Object.hasOwn(contact.custom, key)) found.push(contact);
  }
  return found;
};

/** A contact's custom values with one renamed, or left out where there is no new key. */
const renamed = (contact: Contact, key: string, to: string | undefined): Contact => {
  const entries = Object.entries(contact.custom ?? {}).flatMap(([name, value]): [string, CustomValue][] => {
    if (name !== key) return [[name, value]];
    return to === undefined ? [] : [[to, value]];
  });
  const { custom: _, ...rest } = contact;
  return entries.length === 0 ? rest : { ...rest, custom: Object.fromEntries(entries) };
};

/** Changes a custom field and the contacts that have a value in it, as one change. */
const changeField = async (
  name: string,
  command: string,
  summary: string,
  options: FieldOptions,
  session: Session,
  next: (field: CustomField, settings: Settings) => CustomField | undefined,
): Promise<{ readonly field: CustomField | undefined; readonly updated: number; readonly change: string | null }> => {
  const store = await session.store();
  const stamp = session.stamp();
  let updated = 0;
  let after: CustomField | undefined;
  const change = await store.change(
    { by: stamp.by, command, summary },
    async (view) => {
      const settings = await view.settings();
      const field = findCustom(name, settings);
      after = next(field, settings);
      const touched = after?.key === field.key ? [] : await holders(view, field.key);
      updated = touched.length;
      const fields = settings.fields.flatMap((other) => (other === field ? (after ?? []) : other));
      const edits = touched.map((before) => ({
        before,
        after: updateContact(before, renamed(before, field.key, after?.key), stamp),
      }));
      return { edits, settings: { ...settings, fields } };
    },
    { dryRun: options.dryRun ?? false },
  );
  return { field: after, updated, change: (!options.dryRun && change?.id) || null };
};

export const runFieldRename = async (
  options: FieldOptions & { readonly from: string; readonly to: string },
  session: Session,
): Promise<void> => {
  const summary = `Renamed the field ${options.from} to ${options.to}`;
  const { field, updated, change } = await changeField(
    options.from,
    'field rename',
    summary,
    options,
    session,
    (before, settings) => {
      const others = { ...settings, fields: settings.fields.filter((other) => other !== before) };
      return { ...before, ...readName(options.to, others) };
    },
  );
  if (field === undefined) return;
  if (formatOf(options) === 'table') {
    const verb = options.dryRun ? 'Would rename' : 'Renamed';
    await session.say(`${verb} the field "${options.from}" to "${field.label}" (${count(updated, 'contact')}).`);
  } else {
    await writeJson(session, { ...listed(field), updated, change });
  }
  await hintUndo(change, session);
};

export const runFieldRm = async (
  options: FieldOptions & { readonly name: string },
  session: Session,
): Promise<void> => {
  const store = await session.store();
  const field = findCustom(options.name, await store.settings());
  if (session.mayAsk && !session.yes && !options.dryRun) {
    const held = (await holders(store, field.key)).length;
    const ask = await session.ask('Add --yes.');
    const message = `Delete the field "${field.label}"${held > 0 ? ` and its values in ${count(held, 'contact')}` : ''}?`;
    if (!(await ask.confirm({ message }))) throw new InterruptedError('Cancelled; nothing was deleted.');
  }
  const summary = `Deleted the field ${field.label}`;
  const { updated, change } = await changeField(field.key, 'field rm', summary, options, session, () => undefined);
  if (formatOf(options) === 'table') {
    const verb = options.dryRun ? 'Would delete' : 'Deleted';
    await session.say(`${verb} the field "${field.label}" (${count(updated, 'contact')}).`);
  } else {
    await writeJson(session, { deleted: 1, updated, change });
  }
  await hintUndo(change, session);
};

const dryRun = ['--dry-run', 'say what would change, and change nothing', false] as const;

export const declare = (
  program: Command,
  session: Session,
  runs = { list: runFieldList, add: runFieldAdd, rename: runFieldRename, rm: runFieldRm },
): void => {
  const field = program.command('field').description('Define custom fields of external contacts.');
  formatOptions(field.command('list').description('List the custom fields.')).action(
    action((options: FieldOptions) => runs.list(options, session)),
  );
  formatOptions(
    field.command('add').description('Define a custom field.').argument('<name>', 'the name, as the form shows it'),
  )
    .addOption(new Option('--kind <kind>', 'what it holds').choices(Object.keys(customKinds)).default('text'))
    .option('--choices <a,b,c>', 'the choices of a dropdown or a multi-select')
    .option('--required', 'the form asks for it')
    .option(...dryRun)
    .action(action((name: string, options: Omit<FieldAddOptions, 'name'>) => runs.add({ ...options, name }, session)));
  formatOptions(field.command('rename').description('Rename a custom field, in all contacts too.'))
    .argument('<old>', 'its name or key')
    .argument('<new>', 'its new name')
    .option(...dryRun)
    .action(
      action((from: string, to: string, options: FieldOptions) => runs.rename({ ...options, from, to }, session)),
    );
  formatOptions(field.command('rm').description('Delete a custom field, and its values.'))
    .argument('<name>', 'its name or key')
    .option(...dryRun)
    .action(action((name: string, options: FieldOptions) => runs.rm({ ...options, name }, session)));
};
