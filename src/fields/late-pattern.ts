/**
 * A regular expression that is compiled when it is first used.
 *
 * For properties of Unicode (`\p{L}`), whose tables take milliseconds to set up, for literals already when the file is
 * read. Most runs meet nothing but ASCII, and never need them.
 *
 * @param source as `String.raw` gives it
 */
export const latePattern = (source: string, flags: string): (() => RegExp) => {
  let pattern: RegExp | undefined;
  return () => {
    pattern ??= new RegExp(source, flags);
    pattern.lastIndex = 0;
    return pattern;
  };
};
