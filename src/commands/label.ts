import type { Command } from 'commander';
import { isSame, updateContact } from '../contacts/record.js';
import type { LabelDefinition, Settings } from '../contacts/settings.js';
import { ConflictError, InterruptedError, InvalidError, NotFoundError, UsageError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import { fold } from '../fields/fold.js';
import { cleanText } from '../fields/kinds/kind.js';
import type { StoreView } from '../store/store.js';
import { isLabelColour, labelColours } from '../terminal/label-colours.js';
import { formatOf, formatOptions } from './list-options.js';
import { count, type ListFormat, writeJson } from './output.js';
import { action } from './program.js';
import { writeRows } from './rows.js';
import type { Session } from './session.js';
import { hintUndo } from './undo-hint.js';

interface LabelOptions {
  readonly dryRun?: boolean;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

const findLabel = (name: string, settings: Settings): LabelDefinition => {
  const label = settings.labels.find((known) => fold(known.name) === fold(name));
  if (label) return label;
  const names = settings.labels.map((known) => known.name);
  throw new NotFoundError(`There is no label "${name}".`, {
    given: name,
    among: names,
    otherwise: 'See "contacts label list".',
  });
};

const readName = (text: string): string => {
  const name = cleanText(text);
  if (name === '') throw new InvalidError('The label has no name.', 'Give it one.');
  if (name.includes(';')) {
    throw new InvalidError(
      `"${name}" cannot be a label: it has a ";" in it.`,
      'A ";" stands between labels in CSV; leave it out.',
    );
  }
  return name;
};

const readColour = (text: string): string => {
  const colour = text.trim().toLowerCase();
  if (isLabelColour(colour)) return colour;
  throw new UsageError(`"${text}" is not a colour.`, `Give one of ${labelColours.join(', ')}, or #rrggbb.`);
};

/** The contacts that bear a label. */
const bearers = async (view: StoreView, name: string): Promise<readonly Contact[]> => {
  const found: Contact[] = [];
  for await (const contact of view.each({ category: 'external' }, 'stored')) {
    if (contact.labels.includes(name)) found.push(contact);
  }
  return found;
};

export const runLabelList = async (options: LabelOptions, session: Session): Promise<void> => {
  const store = await session.store();
  const { labels } = await store.settings();
  const counts = new Map<string, number>();
  for await (const contact of store.each({ category: 'external' }, 'stored')) {
    for (const label of contact.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const listed = labels.map(({ name, color }) => ({ name, color, contacts: counts.get(name) ?? 0 }));
  await writeRows(session, formatOf(options), listed, [
    { title: 'Label', key: 'name', cell: ({ name, color }) => ({ text: name, paint: session.style.label(color) }) },
    { title: 'Colour', key: 'color' },
    { title: 'Contacts', key: 'contacts', align: 'right' },
  ]);
};

export const runLabelAdd = async (
  options: LabelOptions & { readonly name: string; readonly color: string },
  session: Session,
): Promise<void> => {
  const label: LabelDefinition = { name: readName(options.name), color: readColour(options.color) };
  const store = await session.store();
  await store.change(
    { by: session.stamp().by, command: 'label add', summary: `Added the label ${label.name}` },
    async (view) => {
      const settings = await view.settings();
      const known = settings.labels.find((other) => fold(other.name) === fold(label.name));
      if (known) throw new ConflictError(`There is a label "${known.name}" already.`, 'Give it another name.');
      return { edits: [], settings: { ...settings, labels: [...settings.labels, label] } };
    },
    { dryRun: options.dryRun ?? false },
  );
  if (formatOf(options) === 'table')
    await session.say(`${options.dryRun ? 'Would add' : 'Added'} the label "${label.name}".`);
  else await writeJson(session, label);
};

/** Changes a label and all its bearers as one change. */
const changeLabel = async (
  name: string,
  command: string,
  summary: string,
  options: LabelOptions,
  session: Session,
  settingsOf: (settings: Settings, label: LabelDefinition) => Settings,
  labelsOf: (labels: readonly string[], label: LabelDefinition) => readonly string[],
): Promise<{ readonly updated: number; readonly change: string | null }> => {
  const store = await session.store();
  const stamp = session.stamp();
  let updated = 0;
  const change = await store.change(
    { by: stamp.by, command, summary },
    async (view) => {
      const settings = await view.settings();
      const label = findLabel(name, settings);
      const edits = (await bearers(view, label.name)).map((before) => ({
        before,
        after: updateContact(before, { ...before, labels: labelsOf(before.labels, label) }, stamp),
      }));
      updated = edits.length;
      const after = settingsOf(settings, label);
      return isSame(after, settings) ? { edits } : { edits, settings: after };
    },
    { dryRun: options.dryRun ?? false },
  );
  return { updated, change: (!options.dryRun && change?.id) || null };
};

export const runLabelRename = async (
  options: LabelOptions & { readonly from: string; readonly to: string },
  session: Session,
): Promise<void> => {
  const to = readName(options.to);
  const outcome = await changeLabel(
    options.from,
    'label rename',
    `Renamed the label ${options.from} to ${to}`,
    options,
    session,
    (settings, label) => {
      const taken = settings.labels.find((other) => other !== label && fold(other.name) === fold(to));
      if (taken) throw new ConflictError(`There is a label "${taken.name}" already.`, 'Give it another name.');
      return {
        ...settings,
        labels: settings.labels.map((other) => (other === label ? { ...label, name: to } : other)),
      };
    },
    (labels, label) => labels.map((other) => (other === label.name ? to : other)),
  );
  if (formatOf(options) !== 'table') await writeJson(session, { name: to, ...outcome });
  else {
    const verb = options.dryRun ? 'Would rename' : 'Renamed';
    await session.say(`${verb} the label "${options.from}" to "${to}" (${count(outcome.updated, 'contact')}).`);
  }
  await hintUndo(outcome.change, session);
};

export const runLabelRm = async (
  options: LabelOptions & { readonly name: string },
  session: Session,
): Promise<void> => {
  const store = await session.store();
  const label = findLabel(options.name, await store.settings());
  if (session.mayAsk && !session.yes && !options.dryRun) {
    const borne = (await bearers(store, label.name)).length;
    const ask = await session.ask('Add --yes.');
    const message = `Delete the label "${label.name}"${borne > 0 ? ` and take it from ${count(borne, 'contact')}` : ''}?`;
    if (!(await ask.confirm({ message }))) throw new InterruptedError('Cancelled; nothing was deleted.');
  }
  const outcome = await changeLabel(
    label.name,
    'label rm',
    `Deleted the label ${label.name}`,
    options,
    session,
    (settings, gone) => ({ ...settings, labels: settings.labels.filter((other) => other !== gone) }),
    (labels, gone) => labels.filter((other) => other !== gone.name),
  );
  if (formatOf(options) !== 'table') await writeJson(session, { deleted: 1, ...outcome });
  else {
    const verb = options.dryRun ? 'Would delete' : 'Deleted';
    await session.say(`${verb} the label "${label.name}" (${count(outcome.updated, 'contact')}).`);
  }
  await hintUndo(outcome.change, session);
};

const dryRun = ['--dry-run', 'say what would change, and change nothing', false] as const;

export const declare = (
  program: Command,
  session: Session,
  runs = { list: runLabelList, add: runLabelAdd, rename: runLabelRename, rm: runLabelRm },
): void => {
  const label = program.command('label').description('Define the labels that external contacts may bear.');
  formatOptions(label.command('list').description('List the labels.')).action(
    action((options: LabelOptions) => runs.list(options, session)),
  );
  formatOptions(label.command('add').description('Define a label.').argument('<name>', 'the name; it has no ";"'))
    .option('--color <color>', `${labelColours.join(', ')}, or #rrggbb`, 'gray')
    .option(...dryRun)
    .action(
      action((name: string, options: LabelOptions & { readonly color: string }) =>
        runs.add({ ...options, name }, session),
      ),
    );
  formatOptions(label.command('rename').description('Rename a label, in all contacts too.'))
    .argument('<old>', 'its name')
    .argument('<new>', 'its new name')
    .option(...dryRun)
    .action(
      action((from: string, to: string, options: LabelOptions) => runs.rename({ ...options, from, to }, session)),
    );
  formatOptions(label.command('rm').description('Delete a label, and take it from all contacts.'))
    .argument('<name>', 'its name')
    .option(...dryRun)
    .action(action((name: string, options: LabelOptions) => runs.rm({ ...options, name }, session)));
};
