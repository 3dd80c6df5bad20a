const ascii = 0x80;
/** Stands between the values of a contact's text (`haystack`): what reaches over it is no part of any value. */
const betweenValues = 0x1f;
/** What is in nearly every text, and hardly ever what is looked for: a space, and the @ of addresses. */
const separators = new Set([betweenValues, 0x20, 0x40]);

const hash = (one: number, two: number, three: number): number =>
  Math.imul(Math.imul(one, 0x9e3779b1) ^ two, 0x85ebca6b) ^ Math.imul(three, 0xc2b2ae35);

/**
 * The n-grams of the words in a folded text, each as a 32-bit hash: every three characters that follow one another; of
 * characters beyond ASCII also each one and each two, since a whole name in Han characters may be no longer. A text has
 * all grams of every part of it. Characters are code points.
 */
export const gramsOf = (text: string): readonly number[] => {
  const grams = new Set<number>();
  let [one, two] = [betweenValues, betweenValues];
  for (const character of text) {
    const three = character.codePointAt(0) ?? 0;
    if (separators.has(three)) {
      two = betweenValues;
      continue;
    }
    if (three >= ascii) grams.add(hash(0, 0, three));
    if (two !== betweenValues && (two >= ascii || three >= ascii)) grams.add(hash(0, two, three));
    if (one !== betweenValues && two !== betweenValues) grams.add(hash(one, two, three));
    one = two;
    two = three;
  }
  return [...grams];
};

/** The grams that a text with all of these parts has; none where they are too short to tell. */
export const gramsOfParts = (parts: readonly string[]): readonly number[] => [
  // Half of a surrogate pair may be part of a whole one, which has other grams.
  ...new Set(parts.filter((part) => part.isWellFormed()).flatMap(gramsOf)),
];
