import type { ErrorCode } from '../errors.js';
import type { Landing } from '../store/store.js';

/** An error as people and scripts are told of it. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | undefined;
}

/** What an error says of the store that it left alone, at the end of its message: true of its own step only. */
const claim = /[.;,:]? nothing was \w+\.?$/i;

const list = (texts: readonly string[]): string =>
  texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;

/** Says what stands: `The change 2222 stands (Added Ada)`. */
const whatStands = (landings: readonly Landing[]): string => {
  const ids = landings.flatMap(({ change }) => change ?? []);
  const summaries = [...new Set(landings.map(({ summary }) => summary).filter((summary) => summary !== ''))];
  const what = summaries.join('; ');
  if (ids.length === 0) return `This is done and stands: ${what}`;
  const subject = ids.length === 1 ? `The change ${ids[0]} stands` : `The changes ${list(ids)} stand`;
  return what === '' ? subject : `${subject} (${what})`;
};

const lookFirst = (landings: readonly Landing[]): string => {
  const ids = landings.flatMap(({ change }) => change ?? []);
  const looks = ids.length === 0 ? '`contacts store info`' : list(ids.map((id) => `\`contacts log --change ${id}\``));
  return `Do not run the command again: it would do this a second time. Look at ${looks} first.`;
};

/**
 * An error that came up after something had landed: it says that this stands, by the change's id, and never that the
 * command should be run again (contract.md, exit code 8). An interruption keeps its code.
 *
 * @param landings what landed before the error, in order
 */
export const afterLanding = (report: ErrorReport, landings: readonly Landing[]): ErrorReport => {
  if (landings.length === 0) return report;
  const cause = report.message.replace(claim, '').replace(/\.$/, '');
  const stands = whatStands(landings);
  if (report.code === 'interrupted') return { ...report, message: `${cause}. ${stands}.`, hint: undefined };
  return {
    code: 'unreported',
    message: `${stands}, but the command did not finish. ${cause}.`,
    hint: lookFirst(landings),
  };
};
