import { recurring } from '../../fields/recurring.js';
import { idPattern } from '../id.js';
import type { RowIssue } from './row.js';

/** Issues of one column that have one cause, in the order of the rows. */
export interface IssueGroup {
  readonly column: string;
  /** The message; where the messages differ, with `…` for what differs. */
  readonly cause: string;
  readonly issues: readonly [RowIssue, ...RowIssue[]];
}

/** What differs from row to row in a message: a contact with its id, a text in quotes, a number, an address. */
const particulars = new RegExp(
  String.raw`(?<= (?:of|by|to|from|as|with) )[^:;]*?\(${idPattern}\)|(?<=, since ).*?(?= is another name)|"[^"]*"|\S+@\S+\b|\+?\d(?:[\d ().-]*\d)?`,
  'g',
);

/** Issues by their columns and causes, the commonest first. */
export const groupIssues = (issues: readonly RowIssue[]): readonly IssueGroup[] => {
  const causeOf = recurring((message) => message.replace(particulars, '…'));
  const groups = new Map<string, [RowIssue, ...RowIssue[]]>();
  for (const issue of issues) {
    const name = JSON.stringify([issue.column, causeOf(issue.message)]);
    const there = groups.get(name);
    if (there === undefined) groups.set(name, [issue]);
    else there.push(issue);
  }
  return [...groups.values()]
    .map((alike): IssueGroup => {
      const [{ column, message }] = alike;
      const isOne = alike.every((other) => other.message === message);
      return { column, cause: isOne ? message : causeOf(message), issues: alike };
    })
    .sort((one, other) => other.issues.length - one.issues.length);
};
