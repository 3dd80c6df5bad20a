import { distance } from 'fastest-levenshtein';
import { fold } from '../fields/fold.js';

/** Whether two neighbouring letters changed places: the commonest slip of the fingers, which counts as one. */
const isSwapped = (one: string, other: string): boolean => {
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  return (
    one.length === other.length && one.slice(0, at) + one.charAt(at + 1) + one.charAt(at) + one.slice(at + 2) === other
  );
};

/** The names that somebody who wrote `name` most likely meant, nearest first: at most three, and none that is far off. */
export const nearest = (name: string, candidates: Iterable<string>): readonly string[] => {
  const wanted = fold(name);
  return [...new Set(candidates)]
    .map((candidate) => {
      const folded = fold(candidate);
      const away = folded.startsWith(wanted) ? 0.5 : isSwapped(wanted, folded) ? 1 : distance(wanted, folded);
      return { candidate, away, length: Math.max(wanted.length, folded.length) };
    })
    .filter(({ away, length }) => away <= Math.max(1, Math.floor(length / 3)))
    .sort((one, other) => one.away - other.away)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
};

/** The hint that names the nearest candidates, or else the fallback. */
export const nearestHint = (name: string, candidates: Iterable<string>, fallback: string): string => {
  const near = nearest(name, candidates);
  return near.length === 0 ? fallback : `Did you mean ${near.map((candidate) => `"${candidate}"`).join(' or ')}?`;
};
