import { fstatSync, statSync, writeSync } from 'node:fs';
import { devNull, homedir, userInfo } from 'node:os';
import manifest from '../package.json' with { type: 'json' };
import type { App } from './commands/session.js';
import { createIdSource } from './contacts/id.js';
import { main } from './main.js';
import { defaultStorePath } from './store/default-path.js';
import { createDescriptorOutput } from './terminal/descriptor-output.js';
import type { ColourLevel, Io } from './terminal/io.js';

const colourDepths: Readonly<Record<number, ColourLevel>> = { 4: 1, 8: 2, 24: 3 };

type Terminal = typeof process.stdout;

const [standardInput, standardOutput, standardError] = [0, 1, 2];

/** Whether a stream is a terminal; others, also the one that goes nowhere, are known without Node's stream for them. */
const isTerminal = (descriptor: number, stream: () => { readonly isTTY?: boolean }): boolean => {
  const status = fstatSync(descriptor);
  if (!status.isCharacterDevice() || status.rdev === statSync(devNull, { throwIfNoEntry: false })?.rdev) return false;
  return stream().isTTY ?? false;
};

/** Standard output where it is a terminal. */
const terminalOf = (): Terminal | undefined =>
  isTerminal(standardOutput, () => process.stdout) ? process.stdout : undefined;

/** Decided once, for everything: `--no-color`, then `NO_COLOR`, then `FORCE_COLOR`, then the terminal. */
const colourLevel = (argv: readonly string[], env: NodeJS.ProcessEnv, terminal: Terminal | undefined): ColourLevel => {
  const end = argv.indexOf('--');
  if ((end < 0 ? argv : argv.slice(0, end)).includes('--no-color')) return 0;
  if (env.NO_COLOR) return 0;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== '') {
    if (forced === 'false') return 0;
    return forced === '0' || forced === '2' || forced === '3' ? (Number(forced) as ColourLevel) : 1;
  }
  if (terminal === undefined || env.TERM === 'dumb') return 0;
  return colourDepths[terminal.getColorDepth(env)] ?? 0;
};

/** Terminals known to show OSC 8 hyperlinks; others print the sequence, or swallow it. */
const hasHyperlinks = (env: NodeJS.ProcessEnv): boolean => {
  const { TERM_PROGRAM: program = '', VTE_VERSION: vte = '0', TERM: term = '' } = env;
  return (
    ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper', 'Tabby'].includes(program) ||
    Number(vte) >= 5000 ||
    /kitty|ghostty|foot|alacritty/.test(term) ||
    env.WT_SESSION !== undefined ||
    env.KONSOLE_VERSION !== undefined
  );
};

const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A user id without an account, as containers have it.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
};

/** An empty HOME is nobody's home folder: the account says where that is. */
const homeOf = (): string => homedir() || userInfo().homedir;

const createIo = (argv: readonly string[]): Io => {
  const { env } = process;
  const terminal = terminalOf();
  const write = (bytes: Uint8Array, offset: number): number => writeSync(standardOutput, bytes, offset);
  // Standard input and error are made by Node when they are first asked for, which takes time.
  return {
    get stdin() {
      return process.stdin;
    },
    stdout: terminal ?? createDescriptorOutput(write, () => process.stdout),
    get stderr() {
      return process.stderr;
    },
    get stdinIsTerminal() {
      return isTerminal(standardInput, () => process.stdin);
    },
    stdoutIsTerminal: terminal !== undefined,
    get stderrIsTerminal() {
      return isTerminal(standardError, () => process.stderr);
    },
    get columns() {
      return terminal?.columns || 80;
    },
    get rows() {
      return terminal?.rows || 24;
    },
    colourLevel: colourLevel(argv, env, terminal),
    hyperlinks: terminal !== undefined && hasHyperlinks(env),
  };
};

const createApp = (argv: readonly string[]): App => {
  const { CONTACTS_STORE: store, CONTACTS_COUNTRY: country, CONTACTS_USER: user } = process.env;
  const io = createIo(argv);
  return {
    io,
    environment: {
      ...(store && { store }),
      ...(country && { country }),
      get user() {
        return user || userName();
      },
    },
    get defaultStore() {
      return defaultStorePath({ platform: process.platform, env: process.env, home: homeOf });
    },
    version: manifest.version,
    userId: process.geteuid?.(),
    get timeZone() {
      // An empty TZ, which POSIX reads as UTC, is a zone that Intl names and then refuses; others it does not name at all.
      const { timeZone = '' } = new Intl.DateTimeFormat().resolvedOptions();
      return timeZone === '' || timeZone === 'Etc/Unknown' ? 'UTC' : timeZone;
    },
    openStore: async (location, options) => {
      const { openStore } = await import('./store/open.js');
      return openStore(location, { now: () => new Date(), newId, ...options });
    },
    loadAsk: async () => {
      const { createAsk } = await import('./terminal/inquirer-ask.js');
      return createAsk(io, process.env.VISUAL || process.env.EDITOR || undefined);
    },
    openUri: async (uri) => {
      const { openUri } = await import('./terminal/open-uri.js');
      return openUri(uri, process.platform);
    },
    now: () => new Date(),
    newId,
  };
};

// Loading the module takes longer than a listing, which makes no ids.
const newId = createIdSource((count) => process.getBuiltinModule('node:crypto').randomBytes(count));

/** Runs the command line of this process, and leaves its exit code to the process's own end. */
export const run = async (): Promise<void> => {
  const argv = process.argv.slice(2);
  process.exitCode = await main(argv, createApp(argv));
};
