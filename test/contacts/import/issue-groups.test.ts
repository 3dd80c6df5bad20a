import { describe, expect, it } from 'vitest';
import { groupIssues } from '../../../src/contacts/import/issue-groups.js';
import { numberedId } from '../../helpers/build-contact.js';

const issue = (row: number, column: string, message: string) => ({ row, line: row + 1, column, value: '', message });

const groupsOf = (...issues: readonly (readonly [column: string, message: string])[]): readonly string[] =>
  groupIssues(issues.map(([column, message], index) => issue(index + 1, column, message))).map(
    ({ column, cause, issues: alike }) => `${column} ${cause} ${alike.map(({ row }) => row).join()}`,
  );

describe('issues by their causes', () => {
  it('are of one column and one message, the commonest first', () => {
    expect(
      groupsOf(['Mobile', 'is odd'], ['Work Phone', 'is odd'], ['Mobile', 'is even'], ['Work Phone', 'is odd']),
    ).toEqual(['Work Phone is odd 2,4', 'Mobile is odd 1', 'Mobile is even 3']);
  });

  it.each([
    [
      `is also the number of Bea Klein, Acme, bea@x.example (${numberedId(1)}): kept apart, since Ada is another name`,
      `is also the number of Cy (${numberedId(2)}): kept apart, since Dan M. is another name`,
      'is also the number of …: kept apart, since … is another name',
    ],
    ['is read as +44 20 7946 0958', 'is read as +1 (207) 946-0958', 'is read as …'],
    ['is not "Ada"', 'is not "Bea, who is 5"', 'is not …'],
    ['goes to ada@x.example', 'goes to bea@x.example', 'goes to …'],
  ])('do not differ by whom or what a message names: %s', (one, other, cause) => {
    expect(groupsOf(['Mobile', one], ['Mobile', other])).toEqual([`Mobile ${cause} 1,2`]);
    expect(groupsOf(['Mobile', one])).toEqual([`Mobile ${one} 1`]);
  });
});
