/** The variables of the environment that the program reads, in the order of the documentation. */
const own: Readonly<Record<string, string>> = {
  CONTACTS_STORE: 'the store: a path, or `postgres://…`',
  CONTACTS_COUNTRY: 'the country of phone numbers written without one: `+852` or `HK`',
  CONTACTS_USER: "who writes, in the log and in notes; else the system's user",
  NO_COLOR: 'no colours, where it is not empty',
  FORCE_COLOR: 'colours down a pipe too: `1`, `2` or `3` for 16, 256 or all of them; `0` for none',
  VISUAL: 'the editor of notes',
  EDITOR: 'the same, where `VISUAL` is not set',
};

/** Those that the driver of PostgreSQL reads. */
const ofDriver: Readonly<Record<string, string>> = {
  PGPASSWORD: 'the password of a database, where its URL has none',
  PGPASSFILE: 'the file of passwords, where it is not `~/.pgpass`',
};

/** Those by which terminals are told apart; nobody sets them for this program's sake. */
const ofTerminals = ['KONSOLE_VERSION', 'TERM', 'TERM_PROGRAM', 'VTE_VERSION', 'WT_SESSION'];

/** Each variable that a user may set, and what it is for. */
export const environment: Readonly<Record<string, string>> = { ...own, ...ofDriver };

/**
 * What is read and not told of, or told of and not read.
 *
 * @param source the text of the file that reads the environment
 */
export const environmentFaults = (source: string): readonly string[] => {
  const withoutComments = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  // Names of signals are no variables.
  const read = new Set(withoutComments.match(/\b(?!SIG)[A-Z][A-Z_]{3,}\b/g));
  const told = [...Object.keys(own), ...ofTerminals];
  return [
    ...[...read].filter((name) => !told.includes(name)).map((name) => `${name} is read, and not told of`),
    ...told.filter((name) => !read.has(name)).map((name) => `${name} is told of, and not read`),
  ];
};
