import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/contacts/change.js';
import type { Key } from '../../src/contacts/keys.js';
import { parseQuery } from '../../src/contacts/query/parse.js';
import { emptySettings } from '../../src/contacts/settings.js';
import { AmbiguousError, ConflictError, NotFoundError } from '../../src/errors.js';
import type { Contact } from '../../src/fields/contact.js';
import type { ContactStore, EditSelection, Order, Page, Selection } from '../../src/store/store.js';
import { withoutFields } from '../contacts/query/fields.js';
import { all, apply, contact, create, idsIn, made, settings, undo, why } from './sample.js';

/** Opens one more store on the same, at first empty, place. */
export type OpenAgain = () => Promise<ContactStore>;

/** What every kind of store does. `freshPlace` gives a place where no store is yet. */
export const describeContactStore = (kind: string, freshPlace: () => Promise<OpenAgain>): void => {
  describe(`${kind} as a contact store`, () => {
    let open: OpenAgain;
    let store: ContactStore;
    beforeEach(async () => {
      open = await freshPlace();
      store = await open();
    });

    const everything: Page = { offset: 0 };
    const found = async (selection: Selection, order: Order, page = everything) => {
      const { contacts, total } = await store.find(selection, order, page);
      expect(await store.findPage(selection, order, page)).toEqual(contacts);
      expect(await store.findsAny(selection)).toBe(total > 0);
      return { ids: contacts.map(({ id }) => id), total };
    };

    it('is empty at first', async () => {
      expect(await all(store)).toEqual([]);
      expect(await store.settings()).toEqual(emptySettings);
      expect(await store.history(everything)).toEqual([]);
      expect(await store.get(['aaaa'])).toEqual([]);
      expect(await store.check()).toEqual([]);
      expect(await store.restorePoints()).toEqual([]);
      expect(await store.info()).toMatchObject({ exists: false, revision: 0, external: 0, internal: 0, changes: 0 });
    });

    describe('a change', () => {
      it('creates, updates and deletes, and every other store on the place sees it', async () => {
        const ann = contact('ann');
        const bob = contact('bob');
        await create(store, ann, bob, contact('cid'));
        const after = { ...ann, lastName: 'Smith' };
        const change = await apply(store, [{ before: ann, after }, { before: bob }]);
        expect(change).toMatchObject({ by: 'ada', command: 'add', summary: 'Added contacts' });
        expect(change?.edits).toEqual([
          { before: ann, after },
          { before: bob, position: 1 },
        ]);
        expect(await all(await open())).toEqual([after, contact('cid')]);
      });

      it('plans on what the store holds then', async () => {
        await create(store, contact('ann'));
        const change = await (await open()).change(why, async (view) => {
          const contacts = await all(view);
          return { edits: contacts.map((before) => ({ before, after: { ...before, company: 'Acme' } })) };
        });
        expect(change?.edits.length).toBe(1);
        expect(await all(store)).toEqual([contact('ann', { company: 'Acme' })]);
      });

      it.each([
        ['no edits', []],
        ['an edit that alters nothing', [{ before: contact('ann'), after: contact('ann') }]],
        ['keys in another order', [{ before: contact('ann'), after: { ...contact('ann'), id: 'ann' } }]],
        [
          'a key without a value',
          [{ before: contact('ann'), after: { ...contact('ann'), company: undefined } as unknown as Contact }],
        ],
      ])('is none with %s', async (_, edits) => {
        await create(store, contact('ann'));
        expect(await apply(store, edits, { settings: emptySettings })).toBeUndefined();
        expect(await store.history(everything)).toHaveLength(1);
      });

      it('leaves out the edits that alter nothing', async () => {
        await create(store, contact('ann'), contact('bob'));
        const after = contact('bob', { company: 'Acme' });
        const change = await apply(store, [
          { before: contact('ann'), after: contact('ann') },
          { before: contact('bob'), after },
        ]);
        expect(change?.edits).toEqual([{ before: contact('bob'), after }]);
      });

      it.each([
        ['updates what is gone', { before: contact('zoe'), after: contact('zoe', { company: 'Acme' }) }],
        ['deletes what is gone', { before: contact('zoe') }],
        ['updates what has changed', { before: contact('ann', { company: 'Old' }), after: contact('ann') }],
        ['deletes what has changed', { before: contact('ann', { company: 'Old' }) }],
        ['creates what is there', { after: contact('ann', { company: 'Acme' }) }],
      ])('is refused whole where it %s', async (_, edit) => {
        await create(store, contact('ann'));
        await expect(apply(store, [{ after: contact('bob') }, edit])).rejects.toThrow(ConflictError);
        expect(await all(store)).toEqual([contact('ann')]);
        expect(await store.history(everything)).toHaveLength(1);
      });

      it('is refused where it has two edits of a contact', async () => {
        await expect(create(store, contact('ann'), contact('ann'))).rejects.toThrow('several edits of one contact');
        expect(await all(store)).toEqual([]);
      });

      it('is not made where the plan fails, and the next one is', async () => {
        const plan = () => Promise.reject(new Error('no plan'));
        await expect(store.change(why, plan)).rejects.toThrow('no plan');
        await create(store, contact('ann'));
        expect(await idsIn(store)).toEqual(['ann']);
      });

      it('comes back from a dry run as it would have been made, and is not', async () => {
        const change = await store.change(why, async () => ({ edits: [{ after: contact('ann') }] }), { dryRun: true });
        expect(change?.edits).toEqual([{ after: contact('ann') }]);
        expect(await all(store)).toEqual([]);
        expect(await store.info()).toMatchObject({ exists: false, changes: 0 });
      });

      it('takes the summary that the plan gives', async () => {
        const change = await apply(store, [{ after: contact('ann') }], { summary: 'Imported 1 row' });
        expect(change?.summary).toBe('Imported 1 row');
        expect(await store.history(everything)).toMatchObject([{ summary: 'Imported 1 row' }]);
      });

      it('of settings alone holds them as they were and as they are', async () => {
        const after = settings({ country: 'HK', labels: [{ name: 'VIP', color: 'red' }] });
        const change = await apply(store, [], { settings: after });
        expect(change).toMatchObject({ edits: [], settings: { before: emptySettings, after } });
        expect(await (await open()).settings()).toEqual(after);
      });

      it('waits for others: of many at the same time none is lost', async () => {
        const stores = [store, await open()];
        const ids = Array.from({ length: 20 }, (_, index) => `id${index}`);
        await Promise.all(ids.map((id, index) => create(stores[index % 2] ?? store, contact(id))));
        expect((await idsIn(store)).toSorted()).toEqual(ids.toSorted());
        expect(await store.info()).toMatchObject({ revision: 20, changes: 20 });
      });

      it('keeps every text as it is', async () => {
        await fc.assert(
          fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 40 }), async (text) => {
            const place = await (await freshPlace())();
            const full = contact('ann', { lastName: text, custom: { [text]: text }, labels: [text] });
            await create(place, full);
            expect(await all(place)).toEqual([full]);
            const [summary] = await place.history(everything);
            expect((await place.changeById(summary?.id ?? ''))?.edits).toEqual([{ after: full }]);
          }),
          { numRuns: 10 },
        );
      });

      it('does not take a key named __proto__ for anything else', async () => {
        const custom = JSON.parse('{"__proto__": "x"}');
        const mappings = JSON.parse('{"__proto__": {"__proto__": "y"}}');
        await apply(store, [{ after: contact('ann', { custom }) }], { settings: settings({ mappings }) });
        const [ann] = await all(await open());
        expect(JSON.stringify(ann?.custom)).toBe('{"__proto__":"x"}');
        expect(JSON.stringify((await store.settings()).mappings)).toBe('{"__proto__":{"__proto__":"y"}}');
        expect(await apply(store, [{ before: contact('ann', { custom }), after: contact('ann') }])).toBeDefined();
        expect(await all(store)).toEqual([contact('ann')]);
      });
    });

    describe('undo', () => {
      it('brings deleted contacts back in their places', async () => {
        await create(store, ...['a', 'b', 'c', 'd', 'e'].map((id) => contact(id)));
        const change = await apply(
          store,
          ['d', 'a', 'b'].map((id) => ({ before: contact(id) })),
        );
        await create(store, contact('f'));
        const undone = await undo(store, made(change));
        expect(await idsIn(store)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
        await undo(store, made(undone));
        expect(await idsIn(store)).toEqual(['c', 'e', 'f']);
      });

      it('puts a created contact at the position that its edit has, or at the end', async () => {
        await create(store, contact('a'), contact('b'));
        await apply(store, [
          { after: contact('y'), position: 99 },
          { after: contact('z') },
          { after: contact('x'), position: 0 },
        ]);
        expect(await idsIn(store)).toEqual(['x', 'a', 'b', 'y', 'z']);
      });

      it('of all changes, newest first, leads back over every state', async () => {
        const change = fc.record({
          created: fc.array(fc.nat(20), { maxLength: 3 }),
          updated: fc.array(fc.nat(20), { maxLength: 3 }),
          deleted: fc.array(fc.nat(20), { maxLength: 3 }),
        });
        await fc.assert(
          fc.asyncProperty(fc.array(change, { maxLength: 6 }), async (steps) => {
            const place = await (await freshPlace())();
            const states = [JSON.stringify([])];
            const changes = [];
            for (const [step, { created, updated, deleted }] of steps.entries()) {
              const present = await all(place);
              const pick = (numbers: readonly number[]) =>
                new Set(numbers.flatMap((number) => present[number % Math.max(present.length, 1)] ?? []));
              const gone = pick(deleted);
              const edits = [
                ...[...new Set(created)].map((number) => ({ after: contact(`id${step}x${number}`) })),
                ...[...pick(updated)]
                  .filter((before) => !gone.has(before))
                  .map((before) => ({ before, after: { ...before, company: `Company ${step}` } })),
                ...[...gone].map((before) => ({ before })),
              ];
              const made = await apply(place, edits);
              if (made === undefined) continue;
              changes.push(made);
              states.push(JSON.stringify(await all(place)));
            }
            for (const made of changes.toReversed()) {
              expect(JSON.stringify(await all(place))).toBe(states.pop());
              await undo(place, made);
            }
            expect(JSON.stringify(await all(place))).toBe(states.pop());
          }),
          { numRuns: 15 },
        );
      });
    });

    describe('the history', () => {
      it('is the log, newest first, in pages', async () => {
        await create(store, contact('ann'), contact('bob'));
        await apply(store, [{ before: contact('ann'), after: contact('ann', { company: 'Acme' }) }]);
        await apply(store, [{ before: contact('bob') }], { settings: settings({ country: 'HK' }) });
        const log = await store.history(everything);
        expect(log.map(({ created, updated, deleted }) => [created, updated, deleted])).toEqual([
          [0, 0, 1],
          [0, 1, 0],
          [2, 0, 0],
        ]);
        expect(log[0]).toMatchObject({
          id: log[0]?.id,
          at: log[0]?.at,
          by: 'ada',
          command: 'add',
          summary: 'Added contacts',
          created: 0,
          updated: 0,
          deleted: 1,
          undone: false,
        });
        expect(await (await open()).history({ offset: 1, limit: 1 })).toEqual([log[1]]);
        expect(await store.history({ offset: 3 })).toEqual([]);
      });

      it('tells which changes are undone: an undo that is undone itself counts no more', async () => {
        const change = made(await create(store, contact('ann')));
        const state = async () => (await store.history(everything)).map(({ undone }) => undone);
        const first = made(await undo(store, change));
        expect(await state()).toEqual([false, true]);
        const second = made(await undo(store, first));
        expect(await state()).toEqual([false, true, false]);
        await undo(store, second);
        expect(await state()).toEqual([false, true, false, true]);
        expect((await store.history(everything))[0]?.undoes).toBe(second.id);
      });

      it('gives a change whole, by its id or the beginning of it', async () => {
        const change = made(await apply(store, [{ after: contact('ann') }], { settings: settings({ country: 'HK' }) }));
        expect(await store.changeById(change.id)).toEqual(change);
        expect(await (await open()).changeById(change.id.slice(0, -1))).toEqual(change);
        expect(await store.changeById('')).toBeUndefined();
        expect(await store.changeById(`${change.id}x`)).toBeUndefined();
        await create(store, contact('bob'));
        await expect(store.changeById(change.id.slice(0, 1))).rejects.toThrow(AmbiguousError);
      });

      it('gives edits one by one, those of the newest change first: all, or those that are wanted', async () => {
        const ann = contact('ann', { labels: [] });
        const first = made(await create(store, ann, contact('bob'), contact('annette')));
        const merged = contact('bob', { mergedIds: ['ann'] });
        const second = made(await apply(store, [{ before: contact('bob'), after: merged }, { before: ann }]));
        const third = made(await apply(store, [], { settings: settings({ apart: [['ann', 'bob']] }) }));
        const edits = async (selection: EditSelection) => {
          const found: string[] = [];
          for await (const { change, edit } of (await open()).eachEdit(selection)) {
            const sides = [edit.before, edit.after].map((side) => side?.id ?? '-');
            found.push([[first, second, third].findIndex(({ id }) => id === change), ...sides].join(' '));
          }
          return found;
        };
        const all = ['1 bob bob', '1 ann -', '0 - ann', '0 - bob', '0 - annette'];
        expect(await edits({})).toEqual(all);
        expect(await edits({ change: first.id })).toEqual(all.slice(2));
        expect(await edits({ change: third.id })).toEqual([]);
        expect(await edits({ mentioning: 'ann' })).toEqual(['1 bob bob', '1 ann -', '0 - ann']);
        expect(await edits({ mentioning: 'ann', change: first.id })).toEqual(['0 - ann']);
        expect(await edits({ deletions: true })).toEqual(['1 ann -']);
        expect(await edits({ mentioning: 'nobody' })).toEqual([]);
      });

      it('keeps as many changes as the settings say', async () => {
        await apply(store, [], { settings: settings({ history: { changes: 3 } }) });
        for (const id of ['a', 'b', 'c', 'd']) await create(store, contact(id));
        const log = await store.history(everything);
        expect(log).toHaveLength(3);
        const edits = await Promise.all(log.map(async ({ id }) => (await store.changeById(id))?.edits));
        expect(edits.flat().map((edit) => edit?.after?.id)).toEqual(['d', 'c', 'b']);
      });

      it('keeps the newest change, however small the limits are', async () => {
        await apply(store, [], { settings: settings({ history: { changes: 0, bytes: 0 } }) });
        await create(store, contact('ann'));
        expect(await store.history(everything)).toMatchObject([{ created: 1 }]);
      });
    });

    describe('reading', () => {
      const people = [
        contact('w3', { firstName: 'Zoë', lastName: 'Adams', company: 'Acme' }),
        contact('w1', { firstName: 'adam', company: 'beta' }),
        contact('w2', { firstName: 'Bob' }),
        contact('w4', { firstName: 'Bob', company: 'Ácme' }),
        contact('s1', { firstName: 'Sam', category: 'internal', extension: '12' }),
      ];
      const query = (text: string) => parseQuery(text, withoutFields);
      beforeEach(() => create(store, ...people));

      it.each<[string, Selection, Order, readonly string[]]>([
        ['all', { category: 'all' }, 'stored', ['w3', 'w1', 'w2', 'w4', 's1']],
        ['a category', { category: 'internal' }, 'stored', ['s1']],
        ['by name', { category: 'external' }, { by: 'name', descending: false }, ['w1', 'w2', 'w4', 'w3']],
        ['by name downwards', { category: 'external' }, { by: 'name', descending: true }, ['w3', 'w2', 'w4', 'w1']],
        ['by company', { category: 'external' }, { by: 'company', descending: false }, ['w4', 'w3', 'w1', 'w2']],
        [
          'by company downwards',
          { category: 'external' },
          { by: 'company', descending: true },
          ['w1', 'w4', 'w3', 'w2'],
        ],
        ['a query', { category: 'all', query: query('bob') }, 'stored', ['w2', 'w4']],
        ['a query by rank', { category: 'all', query: query('adam') }, 'rank', ['w1', 'w3']],
        ['a query that nothing fits', { category: 'all', query: query('nobody') }, 'rank', []],
      ])('finds and gives %s in order', async (_, selection, order, ids) => {
        expect(await found(selection, order)).toEqual({ ids, total: ids.length });
        const each = [];
        for await (const { id } of store.each(selection, order)) each.push(id);
        expect(each).toEqual(ids);
      });

      it.each<[Order]>([['stored'], [{ by: 'id', descending: false }]])(
        'gives pages of %s with the total',
        async (order) => {
          const { ids } = await found({ category: 'all' }, order);
          expect(await found({ category: 'all' }, order, { offset: 1, limit: 2 })).toEqual({
            ids: ids.slice(1, 3),
            total: 5,
          });
          expect(await found({ category: 'all' }, order, { offset: 4 })).toEqual({ ids: ids.slice(4), total: 5 });
          expect(await found({ category: 'all' }, order, { offset: 9, limit: 2 })).toEqual({ ids: [], total: 5 });
          expect(await found({ category: 'all' }, order, { offset: 0, limit: 0 })).toEqual({ ids: [], total: 5 });
        },
      );

      it('gives contacts by their ids in the order of the ids, without those that are not there', async () => {
        expect(await store.get(['s1', 'none', 'w1'])).toEqual([people[4], people[1]]);
      });

      it('may be left off half-way', async () => {
        for await (const { id } of store.each({ category: 'all' }, 'stored')) {
          expect(id).toBe('w3');
          break;
        }
        await create(store, contact('after'));
        expect(await idsIn(store)).toHaveLength(6);
      });

      it('goes on with the state that it began with while others write', async () => {
        const ids = [];
        for await (const { id } of store.each({ category: 'external' }, 'stored')) {
          ids.push(id);
          await create(store, contact(`more${id}`));
        }
        expect(ids).toEqual(['w3', 'w1', 'w2', 'w4']);
        expect(await idsIn(store)).toHaveLength(9);
      });

      it('is of one moment in a snapshot', async () => {
        const counts = await store.snapshot(async (view) => {
          const before = (await all(view)).length;
          await create(store, contact('more'));
          return [before, (await all(view)).length, (await view.get(['more'])).length];
        });
        expect(counts).toEqual([5, 5, 0]);
        expect(await idsIn(store)).toHaveLength(6);
      });

      it('finds contacts by every kind of key', async () => {
        const phone = '+85291234567';
        const lee = contact('leeid', {
          firstName: 'Lee',
          lastName: 'Chan',
          phones: [{ kind: 'mobile', number: `${phone};ext=12` }],
          emails: [{ kind: 'work', address: 'Lee@Example.com' }],
          uids: ['urn:uuid:9A8B7C6D-0000-4000-8000-ABCDEF012345', 'abc-1'],
          mergedIds: ['oldid'],
        });
        await create(store, lee);
        const keys: readonly (readonly [Key, readonly string[]])[] = [
          [{ of: 'id', value: 'leeid' }, ['leeid']],
          [{ of: 'id', value: 'oldid' }, ['leeid']],
          [{ of: 'id', value: 'lee' }, []],
          [{ of: 'idPrefix', value: 'lee' }, ['leeid']],
          [{ of: 'idPrefix', value: 'w' }, ['w3', 'w1', 'w2', 'w4']],
          [{ of: 'email', value: 'lee@example.com' }, ['leeid']],
          [{ of: 'phone', value: phone }, ['leeid']],
          [{ of: 'number', value: '91234567' }, ['leeid']],
          [{ of: 'name', value: 'lee chan' }, ['leeid']],
          [{ of: 'name', value: 'bob' }, ['w2', 'w4']],
          [{ of: 'extension', value: '12' }, ['s1']],
          [{ of: 'uid', value: '9a8b7c6d-0000-4000-8000-abcdef012345' }, ['leeid']],
          [{ of: 'uid', value: 'abc-1' }, ['leeid']],
          [{ of: 'uid', value: 'abc' }, []],
          [{ of: 'email', value: 'nobody@example.com' }, []],
        ];
        const answers = await store.lookup(keys.map(([key]) => key));
        expect(answers.map((contacts) => contacts.map(({ id }) => id))).toEqual(keys.map(([, ids]) => ids));
      });
    });

    describe('upkeep', () => {
      it('tells how large the store is', async () => {
        await apply(store, [{ after: contact('ann') }, { after: contact('sam', { category: 'internal' }) }], {
          settings: settings({
            labels: [{ name: 'VIP', color: 'red' }],
            fields: [{ key: 'size', label: 'Size', kind: 'number' }],
          }),
        });
        const info = await store.info();
        expect(info).toMatchObject({
          exists: true,
          revision: 1,
          external: 1,
          internal: 1,
          labels: 1,
          fields: 1,
          changes: 1,
        });
        expect(info.bytes.contacts).toBeGreaterThan(0);
        expect(info.bytes.history).toBeGreaterThan(0);
        expect(await store.check()).toEqual([]);
      });

      it('restores the state before any change in the history, and that can be undone', async () => {
        const changes: Change[] = [];
        for (const id of ['a', 'b', 'c']) changes.push(made(await create(store, contact(id))));
        await apply(store, [{ before: contact('a') }], { settings: settings({ country: 'HK' }) });
        const points = await store.restorePoints();
        const second = points.find(({ name }) => name === changes[1]?.id);
        expect(second).toEqual({ name: changes[1]?.id, at: changes[1]?.at, contacts: 1 });

        await store.restore(second?.name ?? '', { ...why, command: 'store restore' });
        expect(await idsIn(store)).toEqual(['a']);
        expect(await store.settings()).toEqual(emptySettings);
        const [newest] = await store.history(everything);
        expect(newest).toMatchObject({ command: 'store restore', created: 1, deleted: 2 });
        expect((await store.info()).revision).toBe(5);

        await undo(store, made(await store.changeById(newest?.id ?? '')));
        expect(await idsIn(store)).toEqual(['b', 'c']);
        expect((await store.settings()).country).toBe('HK');
      });

      it('does not restore what is not there', async () => {
        await create(store, contact('ann'));
        await expect(store.restore('nothing', why)).rejects.toThrow(NotFoundError);
        expect(await idsIn(store)).toEqual(['ann']);
      });

      it('purges history and backups, and keeps the contacts', async () => {
        for (const id of ['a', 'b']) await create(store, contact(id));
        await store.purge();
        expect(await store.history(everything)).toEqual([]);
        expect(await store.restorePoints()).toEqual([]);
        expect((await store.info()).bytes).toMatchObject({ history: 0, backups: 0 });
        expect(await idsIn(store)).toEqual(['a', 'b']);
        await create(store, contact('c'));
        expect(await store.history(everything)).toHaveLength(1);
      });
    });
  });
};
