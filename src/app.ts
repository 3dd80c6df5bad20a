import { fstatSync, statSync, writeSync } from 'node:fs';
import { constants, devNull, homedir, userInfo } from 'node:os';
import manifest from '../package.json' with { type: 'json' };
import { wantsJson } from './commands/arguments.js';
import { interruption } from './commands/interruption.js';
import type { App } from './commands/session.js';
import { createIdSource } from './contacts/id.js';
import { main } from './main.js';
import { defaultStorePath } from './store/default-path.js';
import type { Landing } from './store/store.js';
import { createDescriptorOutput } from './terminal/descriptor-output.js';
import type { ColourLevel, Io } from './terminal/io.js';
import { Unfinished } from './unfinished.js';

const colourDepths: Readonly<Record<number, ColourLevel>> = { 4: 1, 8: 2, 24: 3 };

type Terminal = typeof process.stdout;

/** ECMA-48, DECTCEM. */
const showCursor = '\u001b[?25h';

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

/** What the process has begun and what it has done, for the moment at which a signal ends it. */
interface Life {
  readonly unfinished: Unfinished;
  readonly landings: Landing[];
}

const endings = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * Has a signal undo what is half-done, say what is true, and end the process as the signal would have: whoever waits for
 * it sees which one it was.
 */
const endBySignals = (argv: readonly string[], { unfinished, landings }: Life): void => {
  const end = (signal: (typeof endings)[number]): void => {
    unfinished.undo();
    try {
      const { text } = interruption(signal, { landings, doubts: unfinished.doubts, isJson: wantsJson(argv) });
      writeSync(standardError, text);
    } catch {
      // Nobody reads it any more, as where the terminal is gone (HUP).
    }
    for (const name of endings) process.removeAllListeners(name);
    process.kill(process.pid, signal);
    // The first process of a container does not get signals that it does not handle.
    process.exit(128 + constants.signals[signal]);
  };
  for (const name of endings) process.on(name, () => end(name));
};

const createApp = (argv: readonly string[], { unfinished, landings }: Life): App => {
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
      const landed: typeof options.landed = (landing) => {
        landings.push(landing);
        options.landed(landing);
      };
      return openStore(location, { now: () => new Date(), newId, ...options, landed, unfinished });
    },
    loadAsk: async () => {
      const { createAsk } = await import('./terminal/inquirer-ask.js');
      // A prompt that a signal ends leaves the terminal as it found it.
      unfinished.add(() => {
        if (process.stdin.isTTY) process.stdin.setRawMode(false);
        writeSync(standardError, showCursor);
      });
      return createAsk(io, process.env.VISUAL || process.env.EDITOR || undefined, unfinished);
    },
    openUri: async (uri) => {
      const { openUri } = await import('./terminal/open-uri.js');
      return openUri(uri, process.platform);
    },
    unfinished,
    now: () => new Date(),
    newId,
  };
};

// Loading the module takes longer than a listing, which makes no ids.
const newId = createIdSource((count) => process.getBuiltinModule('node:crypto').randomBytes(count));

/** Runs the command line of this process, and leaves its exit code to the process's own end. */
export const run = async (): Promise<void> => {
  const argv = process.argv.slice(2);
  const life: Life = { unfinished: new Unfinished(), landings: [] };
  endBySignals(argv, life);
  process.exitCode = await main(argv, createApp(argv, life));
};
