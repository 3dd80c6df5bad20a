/** So many results are kept. A column that has more different texts seldom has one twice. */
const mostKept = 500;

/**
 * A function of texts that come again and again, such as the countries of a column: it keeps its first results.
 *
 * @param read gives the same result for the same text each time
 */
export const recurring = <Result>(read: (text: string) => Result): ((text: string) => Result) => {
  const known = new Map<string, Result>();
  return (text) => {
    const result = known.get(text);
    if (result !== undefined) return result;
    const made = read(text);
    if (known.size < mostKept) known.set(text, made);
    return made;
  };
};
