import type { Contact } from '../../fields/contact.js';
import { type Apart, apartTest } from './apart.js';
import { compare, reasonsOf } from './compare.js';
import { crowdCounter } from './crowd.js';
import { likelyScore, pointsOf, scoreOf } from './evidence.js';
import { featuresOf } from './features.js';

/** A contact of the store that is likely the same person as another. */
export interface Suspect {
  readonly contact: Contact;
  /** From 0 to 1. */
  readonly score: number;
  readonly reasons: readonly string[];
}

/**
 * Of the contacts that a contact's keys found, those that are likely the same person, the likeliest first.
 *
 * @param apart pairs that people said are not one person
 */
export const suspectsAmong = (contact: Contact, found: readonly Contact[], apart: Apart): readonly Suspect[] => {
  const others = [...new Map(found.map((other) => [other.id, other])).values()].filter(
    ({ id, category }) => id !== contact.id && category === contact.category,
  );
  const features = featuresOf(contact);
  const counter = crowdCounter();
  const compared = others.map((other) => ({ other, features: featuresOf(other) }));
  for (const one of [features, ...compared.map((another) => another.features)]) counter.add(one);
  const isApart = apartTest(apart, [contact, ...others]);
  return compared
    .flatMap(({ other, features: its }) => {
      const comparison = compare(features, its, counter.isCrowded, pointsOf(likelyScore));
      return comparison === undefined || isApart(contact.id, other.id) ? [] : [{ other, ...comparison }];
    })
    .sort((one, another) => another.points - one.points)
    .map(({ other, points, findings }) => ({
      contact: other,
      score: Math.floor(scoreOf(points) * 100) / 100,
      reasons: reasonsOf(findings),
    }));
};
