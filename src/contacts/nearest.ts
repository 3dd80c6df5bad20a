import { distance } from 'fastest-levenshtein';
import { fold } from '../fields/fold.js';

/** The names that somebody who wrote `name` most likely meant, nearest first: at most three, and none that is far off. */
export const nearest = (name: string, candidates: Iterable<string>): readonly string[] => {
  const wanted = fold(name);
  return [...new Set(candidates)]
    .map((candidate) => {
      const folded = fold(candidate);
      const away = folded.startsWith(wanted) ? 0.5 : distance(wanted, folded);
      return { candidate, away, length: Math.max(wanted.length, folded.length) };
    })
    .filter(({ away, length }) => away < length && away <= Math.min(3, Math.ceil(length / 2)))
    .sort((one, other) => one.away - other.away)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
};

/** The hint that names the nearest candidates, or else the fallback. */
export const nearestHint = (name: string, candidates: Iterable<string>, fallback: string): string => {
  const near = nearest(name, candidates);
  return near.length === 0 ? fallback : `Did you mean ${near.map((candidate) => `"${candidate}"`).join(' or ')}?`;
};
