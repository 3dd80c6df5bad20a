import type { Stamp } from '../contacts/record.js';
import { UsageError } from '../errors.js';
import type { DraftContext } from '../fields/draft.js';
import type { DateOrder, Parsers } from '../fields/kinds/kind.js';
import type { ContactStore, Landing, OnLanding } from '../store/store.js';
import type { Ask } from '../terminal/ask.js';
import { createTerminalDataOutput, type DataForm } from '../terminal/data-output.js';
import { createMessages, createOutput, type Io, type Writer } from '../terminal/io.js';
import type { Style } from '../terminal/style.js';
import { visible } from '../terminal/visible.js';
import type { Unfinished } from '../unfinished.js';

/** What the program is given by whoever starts it: the process in `app.ts`, a test in a test. */
export interface App {
  readonly io: Io;
  /** What `CONTACTS_STORE`, `CONTACTS_COUNTRY` and `CONTACTS_USER` (else the system's user) say. */
  readonly environment: { readonly store?: string; readonly country?: string; readonly user: string };
  /** The number of the system's user who runs the program, where the system has such. */
  readonly userId?: number | undefined;
  /** The path of the store where nobody names one. */
  readonly defaultStore: string;
  readonly version: string;
  /** The IANA zone in which times are told. */
  readonly timeZone: string;
  openStore(location: string, options: OpenOptions): Promise<ContactStore>;
  /** The prompts; loading them takes time. */
  loadAsk(): Promise<Ask>;
  /** Has the system open an address at which a contact is reached: `tel:`, `sms:`, `mailto:`, or a messaging service's. */
  openUri(uri: string): Promise<void>;
  /** What a signal undoes. */
  readonly unfinished: Unfinished;
  now(): Date;
  newId(): string;
}

export interface OpenOptions {
  /** Milliseconds to wait for other writers. */
  readonly lockTimeout: number;
  /** Takes what a user should know about the store, such as that others can read it. */
  readonly warn: (message: string) => void;
  /** Is told of whatever lands in the store. */
  readonly landed: OnLanding;
  /** Asks whether a database without tables may be given them. */
  readonly mayPrepare?: () => Promise<boolean>;
  /** Asks for the password of a database, where none is known or it is refused; nothing where nobody can be asked. */
  readonly askPassword?: (user: string) => Promise<string | undefined>;
  /** Makes the times of changes, where it is not the clock. */
  readonly now?: () => Date;
  /** Makes the ids of changes, where they are not new ones. */
  readonly newId?: () => string;
}

/** The options that every command takes. */
export interface GlobalOptions {
  readonly store?: string;
  readonly countryCode?: string;
  /** Seconds. */
  readonly lockTimeout?: number;
  /** False where nothing may be asked. */
  readonly input?: boolean;
  readonly yes?: boolean;
  readonly quiet?: boolean;
}

/** What a command works with: the world, with the global options applied. */
export interface Session {
  readonly io: Io;
  readonly style: Style;
  /** Standard output: results. */
  readonly out: Writer;
  /** Standard output for JSON, CSV and vCards: untouched in files and pipes, harmless at a terminal. */
  data(form: DataForm): Writer;
  /** Questions are answered with yes. */
  readonly yes: boolean;
  readonly quiet: boolean;
  /** Whether questions may be asked: standard input and standard error are terminals, and nobody said `--no-input`. */
  readonly mayAsk: boolean;
  /** Where the store is: the path or URL. */
  readonly location: string;
  readonly version: string;
  openUri(uri: string): Promise<void>;
  /** What a signal undoes. */
  readonly unfinished: Unfinished;
  /** The number of the system's user who runs the program, where the system has such. */
  readonly userId: number | undefined;
  /** The IANA zone in which times are told. */
  readonly timeZone: string;
  now(): Date;
  newId(): string;
  stamp(): Stamp;
  /** What has landed so far, in any store: it stands, whatever comes now. */
  readonly landings: readonly Landing[];
  /** The store, opened when first asked for. */
  store(): Promise<ContactStore>;
  /**
   * Opens another store than the session's; whoever opens it closes it.
   *
   * @param stamps makes the times and ids of its changes, where these are not of now
   */
  openStore(location: string, stamps?: Pick<OpenOptions, 'now' | 'newId'>): Promise<ContactStore>;
  /**
   * The prompts.
   *
   * @param instead what to do where nothing may be asked, as the error's hint
   * @throws UsageError where nothing may be asked
   */
  ask(instead: string): Promise<Ask>;
  /**
   * What drafts are read with: the parsers, the default country, today's date.
   *
   * @param options.parses false where only values of kinds are read that do without the parsers, whose loading takes time
   */
  draftContext(options?: {
    readonly dateOrder?: DateOrder | undefined;
    readonly parses?: boolean;
  }): Promise<DraftContext>;
  /** A line of results for people, on standard output. Control characters in it are shown as escapes. */
  say(line: string): Promise<void>;
  /** A line on standard error, unless `--quiet`: counts, and what was done. Control characters in it are shown as escapes. */
  tell(line: string): Promise<void>;
  /** A warning on standard error, unless `--quiet`. */
  warn(line: string): Promise<void>;
  /** A line on standard error about what went wrong, with `--quiet` too. */
  complain(line: string): Promise<void>;
  /** Has something done when the session ends, however the command did. */
  atClose(work: () => Promise<void>): void;
  close(): Promise<void>;
}

