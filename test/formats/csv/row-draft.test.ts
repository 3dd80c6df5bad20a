import { expect, test } from 'vitest';
import { DraftPlaces, GrowingDraft } from '../../../src/formats/csv/row-draft.js';

test('a draft has places for the fields that the file has columns for, and for those that are added', () => {
  const draft = new GrowingDraft(new DraftPlaces(new Map(), ['firstName', 'company']));
  expect(draft.first('lastName')).toBeUndefined();
  expect(draft.paths).toEqual(['firstName', 'company']);
  draft.add('notes', ['one']);
  draft.add('notes', ['two']);
  draft.add('company', ['Acme']);
  expect(draft.paths).toEqual(['firstName', 'company', 'notes']);
  expect(draft.texts).toEqual([[], ['Acme'], ['one', 'two']]);
  expect(draft.first('company')).toBe('Acme');
});
