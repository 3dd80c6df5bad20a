import type { BigIntStats } from 'node:fs';
import type { Adapter } from 'lowdb';
import type { Edit } from '../../contacts/change.js';
import { ConflictError, StoreError } from '../../errors.js';
import { ContactLines } from './contact-lines.js';
import type { Damage } from './damage.js';
import { Document } from './document.js';
import { identityOf } from './file-identity.js';
import { confirmReplaced, type Files } from './files.js';
import type { Header } from './header.js';
import { type Lock, renameIfThere } from './lock.js';
import { placeEmpty } from './place-empty.js';
import { headerBefore, readDocument, readHeaderAlone } from './read-document.js';
import {
  buildIndex,
  changesOf,
  followChange,
  type OpenIndex,
  openIndex,
  removeIndex,
  unlessFailing,
} from './search-index/access.js';
import type { PlannedChanges } from './search-index/changes.js';
import type { StorePaths } from './store-paths.js';
import { attempt, attemptLong, tryTo, unless } from './system-error.js';
import { type Written, writeAside } from './write-aside.js';

const readableByOthers = 0o044;
const readableByAll = 0o004;
const writableByAnybody = 0o222;

export interface StoreFileOptions {
  readonly files: Files;
  readonly paths: StorePaths;
  /** The file that is read, where it is not the store itself but a backup of it. */
  readonly path?: string;
  readonly damage: Damage;
  readonly warn?: (message: string) => void;
  /** From how many bytes on `read` keeps an index of the file, and uses it; not at all where absent. */
  readonly indexedFrom?: number;
  /** It lies in a folder that a group shares, whose members are no others. */
  readonly isShared?: boolean;
}

/** How a state is to be written. */
export interface Replacement {
  /** Where the file that is replaced is kept, itself replacing what is there. */
  readonly keepAs: string;
  /** When the change was made, UTC, ISO 8601: the file bears this time, which tells it from one that others wrote to. */
  readonly at: string;
  /** What leads to the state from the one that was read, for the index of that; absent where it is to follow nothing. */
  readonly change?: { readonly before: Document; readonly edits: readonly Edit[] };
  /** Held by whoever writes. */
  readonly lock: Pick<Lock, 'token' | 'assertHeld'>;
  /** Is called as soon as the state is in the file's place. */
  readonly replaced: () => void;
}

/**
 * The store's file as lowdb reads and writes it. It is read lazily, so it stays open until `close`; it is replaced whole,
 * and only if it still is what was read.
 */
export class StoreFile implements Adapter<Document> {
  readonly path: string;
  readonly #options: StoreFileOptions;
  #replacement: Replacement | undefined;
  #open: number | undefined;
  #status: BigIntStats | undefined;
  #replaced = false;
  #begun = false;
  #index: OpenIndex | undefined;
  #written: Written<PlannedChanges | undefined> | undefined;

  constructor(options: StoreFileOptions) {
    this.#options = options;
    this.path = options.path ?? options.paths.store;
  }

  /** The error for damage to the file. */
  get damage(): Damage {
    return this.#options.damage;
  }

  /** The file's status when it was read; `undefined` where it was not there. */
  get status(): BigIntStats | undefined {
    return this.#status;
  }

