import { isFoundBy, type Key } from '../../contacts/keys.js';
import type { StoredContact } from '../../contacts/stored-contact.js';
import type { Contact } from '../../fields/contact.js';
import type { Document } from './document.js';
import { find, findPage, findsAny, type Indexed, positions } from './indexed-search.js';
import type { LookingView } from './view.js';
import { wantedOf } from './wanted.js';

/** The contacts of a document, each parsed once however often it is looked at. */
const onceEach = (document: Document) => {
  const seen = new Map<number, Contact>();
  return (position: number): Contact => {
    const contact = seen.get(position) ?? document.contactAt(position);
    seen.set(position, contact);
    return contact;
  };
};

/** Somebody asks for what the index does not tell. */
class Untold extends Error {}

/**
 * What can be read of a state that has an index, without reading it whole. Where the index turns out to be damaged, the
 * answers come from the state as it is read whole.
 *
 * @param whole reads the state whole
 * @param drop removes the index, which something is wrong with
 */
export const indexedView = (indexed: Indexed, whole: () => LookingView, drop: () => void): LookingView => {
  let instead: LookingView | undefined;
  const fallBack = (error: unknown): LookingView => {
    if (!(error instanceof Untold)) drop();
    instead = whole();
    return instead;
  };
  const answer = async <Result>(
    fromIndex: () => Result,
    fromView: (view: LookingView) => Promise<Result>,
  ): Promise<Result> => {
    if (instead !== undefined) return fromView(instead);
    try {
      return fromIndex();
    } catch (error) {
      return fromView(fallBack(error));
    }
  };
  const positionsOf = (key: Key): readonly number[] => {
    const told = indexed.index.positionsOf(key);
    if (told === undefined) throw new Untold();
    return told;
  };
  const toldOf = (key: Key, contactAt: (position: number) => Contact): readonly Contact[] =>
    positionsOf(key)
      .map(contactAt)
      .filter((contact) => isFoundBy(key, contact));
  const storedAt = (key: Key, position: number): StoredContact => {
    const stored = indexed.document.storedAt(position);
    const contact = (): Contact | undefined => {
      const made = stored.contact();
      return made !== undefined && isFoundBy(key, made) ? made : undefined;
    };
    return { ...stored, contact };
  };
  return {
    find: async (selection, order, page) => {
      const wanted = await wantedOf(selection);
      return answer(
        () => find(indexed, wanted, order, page),
        (view) => view.find(selection, order, page),
      );
    },
    findPage: async (selection, order, page) => {
      const wanted = await wantedOf(selection);
      return answer(
        () => findPage(indexed, wanted, order, page),
        (view) => view.findPage(selection, order, page),
      );
    },
    findsAny: async (selection) => {
      const wanted = await wantedOf(selection);
      return answer(
        () => findsAny(indexed, wanted),
        (view) => view.findsAny(selection),
      );
    },
    async *each(selection, order) {
      let given = 0;
      try {
        if (instead === undefined) {
          if (selection.query === undefined) indexed.index.readStarts();
          for (const position of positions(indexed, await wantedOf(selection), order)) {
            const contact = indexed.document.contactAt(position);
            given += 1;
            yield contact;
          }
          return;
        }
      } catch (error) {
        fallBack(error);
      }
      let passed = 0;
      for await (const contact of (instead ?? fallBack(new Untold())).each(selection, order)) {
        passed += 1;
        if (passed > given) yield contact;
      }
    },
    get: (ids) =>
      answer(
        () =>
          ids.flatMap((id) => {
            const found = toldOf({ of: 'id', value: id }, (position) => indexed.document.contactAt(position));
            return found.filter((contact) => contact.id === id).slice(0, 1);
          }),
        (view) => view.get(ids),
      ),
    lookup: (keys) =>
      answer(
        () => {
          const contactAt = onceEach(indexed.document);
          return keys.map((key) => toldOf(key, contactAt));
        },
        (view) => view.lookup(keys),
      ),
    lookAt: (keys) =>
      answer(
        () => keys.map((key) => positionsOf(key).map((position) => storedAt(key, position))),
        (view) => view.lookAt(keys),
      ),
    settings: async () => indexed.document.header.settings,
  };
};
