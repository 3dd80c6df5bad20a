import type { Contact } from '../../fields/contact.js';
import { fold } from '../../fields/fold.js';
import type { Query, QueryNode } from './query.js';
import { valuesAt } from './values.js';

/** One line of folded text that holds everything that a word can hit. */
export const haystack = (contact: Contact): string =>
  fold(
    ['id', 'name', 'company', 'phones', 'emails', 'labels', 'notes', 'address', 'social', 'custom', 'role', 'extension']
      .flatMap((path) => valuesAt(contact, path))
      .map((value) => String(value).replace(/\s+/g, ' '))
      .join('\t'),
  );

/** The query fits the contact. */
export const fits = (query: Query, contact: Contact): boolean => {
  const hay = haystack(contact);
  const holds = (node: QueryNode): boolean => {
    switch (node.is) {
      case 'all':
        return node.of.every(holds);
      case 'any':
        return node.of.some(holds);
      case 'not':
        return !holds(node.node);
      case 'word':
        return hay.includes(node.text);
    }
  };
  return holds(query.root);
};

/** Folded strings of which every contact that fits has all in its haystack. */
export const needles = (query: Query): readonly string[] =>
  query.root.is === 'all' ? query.root.of.flatMap((node) => (node.is === 'word' ? [node.text] : [])) : [];