  /** When the file was last written, UTC, ISO 8601. */
  get writtenAt(): string {
    // To the nearest millisecond: the system rounds the time that it was told.
    return new Date(Number(((this.#status?.mtimeNs ?? 0n) + 500_000n) / 1_000_000n)).toISOString();
  }

  /** `write` has put another file in its place. */
  get replaced(): boolean {
    return this.#replaced;
  }

  /**
   * The state that the file holds, or `null` where there is none. Of a large file that has not changed since its index
   * was built no more is read than is asked for; without an index it is read whole, and the index is built.
   *
   * @throws StoreError where it is damaged, or cannot be read
   */
  async read(): Promise<Document | null> {
    this.#openFile();
    const { indexedFrom = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#status === undefined || Number(this.#status.size) < indexedFrom) return this.loadOpen();
    const known = await this.#loadIndexed();
    if (known) return known;
    const document = this.loadOpen();
    return (document && (await this.#indexed(document))) ?? document;
  }

  /** The state that the file holds, read whole and at once. */
  load(): Document | null {
    this.#openFile();
    return this.loadOpen();
  }

  /** What `load` gives, of the file as it was opened. */
  loadOpen(): Document | null {
    return this.#reading(readDocument);
  }

  /** The header alone of the state that `load` gives. */
  loadHeader(): Header | null {
    this.#openFile();
    return this.#reading(readHeaderAlone);
  }

  /** Tells the index of the state that `write` has put in the place of another; nothing where there is no index. */
  async updateIndex(): Promise<void> {
    const { files, paths } = this.#options;
    const { prepared, ino, size } = this.#written ?? {};
    const status = prepared && unlessFailing(() => files.status(this.path));
    // Another program may have replaced it since, or written to it.
    if (prepared === undefined || status?.ino !== ino || status?.size !== size) return;
    if (status) await followChange(files, paths, prepared, status);
  }

  /** Removes an index that something is wrong with. */
  dropIndex(): void {
    removeIndex(this.#options.files, this.#options.paths);
  }

  /**
   * Looks whether the file may be written, since a new one could take its place all the same.
   *
   * @throws StoreError where it may not
   */
  assertWritable(): void {
    if (this.#status === undefined) return;
    const mode = Number(this.#status.mode) & 0o777;
    // Root may write to any file; a mode that lets nobody write is meant for root too.
    if ((mode & writableByAnybody) === 0) {
      throw new StoreError(
        `${this.path} cannot be written: nobody may write to it (mode ${mode.toString(8)}). Nothing was changed.`,
        `\`chmod u+w '${this.path}'\` lets its owner write.`,
      );
    }
    const { files } = this.#options;
    attempt('written', this.path, () => files.close(files.open(this.path, 'r+')));
  }

  /**
   * Puts an empty state where there is no file yet, to be replaced by the first one.
   *
   * @throws ConflictError where another program has put a file there since
   */
  begin(lock: Pick<Lock, 'token' | 'assertHeld'>): void {
    const { files, paths } = this.#options;
    attempt('written', this.path, () => {
      if (!placeEmpty(files, paths, lock)) throw this.#conflict();
      this.#status = files.status(this.path);
    });
    this.#begun = true;
  }

  /** Says how the next state is to be written, which has to be known before `write`. */
  prepare(replacement: Replacement): void {
    this.#replacement = replacement;
  }

  /**
   * Puts a state in the file's place: written aside, synced, and renamed; what was there is kept.
   *
   * @throws ConflictError where another program changed the file since it was read; nothing was written
   * @throws StoreError where the system refuses; nothing was changed
   */
  async write(document: Document): Promise<void> {
    const { files, paths } = this.#options;
    if (this.#replacement === undefined) throw new Error('Nobody said how the state is to be written.');
    const { lock, keepAs, replaced } = this.#replacement;
    const { token, assertHeld } = lock;
    const temporary = paths.temporary(token);
    const temporaryLink = paths.temporary(`${token}-old`);
    try {
      await this.#writeAside(document, temporary);
      assertHeld();
      this.#assertUnchanged();
      attempt('written', this.path, () => {
        if (this.#status && !this.#begun) this.#keep(keepAs, temporaryLink);
        renameIfThere(files, temporary, this.path, lock);
        this.#replaced = true;
        replaced();
      });
    } catch (error) {
      for (const left of [temporary, temporaryLink]) tryTo(() => files.remove(left));
      throw error;
    }
    confirmReplaced(files, this.path);
  }

  close(): void {
    this.#index?.close();
    const file = this.#open;
    this.#open = undefined;
    if (file !== undefined) tryTo(() => this.#options.files.close(file));
  }

  #reading<Part>(read: (files: Files, file: number, path: string, damage: Damage) => Part): Part | null {
    const file = this.#open;
    if (file === undefined) return null;
    return attempt('read', this.path, () => read(this.#options.files, file, this.path, this.#damageOrConflict));
  }

  readonly #damageOrConflict: Damage = (...values) =>
    this.#open !== undefined && this.#isChanged(this.#open) ? this.#conflict() : this.#options.damage(...values);

  /** The state as the index tells of it; `undefined` where no index fits the file. */
  async #loadIndexed(): Promise<Document | undefined> {
    const { files, paths } = this.#options;
    if (this.#open === undefined || this.#status === undefined) return undefined;
    const opened = await openIndex(files, paths, this.#status);
    if (opened === undefined) return undefined;
    this.#index = opened;
    const { index, revision } = opened;
    const end = unlessFailing(() => index.firstStart);
    if (end === undefined) return undefined;
    const header = this.#reading((_, file) => headerBefore(files, file, end, this.#damageOrConflict));
    if (header?.revision !== revision) return undefined;
    return new Document(
      header,
      undefined,
      new ContactLines(files, this.#open, index, this.path, this.#damageOrConflict),
      index,
    );
  }

  /** Builds the index of a state that was read whole, and gives the state with it; `undefined` where that fails. */
  async #indexed({ wholeLines, header, count }: Document): Promise<Document | undefined> {
    const { files, paths } = this.#options;
    if (wholeLines === undefined || this.#status === undefined || count === 0) return undefined;
    // One with a byte order mark is not as this program writes it.
    if (!this.#reading((_, file) => headerBefore(files, file, wholeLines.start(0), this.#damageOrConflict)))
      return undefined;
    const isBuilt = await buildIndex(files, paths, wholeLines, this.#status, header.revision);
    return isBuilt ? this.#loadIndexed() : undefined;
  }

  #openFile(): void {
    const { files, warn, isShared = false } = this.#options;
    const present = attempt('read', this.path, () => unless(['ENOENT'], () => files.status(this.path)));
    if (present === undefined) return;
    // Before it is opened: to open a pipe would wait for somebody to write into it.
    if (!present.isFile()) {
      const kind = present.isDirectory() ? 'a folder' : 'no regular file';
      throw new StoreError(`${this.path} is ${kind}, not a store.`, 'Name a file with --store or CONTACTS_STORE.');
    }
    const file = attempt('read', this.path, () => unless(['ENOENT'], () => files.open(this.path, 'r')));
    if (file === undefined) return;
    this.#open = file;
    this.#status = attempt('read', this.path, () => files.statusOf(file));
    const mode = Number(this.#status.mode) & 0o777;
    if (mode & (isShared ? readableByAll : readableByOthers)) {
      warn?.(`${this.path} can be read by other users (mode ${mode.toString(8)}); \`chmod 600\` makes it private.`);
    }
  }

  async #writeAside(document: Document, temporary: string): Promise<void> {
    const { files } = this.#options;
    const { at, change } = this.#replacement as Replacement;
    const aside = { temporary, path: this.path, replaced: this.#status, time: Date.parse(at) };
    const { header, count } = document;
    const next = { revision: header.revision, count };
    const index = change?.before.index;
    this.#written = await attemptLong('written', this.path, () =>
      writeAside(
        files,
        document,
        aside,
        index && ((placed) => changesOf(index, change.before, placed, change.edits, next)),
      ),
    );
  }

  #assertUnchanged(): void {
    const present = attempt('read', this.path, () => unless(['ENOENT'], () => this.#options.files.status(this.path)));
    if ((present && identityOf(present)) === (this.#status && identityOf(this.#status))) return;
    throw this.#conflict();
  }

  #conflict(): ConflictError {
    return new ConflictError(
      `${this.path} was changed by another program, nothing was written.`,
      'Run the command again; it will work on the file as it now is.',
    );
  }

  /** Somebody has written to the open file since it was opened. A new link to it, as a backup is one, does not count. */
  #isChanged(file: number): boolean {
    const { size, mtimeNs } = this.#options.files.statusOf(file);
    return size !== this.#status?.size || mtimeNs !== this.#status.mtimeNs;
  }

  /** Links the present file to another name. The link takes its place by a rename, so that one is there at any time. */
  #keep(keepAs: string, temporary: string): void {
    const { files } = this.#options;
    files.link(this.path, temporary);
    files.rename(temporary, keepAs);
    // Where both names are the same file already, the rename leaves both (POSIX).
    unless(['ENOENT'], () => files.remove(temporary));
  }
}
