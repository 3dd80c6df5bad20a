import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import type { App } from '../../src/commands/session.js';
import { main } from '../../src/main.js';
import { openStore, type StoreDependencies } from '../../src/store/open.js';
import type { ContactStore } from '../../src/store/store.js';
import type { Ask } from '../../src/terminal/ask.js';
import { Unfinished } from '../../src/unfinished.js';

/** What a run of the program came to. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The addresses that the system was asked to open. */
  readonly opened: readonly string[];
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array;
  /** Standard input, output and error are terminals. */
  readonly terminal?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly country?: string;
  readonly user?: string;
  /** The number of the system's user. */
  readonly userId?: number;
  /** Answers to the questions, where some are asked. */
  readonly ask?: Ask;
  /** The system's code with which every write to standard output fails: `ENOSPC`, `EIO`, `EPIPE`. */
  readonly outputFails?: string;
  /** The moment; the clock stands still during a run. */
  readonly now?: string;
  /** Where the user is; UTC unless it is given. */
  readonly timeZone?: string;
}

const alphabet = '23456789bcdfghjkmnpqrstvwxyz';

/** Ids in their order: `222222222222`, `222222222223` …, from the one with this number on. */
export const countingIds = (first = 0): (() => string) => {
  let next = first;
  return () => {
    let rest = next;
    next += 1;
    let id = '';
    for (let place = 0; place < 12; place += 1) {
      id = (alphabet[rest % alphabet.length] ?? '') + id;
      rest = Math.floor(rest / alphabet.length);
    }
    return id;
  };
};

const sink = (failure?: string): { readonly stream: Writable; readonly text: () => string } => {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      if (failure !== undefined) return done(Object.assign(new Error(`${failure}: write`), { code: failure }));
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
};

/** Where a run of the program finds its store. */
export interface Surroundings {
  /** The path of the store where nobody names another. */
  readonly store: string;
  readonly newId: () => string;
  /** Opens stores, where they are not those of the system's files. */
  readonly openStore?: (location: string, dependencies: StoreDependencies) => Promise<ContactStore>;
}

/** Runs a command line; nothing of the process is used. */
export const runProgram = async (
  argv: readonly string[],
  { store, newId, openStore: open = openStore }: Surroundings,
  options: RunOptions = {},
): Promise<Outcome> => {
  const { terminal = false, columns = 80, rows = 24, now = '2026-11-24T12:00:00.000Z' } = options;
  const stdin = new PassThrough();
  stdin.end(options.stdin ?? '');
  const stdout = sink(options.outputFails);
  const stderr = sink();
  const opened: string[] = [];
  const app: App = {
    io: {
      stdin,
      stdout: stdout.stream,
      stderr: stderr.stream,
      stdinIsTerminal: terminal,
      stdoutIsTerminal: terminal,
      stderrIsTerminal: terminal,
      columns,
      rows,
      colourLevel: 0,
      hyperlinks: false,
    },
    environment: { store, user: options.user ?? 'tester', ...(options.country && { country: options.country }) },
    userId: options.userId,
    defaultStore: store,
    version: '0.0.0',
    timeZone: options.timeZone ?? 'UTC',
    openStore: (location, dependencies) => open(location, { now: () => new Date(now), newId, ...dependencies }),
    loadAsk: async () => {
      if (options.ask === undefined) throw new Error('A question was asked that the test has no answer to.');
      return options.ask;
    },
    openUri: async (uri) => void opened.push(uri),
    unfinished: new Unfinished(),
    now: () => new Date(now),
    newId,
  };
  const code = await main(argv, app);
  return { code, stdout: stdout.text(), stderr: stderr.text(), opened };
};

/** A folder with a store, in which the program can be run. */
export interface Workspace {
  readonly folder: string;
  readonly store: string;
  /** Runs a command line on the store; nothing of the process is used. */
  run(argv: readonly string[], options?: RunOptions): Promise<Outcome>;
  /** Runs a command line that must end with 0, and gives its standard output. */
  ok(argv: readonly string[], options?: RunOptions): Promise<string>;
  /** Runs a command line with `--json` that must end with 0, and gives what it printed. */
  json<Value = unknown>(argv: readonly string[], options?: RunOptions): Promise<Value>;
  remove(): Promise<void>;
}

/** @param newId makes the ids of all that is written */
export const createWorkspace = async (newId = countingIds()): Promise<Workspace> => {
  const folder = await mkdtemp(join(tmpdir(), 'contacts-test-'));
  const store = join(folder, 'contacts.json');
  const surroundings = { store, newId };
  const run = (argv: readonly string[], options?: RunOptions): Promise<Outcome> =>
    runProgram(argv, surroundings, options);

  const ok = async (argv: readonly string[], options?: RunOptions): Promise<string> => {
    const outcome = await run(argv, options);
    if (outcome.code !== 0) throw new Error(`contacts ${argv.join(' ')}: exit ${outcome.code}\n${outcome.stderr}`);
    return outcome.stdout;
  };

  return {
    folder,
    store,
    run,
    ok,
    json: async (argv, options) => JSON.parse(await ok([...argv, '--json'], options)),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
