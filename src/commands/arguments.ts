/** The short options. There are no clusters of them, so every other argument that begins with one dash is a value. */
const shortOptions = new Set(['-y', '-q', '-h', '-V']);

/** A private-use character: what no argument begins with. */
const shield = '\uE000';

/**
 * Marks the arguments that begin with one dash and are values (`-garcia`, `-5`), which commander would take for clusters
 * of short options. `unshield` takes the marks off again.
 */
export const shieldValues = (argv: readonly string[]): string[] => {
  const end = argv.indexOf('--');
  return argv.map((argument, index) => {
    const isValue = /^-[^-]/.test(argument) && !shortOptions.has(argument) && (end < 0 || index < end);
    return isValue ? `${shield}${argument}` : argument;
  });
};

/** A text, or whatever holds texts, without the marks. */
export const unshield = <Value>(value: Value): Value => {
  if (typeof value === 'string') return value.replaceAll(`${shield}-`, '-') as Value;
  if (Array.isArray(value)) return value.map(unshield) as Value;
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, unshield(held)])) as Value;
  }
  return value;
};

/** The global options that take a value. */
export const globalOptionsWithValue = ['--store', '--country-code', '--lock-timeout'];

/** The words of argv that are no options and no values of global ones, up to the second: the command's name parts. */
export const commandWords = (argv: readonly string[]): readonly string[] => {
  const words: string[] = [];
  for (let index = 0; index < argv.length && words.length < 2; index += 1) {
    const argument = argv[index] ?? '';
    if (argument === '--') break;
    if (globalOptionsWithValue.includes(argument)) index += 1;
    else if (!argument.startsWith('-')) words.push(argument);
    else if (words.length === 1) break;
  }
  return words;
};

/** Whether the command line asks for JSON, so that its errors are told in JSON too; it may be one that cannot be read. */
export const wantsJson = (argv: readonly string[]): boolean => {
  const end = argv.indexOf('--');
  const options = end < 0 ? argv : argv.slice(0, end);
  return options.some(
    (argument, index) =>
      argument === '--json' ||
      /^--format=(nd)?json$/.test(argument) ||
      (argument === '--format' && /^(nd)?json$/.test(options[index + 1] ?? '')),
  );
};

/** A text as an argument of a shell's command line: in quotes where the shell would read more than words in it. */
export const shellWord = (text: string): string =>
  /^[\p{L}\p{M}\p{N}@.+_][\p{L}\p{M}\p{N}@.+_ -]*$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
