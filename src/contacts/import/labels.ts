import { fold } from '../../fields/fold.js';
import type { LabelDefinition, Settings } from '../settings.js';

/** Gives the labels of a file their names: that of the label that is defined, else that of the first row that has it. */
export const createLabelNames = (settings: Settings): ((given: string) => string) => {
  const names = new Map(settings.labels.map(({ name }) => [fold(name), name]));
  return (given) => {
    const key = fold(given);
    const name = names.get(key) ?? given;
    names.set(key, name);
    return name;
  };
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
