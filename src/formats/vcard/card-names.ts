import { fold } from '../../fields/fold.js';
import { splitName } from '../whole-name.js';
import type { CardDraft } from './card-draft.js';
import { type Property, textOf } from './property.js';

/** The words of a text, folded. */
export const wordsOf = (text: string): readonly string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** A name out of FN where N has none, unless FN only repeats the company, an address or a number. */
export const chooseName = (card: CardDraft, id: string | undefined, isOrganization: boolean): void => {
  const [name = ''] = card.formattedNames;
  if (card.has('firstName') || card.has('lastName') || name === id) return;
  const said = [...card.texts.values()].flat().map(fold);
  if (!/\p{L}/u.test(name) || said.includes(fold(name))) return;
  if (isOrganization && !card.has('company') && card.fieldAt('company') !== undefined) {
    card.add('company', 'FN', [name]);
    return;
  }
  const [first, last] = splitName(name);
  card.add('firstName', 'FN', [first]);
  card.add('lastName', 'FN', [last]);
};

/** Names are cut out of longer ones, such as those in Han characters, only up to these sizes: time stays linear. */
const mostCut = { characters: 200, words: 200 };

/** Whole names are kept where they say more than all the rest of the card, such as another name or a title. */
export const keepNames = (card: CardDraft, id: string | undefined): void => {
  const said = new Set([...card.texts.values()].flat().concat(card.rest.map(({ text }) => text)));
  const words = new Set([...said].flatMap(wordsOf));
  const cuts = [...words].slice(0, mostCut.words).toSorted((one, other) => other.length - one.length);
  for (const name of new Set(card.formattedNames)) {
    if (name === id || said.has(name)) continue;
    const unsaid = wordsOf(name)
      .filter((word) => !words.has(word))
      .join(' ');
    const isShort = name.length <= mostCut.characters;
    const left = isShort ? cuts.reduce((text, word) => text.replace(word, ' '), unsaid) : unsaid;
    if (/\p{L}/u.test(left)) card.keep({ title: 'Full Name', text: name });
  }
};

/** Whether a card is about a company rather than a person. */
export const isOfOrganization = (properties: readonly Property[]): boolean =>
  properties.some(
    (property) =>
      (property.name === 'KIND' && /^org$/i.test(textOf(property))) ||
      (property.name === 'X-ABSHOWAS' && /^company$/i.test(textOf(property))),
  );
