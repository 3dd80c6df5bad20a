import { fold } from '../../fields/fold.js';
import { recurring } from '../../fields/recurring.js';
import { nearest } from '../nearest.js';
import type { LabelDefinition, Settings } from '../settings.js';

/** Gives labels that are defined the names that they have there. */
export const createDefinedNames = ({ labels }: Settings): ((given: string) => string) => {
  const names = new Map(labels.map(({ name }) => [fold(name), name]));
  return recurring((given) => names.get(fold(given)) ?? given);
};

/** Tells of labels that are not defined what is wrong with them, and `''` of those that are. */
export const createUndefinedLabels = ({ labels }: Settings): ((given: string) => string) => {
  const names = labels.map(({ name }) => name);
  const defined = new Set(names.map(fold));
  return recurring((given) => {
    if (defined.has(fold(given))) return '';
    const near = nearest(given, names).map((name) => `"${name}"`);
    if (near.length === 0) return 'is not a defined label';
    return `is not a defined label (the nearest: ${near.join(', ')})`;
  });
};

/** Gives the labels of a file their names: those that the first row has with each. */
export const createFirstNames = (): ((given: string) => string) => {
  const names = new Map<string, string>();
  return recurring((given) => {
    const key = fold(given);
    const name = names.get(key) ?? given;
    names.set(key, name);
    return name;
  });
};

/** Those labels of contacts and that are not defined yet, each with a colour of its own as long as there are some. */
export const undefinedLabels = (
  given: Iterable<string>,
  settings: Settings,
  colours: readonly string[],
): readonly LabelDefinition[] => {
  const defined = new Set(settings.labels.map(({ name }) => name));
  const missing = new Set<string>();
  for (const label of given) if (!defined.has(label)) missing.add(label);
  return [...missing].map((name, index) => ({
    name,
    color: colours[(defined.size + index) % colours.length] ?? 'gray',
  }));
};
