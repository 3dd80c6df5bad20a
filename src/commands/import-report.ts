import type { Edit } from '../contacts/change.js';
import { displayName } from '../contacts/contact.js';
import { groupIssues, type IssueGroup } from '../contacts/import/issue-groups.js';
import type { ImportPlan } from '../contacts/import/plan.js';
import type { RowIssue } from '../contacts/import/row.js';
import type { Settings } from '../contacts/settings.js';
import { type CustomField, fieldsOf } from '../fields/field.js';
import { shownValues } from '../fields/values.js';
import { type JoinedFile, type RestCounts, restOf } from '../formats/joined.js';
import type { ImportOptions } from './import.js';
import type { ToldColumn } from './import-columns.js';
import type { OpenedImport } from './import-file.js';
import { count } from './output.js';
import type { Session } from './session.js';

/** Errors, and causes of warnings, that are shown. */
const shownIssues = 20;
/** Lines that are named of the warnings of one cause. */
const shownLines = 5;
const issuesInJson = 1000;
const shownContacts = 5;

/** What is wrong with a row, as a line for people. */
const describeRow = ({ file, line, column, value, message }: RowIssue): string => {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  return `${file === undefined ? '' : `${file}, `}line ${line}: ${column === '' ? 'the row' : column}${shown === '' ? '' : ` "${shown}"`} ${message}`;
};

/** What an edit does to a contact, field by field. */
const describeEdit = ({ before, after }: Edit, custom: readonly CustomField[]): readonly string[] => {
  const contact = after ?? before;
  if (contact === undefined) return [];
  const lines = fieldsOf(contact.category, custom).flatMap((field) => {
    const [old, now] = [before, after].map((side) => (side === undefined ? '' : shownValues(field, side).join('; ')));
    if (old === now) return [];
    return [`    ${field.label}: ${old === '' ? '' : `${old} → `}${now === '' ? '(empty)' : now}`];
  });
  return [`  ${before === undefined ? '+' : '~'} ${displayName(contact)} (${contact.id})`, ...lines];
};

const tellPlan = async (plan: ImportPlan, custom: readonly CustomField[], session: Session) => {
  for (const edit of plan.edits.slice(0, shownContacts)) {
    for (const line of describeEdit(edit, custom)) await session.say(line);
  }
  const more = plan.edits.length - shownContacts;
  if (more > 0) await session.say(`  and ${count(more, 'more contact', 'more contacts')}`);
};

/** Lines of a file that some issues are about, the first of them by their numbers: `lines 2, 3, 4, 5, 6 and 207 more`. */
const describeLines = (issues: readonly RowIssue[]): string => {
  const places = [...new Set(issues.map(({ file, line }) => (file === undefined ? `${line}` : `${file}:${line}`)))];
  const more = places.length - shownLines;
  const named = `${places.length === 1 ? 'line' : 'lines'} ${places.slice(0, shownLines).join(', ')}`;
  return more > 0 ? `${named} and ${more.toLocaleString('en-US')} more` : named;
};

/** Warnings of one cause, as a line for people. */
const describeGroup = ({ column, cause, issues }: IssueGroup): string => {
  const [first, ...others] = issues;
  if (others.length === 0) return describeRow(first);
  const times = `${issues.length.toLocaleString('en-US')} times`;
  return `${column === '' ? 'the row' : column} ${cause} (${times}: ${describeLines(issues)})`;
};

const tellWarnings = async ({ warnings }: ImportPlan, session: Session): Promise<void> => {
  const groups = groupIssues(warnings);
  const left = groups.slice(shownIssues).reduce((sum, { issues }) => sum + issues.length, 0);
  for (const group of groups.slice(0, shownIssues)) await session.warn(`${describeGroup(group)}.`);
  if (left > 0) await session.warn(`and ${count(left, 'more warning', 'more warnings')}.`);
};

const tellErrors = async ({ errors }: ImportPlan, session: Session): Promise<void> => {
  for (const error of errors.slice(0, shownIssues)) await session.complain(`rejected: ${describeRow(error)}.`);
  const more = errors.length - shownIssues;
  if (more > 0) await session.complain(`and ${count(more, 'more fault', 'more faults')}.`);
};

/** The counts of an import in words. */
export const summaryOf = ({ counts }: ImportPlan): string =>
  `${count(counts.rows, 'row')}: ${counts.created.toLocaleString('en-US')} created, ` +
  `${counts.updated.toLocaleString('en-US')} updated, ${counts.unchanged.toLocaleString('en-US')} unchanged, ` +
  `${counts.skipped.toLocaleString('en-US')} skipped, ${counts.rejected.toLocaleString('en-US')} rejected`;

const sumOf = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, next) => sum + next, 0);

/**
 * The outcome as JSON (contract.md, "JSON of the acting commands").
 *
 * @param rest what no field holds
 * @param columns what the columns hold, in a dry run
 * @param change the id of the change; `null` where nothing was changed
 */
export const outcomeJson = (
  { counts, errors, warnings }: ImportPlan,
  { kept, dropped }: RestCounts,
  columns: readonly ToldColumn[] | undefined,
  change: string | null,
): unknown => ({
  ...counts,
  errors: errors.slice(0, issuesInJson),
  warnings: warnings.slice(0, issuesInJson),
  warningCount: warnings.length,
  rest: { kept: sumOf(kept), dropped: sumOf(dropped) },
  ...(columns && { columns }),
  change,
});

/** What the import did besides: labels, fields and mappings that it defined, and what of the file has no place. */
const tellBesides = async (
  plan: ImportPlan,
  { created, saved }: OpenedImport,
  files: readonly JoinedFile[],
  options: ImportOptions,
  session: Session,
): Promise<void> => {
  const verb = options.dryRun ? 'Would define' : 'Defined';
  for (const { name } of plan.newLabels) await session.tell(`${verb} the label "${name}".`);
  if (plan.edits.length > 0) for (const { label } of created) await session.tell(`${verb} the field "${label}".`);
  if (saved !== undefined && !options.dryRun) {
    await session.tell(`Kept what the columns hold: use --mapping "${saved.name}" for the next file.`);
  }
  const { kept, dropped } = restOf(files);
  for (const [what, number] of kept) await session.tell(`${count(number, 'value')} of "${what}" went to notes.`);
  for (const [what, number] of dropped) await session.tell(`${count(number, 'value')} of "${what}" had no field.`);
  const unknown = new Set(files.flatMap(({ file }) => file.unknown.map(({ header }) => header)));
  for (const header of unknown) await session.tell(`Left out the column "${header}".`);
};

/** Tells people what the import came to; the counts go to standard output unless JSON is wanted there. */
export const tellOutcome = async (
  plan: ImportPlan,
  opened: OpenedImport & { readonly files: readonly JoinedFile[] },
  settings: Settings,
  options: ImportOptions,
  session: Session,
): Promise<void> => {
  if (!options.json) {
    await tellWarnings(plan, session);
    await tellErrors(plan, session);
    if (options.dryRun) await tellPlan(plan, settings.fields, session);
    await session.say(`${options.dryRun ? 'Would import ' : ''}${summaryOf(plan)}.`);
  }
  await tellBesides(plan, opened, opened.files, options, session);
};
