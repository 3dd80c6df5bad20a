/** Far more than any version of the program writes; what walks through values recursively bears it. */
const mostLevels = 64;

/** Whether a JSON value nests objects and arrays no deeper than anything here can walk through. */
export const isShallow = (value: unknown, levels = mostLevels): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((part) => isShallow(part, levels - 1)));
