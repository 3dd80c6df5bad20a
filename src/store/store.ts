import type { Change, ChangeSummary, Edit, Plan, Why } from '../contacts/change.js';
import type { Key } from '../contacts/keys.js';
import type { Query } from '../contacts/query/query.js';
import type { Scratch } from '../contacts/scratch.js';
import type { Settings } from '../contacts/settings.js';
import type { StoredContact } from '../contacts/stored-contact.js';
import type { Category } from '../fields/catalogue.js';
import type { Contact } from '../fields/contact.js';

/** Which contacts: of a category, and those that a query fits. */
export interface Selection {
  readonly category: Category | 'all';
  readonly query?: Query;
}

/**
 * `rank`: best match first (only where the selection has a query); `stored`: in the order of creation; else by a
 * field's path, folded, those without a value last, and by id where they are alike.
 */
export type Order = 'rank' | 'stored' | { readonly by: string; readonly descending: boolean };

export interface Page {
  readonly offset: number;
  /** All that follow where absent. */
  readonly limit?: number;
}

export interface Matches {
  readonly contacts: readonly Contact[];
  /** How many there are in all, on this page and off it. */
  readonly total: number;
}

/** What can be read of a store, at one moment. */
export interface StoreView {
  /** A page of the matches, in order, with their number. */
  find(selection: Selection, order: Order, page: Page): Promise<Matches>;
  /** The same page without the number of all matches, which can take far longer to find out. */
  findPage(selection: Selection, order: Order, page: Page): Promise<readonly Contact[]>;
  /** Whether any contact is selected. */
  findsAny(selection: Selection): Promise<boolean>;
  /** All matches, one after the other, without holding all in memory. */
  each(selection: Selection, order: Order): AsyncIterable<Contact>;
  /** The contacts with exactly these ids, in that order; ids that are not there are left out. */
  get(ids: readonly string[]): Promise<readonly Contact[]>;
  /** For each key, in order, the contacts that it finds, in the order of creation. */
  lookup(keys: readonly Key[]): Promise<readonly (readonly Contact[])[]>;
  settings(): Promise<Settings>;
}

/** What a plan of a change can use. */
export interface PlanView extends StoreView {
  /** What `lookup` finds, made when somebody looks at it; some of it may turn out not to be found after all. */
  lookAt(keys: readonly Key[]): Promise<readonly (readonly StoredContact[])[]>;
  /** Makes room for what waits until it is written; whoever asks for it closes it once the change is over. */
  scratch(): Scratch;
}

export interface ChangeOptions {
  /** Plan, and change nothing; the change comes back as it would have been made. */
  readonly dryRun?: boolean;
}

/** Which edits of the log: all of them, or those for which all that is given holds. */
export interface EditSelection {
  /** Of the change with this id alone. */
  readonly change?: string;
  /** In which this id stands, as the contact's own or among those merged into it (in a text, perhaps, too). */
  readonly mentioning?: string;
  /** That delete a contact. */
  readonly deletions?: boolean;
}

/** An edit of the log, with the id of its change. */
export interface LoggedEdit {
  readonly change: string;
  readonly edit: Edit;
}

/** What landed in a store: from then on it stands, whatever fails afterwards. */
export interface Landing {
  /** The change's id; `undefined` for what is no change, such as erasing the history. */
  readonly change: string | undefined;
  /** In words: `Added Ada Lovelace`. */
  readonly summary: string;
}

/** Is told at once of whatever lands: this is the commit point, which no store passes in silence. */
export type OnLanding = (landing: Landing) => void;

export interface StoreInfo {
  readonly location: string;
  readonly kind: 'json' | 'postgres';
  readonly exists: boolean;
  readonly revision: number;
  readonly external: number;
  readonly internal: number;
  readonly labels: number;
  readonly fields: number;
  /** Bytes of the contacts, of the history, and of backups. */
  readonly bytes: { readonly contacts: number; readonly history: number; readonly backups: number };
  readonly changes: number;
}

/** A fault that `store check` found, with what to do about this one. */
export interface Fault {
  /** The file, or the part of a database. */
  readonly where: string;
  /** `error`: contacts or changes are damaged, lost or wrong; `warning`: nothing is, as long as the rest is sound. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string;
}

/** What `store repair` has done. */
export interface Repair {
  /** A text for each fault that it mended. */
  readonly repaired: readonly string[];
  /** The change's id, where there is one. */
  readonly change: string | undefined;
}

/** An earlier state that `store restore` can bring back. */
export interface RestorePoint {
  /** What `store restore` takes: `backup`, or a change's id. */
  readonly name: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly contacts: number;
}

/** What can be done with a store while it is filled. */
export type StoreFilling = Pick<ContactStore, 'change' | 'each' | 'settings' | 'history' | 'changeById'>;

/** Where contacts live. A JSON file and PostgreSQL do these alike. */
export interface ContactStore extends StoreView {
  /**
   * Plans under the store's lock and applies the plan whole, or not at all. Edits that alter nothing are left out; where
   * nothing is left, no change is made and `undefined` comes back.
   *
   * @throws ConflictError where the store is held too long, or changed by another program
   * @throws StoreError where it cannot be read or written
   */
  change(why: Why, plan: (view: PlanView) => Promise<Plan>, options?: ChangeOptions): Promise<Change | undefined>;
  /**
   * Reads at one moment: all that `work` reads through the view is of one state, whatever is written meanwhile. The view
   * ends with the work.
   */
  snapshot<Result>(work: (view: StoreView) => Promise<Result>): Promise<Result>;
  /** The log, newest first. */
  history(page: Page): Promise<readonly ChangeSummary[]>;
  /** Edits of the log, those of the newest change first, one after the other, without holding all in memory. */
  eachEdit(selection: EditSelection): AsyncIterable<LoggedEdit>;
  /** One change whole, by its id or a unique prefix of it. */
  changeById(id: string): Promise<Change | undefined>;
  info(): Promise<StoreInfo>;
  check(): Promise<readonly Fault[]>;
  /**
   * Mends what can be mended without loss, as one change, and leaves the rest as it is.
   *
   * @param labelColours that labels get which are defined
   * @param why `summary` is added to by what was mended
   */
  repair(labelColours: readonly string[], why: Omit<Why, 'summary'>): Promise<Repair>;
  /** The ids of changes newer than one that cannot be read; absent where that cannot be. */
  unreadableSince?(change: string): Promise<readonly string[]>;
  restorePoints(): Promise<readonly RestorePoint[]>;
  /** Brings back an earlier state; what was there stays beside it, and its path is returned. */
  restore(point: string, why: Why): Promise<string>;
  /** Erases history and backups, and all that was kept aside. @throws StoreError where the store is damaged or missing */
  purge(): Promise<void>;
  /**
   * Keeps aside what is left of a store that is missing, so that the next change begins a new one: where it is kept, and
   * nothing where the store is sound. Absent where a store cannot be missing.
   *
   * @param evenIfDamaged whether a damaged store is put aside too
   * @throws StoreError where it is damaged, and may not be put aside
   */
  beginAnew?(evenIfDamaged: boolean): Promise<readonly string[]>;
  /**
   * Fills a store in which nothing is: what `work` does is there once it has ended, and not at all where it fails. Nobody
   * else writes meanwhile.
   *
   * @throws ConflictError where the store is not empty
   */
  fill<Result>(work: (store: StoreFilling) => Promise<Result>): Promise<Result>;
  /** Makes the place ready: a database's tables, of the newest version. Absent where there is nothing to be made ready. */
  prepare?(): Promise<void>;
  close(): Promise<void>;
}
