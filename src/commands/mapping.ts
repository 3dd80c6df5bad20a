import type { Command } from 'commander';
import type { Settings } from '../contacts/settings.js';
import { NotFoundError } from '../errors.js';
import { formatOf, formatOptions } from './list-options.js';
import { count, type ListFormat, writeJson } from './output.js';
import { action } from './program.js';
import { writeRows } from './rows.js';
import type { Session } from './session.js';
import { hintUndo } from './undo-hint.js';

interface MappingOptions {
  readonly dryRun?: boolean;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

/** What columns hold by a saved mapping: a field as `--map` names it, `''` where the column is left out. */
type Columns = Settings['mappings'][string];

/** @throws NotFoundError that names the nearest ones */
const mappingNamed = (name: string, { mappings }: Settings): Columns => {
  const found = Object.hasOwn(mappings, name) ? mappings[name] : undefined;
  if (found !== undefined) return found;
  throw new NotFoundError(`There is no saved mapping "${name}".`, {
    given: name,
    among: Object.keys(mappings),
    otherwise: 'See "contacts mapping list".',
  });
};

export const runMappingList = async (options: MappingOptions, session: Session): Promise<void> => {
  const { mappings } = await (await session.store()).settings();
  const listed = Object.entries(mappings).map(([name, columns]) => ({ name, columns: Object.keys(columns).length }));
  await writeRows(session, formatOf(options), listed, [
    { title: 'Mapping', key: 'name' },
    { title: 'Columns', key: 'columns', align: 'right' },
  ]);
};

export const runMappingShow = async (
  options: MappingOptions & { readonly name: string },
  session: Session,
): Promise<void> => {
  const { name } = options;
  const columns = mappingNamed(name, await (await session.store()).settings());
  const format = formatOf(options);
  if (format === 'json') return writeJson(session, { name, columns });
  const rows = Object.entries(columns).map(([column, field]) => ({ column, field }));
  await writeRows(session, format, rows, [
    { title: 'Column', key: 'column' },
    { title: 'Field', key: 'field', cell: ({ field }) => ({ text: field === '' ? '(left out)' : field }) },
  ]);
};

export const runMappingRm = async (
  options: MappingOptions & { readonly name: string },
  session: Session,
): Promise<void> => {
  const { name, dryRun = false } = options;
  let columns = 0;
  const change = await (await session.store()).change(
    { by: session.stamp().by, command: 'mapping rm', summary: `Deleted the mapping ${name}` },
    async (view) => {
      const settings = await view.settings();
      columns = Object.keys(mappingNamed(name, settings)).length;
      const left = Object.entries(settings.mappings).filter(([other]) => other !== name);
      return { edits: [], settings: { ...settings, mappings: Object.fromEntries(left) } };
    },
    { dryRun },
  );
  if (formatOf(options) !== 'table') {
    await writeJson(session, { deleted: 1, change: (!dryRun && change?.id) || null });
  } else {
    await session.say(`${dryRun ? 'Would delete' : 'Deleted'} the mapping "${name}" (${count(columns, 'column')}).`);
  }
  if (!dryRun) await hintUndo(change?.id, session);
};

export const declare = (
  program: Command,
  session: Session,
  runs = { list: runMappingList, show: runMappingShow, rm: runMappingRm },
): void => {
  const mapping = program
    .command('mapping')
    .description('List, show and delete the column mappings that imports keep by name ("import --mapping NAME").');
  formatOptions(mapping.command('list').description('List the saved mappings.')).action(
    action((options: MappingOptions) => runs.list(options, session)),
  );
  formatOptions(mapping.command('show').description('Show which field each column goes to.'))
    .argument('<name>', 'its name')
    .action(action((name: string, options: MappingOptions) => runs.show({ ...options, name }, session)));
  formatOptions(mapping.command('rm').description('Delete a saved mapping.'))
    .argument('<name>', 'its name')
    .option('--dry-run', 'say what would change, and change nothing', false)
    .action(action((name: string, options: MappingOptions) => runs.rm({ ...options, name }, session)));
};
