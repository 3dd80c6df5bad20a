import { UsageError } from '../../errors.js';

/** What stands between cells in files that do not say so. */
export const delimiters = [',', ';', '\t'] as const;

/**
 * The delimiter that `--delimiter` names: `,` `;` `|`, a tab, `\t` or `tab`.
 *
 * @throws UsageError where it is none of these
 */
export const delimiterNamed = (name: string): string => {
  const delimiter = /^(\\t|tab)$/i.test(name) ? '\t' : name;
  if ([...delimiters, '|'].includes(delimiter)) return delimiter;
  throw new UsageError(`"${name}" is no delimiter.`, "Name one of ',' ';' '|' tab.");
};
