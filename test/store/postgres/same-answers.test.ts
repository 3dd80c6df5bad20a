import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../../src/fields/contact.js';
import type { ContactStore } from '../../../src/store/store.js';
import { newPath, openAt as openJsonAt } from '../json/place.js';
import { answersOf, contactData, person } from '../json/search-index/answers.js';
import { all, apply, create } from '../sample.js';
import { closeStores, newPlace, openAt } from './place.js';

afterEach(closeStores);

/** A contact without what another staff member may have: such a value is refused. */
const withUniqueValues = (contact: Contact): Contact =>
  contact.category === 'internal' ? { ...contact, extension: contact.id.replace('person', ''), emails: [] } : contact;

describe('PostgreSQL and a JSON file', () => {
  it('give the same answers to everything, after the same changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(contactData, { minLength: 3, maxLength: 12 }),
        fc.array(contactData, { minLength: 2, maxLength: 4 }),
        fc.nat(),
        async (data, others, turn) => {
          const contacts = data.map((part, index) => withUniqueValues(person(index, part)));
          const changed = others.map((part, index) => person(index, part));
          const work = async (store: ContactStore) => {
            await create(store, ...contacts);
            const before = await all(store);
            await apply(
              store,
              changed.map((after, index) => {
                const known = before[index];
                return known
                  ? { before: known, after: withUniqueValues({ ...after, category: known.category }) }
                  : { after: withUniqueValues(after) };
              }),
            );
            const [, second] = await all(store);
            if (second) await apply(store, [{ before: second }]);
            return answersOf(store, contacts, turn);
          };
          const inFile = await work(openJsonAt(await newPath()));
          const inTables = await work(openAt(await newPlace()));
          await closeStores();
          expect(inTables).toEqual(inFile);
        },
      ),
      { numRuns: 6 },
    );
  });
});