const notLoaded = (): never => {
  throw new Error('A value is read with parsers that nobody loaded.');
};
const noParsers: Parsers = {
  phone: notLoaded,
  isEmail: notLoaded,
  country: notLoaded,
  countryCode: notLoaded,
  callingCode: notLoaded,
  month: notLoaded,
};

/** Seconds that a writer waits for others. */
const lockTimeoutPreset = 30;

const defaultCountry = async (session: Session, app: App, flag: string | undefined): Promise<string | undefined> => {
  const settings = await (await session.store()).settings();
  const given = flag ?? app.environment.country ?? settings.country;
  if (given === undefined || given === '') return undefined;
  const { readCountryCode } = await import('../fields/parsers.js');
  const country = readCountryCode(given);
  if (country !== undefined) return country;
  const source =
    flag !== undefined ? '--country-code' : app.environment.country !== undefined ? 'CONTACTS_COUNTRY' : 'The store';
  throw new UsageError(
    `${source}: "${given}" is neither a calling code nor a country.`,
    'Give a calling code such as +852, or an ISO 3166 region such as HK.',
  );
};

/**
 * A session of one run.
 *
 * @param globals reads the global options, which are known once the command line is parsed
 */
export const createSession = (app: App, style: Style, globals: () => GlobalOptions): Session => {
  const { io } = app;
  let messages: Writer | undefined;
  // The stream is made when there is something to say.
  const message = (line: string): Promise<void> => {
    messages ??= createMessages(io.stderr);
    return messages.write(`${line}\n`);
  };
  let opened: Promise<ContactStore> | undefined;
  const landings: Landing[] = [];
  const closing: (() => Promise<void>)[] = [];

  const out = createOutput(io.stdout);

  const session: Session = {
    io,
    style,
    out,
    data: (form) => (io.stdoutIsTerminal ? createTerminalDataOutput(out, form) : out),
    version: app.version,
    userId: app.userId,
    get timeZone() {
      return app.timeZone;
    },
    get yes() {
      return globals().yes ?? false;
    },
    get quiet() {
      return globals().quiet ?? false;
    },
    get mayAsk() {
      return (globals().input ?? true) && io.stderrIsTerminal && io.stdinIsTerminal;
    },
    get location() {
      return globals().store ?? app.environment.store ?? app.defaultStore;
    },
    openUri: app.openUri,
    unfinished: app.unfinished,
    now: app.now,
    newId: app.newId,
    landings,
    stamp: () => ({ by: app.environment.user, at: app.now().toISOString() }),
    store: () => {
      opened ??= session.openStore(session.location);
      return opened;
    },
    openStore: (location, stamps = {}) => {
      const { lockTimeout = lockTimeoutPreset } = globals();
      return app.openStore(location, {
        ...stamps,
        warn: (message) => void session.warn(message),
        lockTimeout: lockTimeout * 1000,
        landed: (landing) => void landings.push(landing),
        mayPrepare: async () => {
          if (session.yes || !session.mayAsk) return session.yes;
          const ask = await app.loadAsk();
          return ask.confirm({ message: 'The database has no tables of contacts yet. Make them?' });
        },
        askPassword: async (user) => {
          if (!session.mayAsk) return undefined;
          return (await app.loadAsk()).password?.(`Password of ${user}:`);
        },
      });
    },
    ask: (instead) => {
      if (!session.mayAsk) {
        throw new UsageError('A question would have to be asked, and nobody is there to answer it.', instead);
      }
      return app.loadAsk();
    },
    draftContext: async (options = {}) => {
      const { by, at } = session.stamp();
      return {
        parsers: options.parses === false ? noParsers : (await import('../fields/parsers.js')).createParsers(),
        country: await defaultCountry(session, app, globals().countryCode),
        today: at.slice(0, 10),
        dateOrder: options.dateOrder,
        by,
        at,
        newId: app.newId,
      };
    },
    say: (line) => session.out.write(`${visible(line, { lines: true })}\n`),
    tell: async (line) => {
      if (!session.quiet) await message(visible(line, { lines: true }));
    },
    warn: async (line) => {
      if (!session.quiet) await message(`${style.warning('warning:')} ${visible(line, { lines: true })}`);
    },
    complain: (line) => message(visible(line, { lines: true })),
    atClose: (work) => void closing.push(work),
    close: async () => {
      for (const work of closing.splice(0)) await work();
      if (opened === undefined) return;
      const store = await opened.catch(() => undefined);
      await store?.close();
    },
  };
  return session;
};
