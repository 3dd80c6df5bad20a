import { describe, expect, it } from 'vitest';
import type { ChangeSummary } from '../../src/contacts/change.js';
import { newestToUndo, summaryOfUndo } from '../../src/contacts/undo.js';

const change = (id: string, rest: Partial<ChangeSummary> = {}): ChangeSummary => ({
  ...{ id, at: '2026-11-24T09:00:00.000Z', by: 'ada', command: 'edit', summary: 'Edited Ada' },
  ...{ created: 0, updated: 1, deleted: 0, undone: false, ...rest },
});

describe('the change that a bare undo takes back', () => {
  it.each<[string, readonly ChangeSummary[], string | undefined]>([
    ['is the newest', [change('b'), change('a')], 'b'],
    ['is not undone', [change('c', { command: 'undo', undoes: 'b' }), change('b', { undone: true }), change('a')], 'a'],
    ['is no undo, in force or not', [change('b', { undoes: 'a' }), change('a', { undone: true })], undefined],
    ['is no repair of the store', [change('b', { command: 'store repair' }), change('a')], 'a'],
    [
      'is there again once its undo was undone',
      [change('c', { undoes: 'b' }), change('b', { undoes: 'a', undone: true }), change('a')],
      'a',
    ],
    ['is nothing in an empty log', [], undefined],
  ])('%s', (_, log, expected) => {
    expect(newestToUndo(log)?.id).toBe(expected);
  });
});

it.each([
  [{ command: 'note add', summary: 'Added a note to Ada' }, 'Undid note add: Added a note to Ada'],
  [
    { command: 'undo', undoes: 'a', summary: 'Undid note add: Added a note to Ada' },
    'Redid note add: Added a note to Ada',
  ],
  [
    { command: 'undo', undoes: 'b', summary: 'Redid note add: Added a note to Ada' },
    'Undid note add: Added a note to Ada',
  ],
])('the undo of %j is told as "%s"', (target, summary) => {
  expect(summaryOfUndo({ ...change('x', target), edits: [] })).toBe(summary);
});
