import { basename, join } from 'node:path';
import { type Change, type ChangeSummary, countsOfEdits, type Edit } from '../../contacts/change.js';
import { Creation } from '../../contacts/creation.js';
import type { Settings } from '../../contacts/settings.js';
import { StoreError } from '../../errors.js';
import type { EditSelection, LoggedEdit } from '../store.js';
import { type Files, makeFolder, syncFolder, withFile } from './files.js';
import { type Lock, renameIfThere } from './lock.js';
import { Output } from './output.js';
import { attempt, tryTo, unless } from './system-error.js';
import { linesOf } from './whole-lines.js';

/** How much history is kept where the settings do not say. */
export const defaultLimits = { changes: 100, bytes: 256 * 2 ** 20 };

/** The first line of a change's file; each further line is an edit. */
interface EntryHeader extends Omit<ChangeSummary, 'undone'> {
  /** The store's revision that the change led to. */
  readonly revision: number;
  readonly settings?: { readonly before: Settings; readonly after: Settings };
  /** Of the lock under which it was written. */
  readonly token?: string;
}

/** A change's file, as its name tells of it. */
export interface HistoryFile {
  readonly path: string;
  readonly id: string;
  readonly revision: number;
}

/** How the name of a change's file begins while it is being written. */
const preparedStart = 'preparing-';

const fileName = /^(\d{10,})-(.+)\.jsonl$/;

const isHeader = (value: unknown): value is EntryHeader =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'at', 'by', 'command', 'summary'].every(
    (key) => typeof (value as Record<string, unknown>)[key] === 'string',
  ) &&
  ['created', 'updated', 'deleted', 'revision'].every((key) =>
    Number.isInteger((value as Record<string, unknown>)[key]),
  );

/** Writes an edit as a line, without making the contact of one that is kept as JSON. */
const writeLine = (output: Output, edit: Edit): void => {
  if (edit instanceof Creation) {
    output.text('{"after":');
    output.bytes(edit.bytes);
    output.text('}\n');
  } else output.text(`${JSON.stringify(edit)}\n`);
};

const headerOf = (change: Change, revision: number, token: string): EntryHeader => {
  const { edits, ...rest } = change;
  return {
    ...rest,
    ...countsOfEdits(edits),
    revision,
    token,
  };
};

const summaryOf = (header: EntryHeader, undone: boolean): ChangeSummary => {
  const { id, at, by, command, summary, undoes, created, updated, deleted } = header;
  return { id, at, by, command, summary, ...(undoes && { undoes }), created, updated, deleted, undone };
};

const unreadable = (path: string) =>
  new StoreError(`${path} is no change in JSON.`, 'Run `contacts store check`; `contacts store repair` sets it aside.');

const parse = (path: string, line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    throw unreadable(path);
  }
};

/** @throws StoreError where the first line of a change's file is none */
const headerIn = (path: string, line: string): EntryHeader => {
  const header = parse(path, line);
  if (!isHeader(header)) throw unreadable(path);
  return header;
};

const isReadable = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.cause === undefined) return false;
    throw error;
  }
};

/**
 * The changes that were made, one file each in a folder of their own, named by the revision that the change led to and
 * by its id. A file whose revision the store never reached belongs to a change that was not made.
 */
export class History {
  readonly #files: Files;
  readonly #folder: string;
  readonly #warn: (message: string) => void;

  constructor(files: Files, folder: string, warn: (message: string) => void = () => {}) {
    this.#files = files;
    this.#folder = folder;
    this.#warn = warn;
  }

  /** The files of the changes up to a revision, oldest first. */
  list(reached: number): readonly HistoryFile[] {
    return this.#all().filter(({ revision }) => revision <= reached);
  }

  /** The latest revision that a change was to lead to, whether it did or not; 0 without any. */
  latestRevision(): number {
    return this.#all().at(-1)?.revision ?? 0;
  }

  /** What a change's file says, without its edits. */
  header({ path }: HistoryFile): EntryHeader {
    return attempt('read', path, () =>
      withFile(this.#files, path, 'r', (open) => {
        const [line = ''] = linesOf(this.#files, open);
        return headerIn(path, line);
      }),
    );
  }

  /** The ids of the changes up to a revision that are newer than one and cannot be read. */
  unreadableSince(change: string, reached: number): readonly string[] {
    const changes = this.list(reached);
    return changes
      .slice(changes.findIndex(({ id }) => id === change) + 1)
      .filter((file) => unless(['ENOENT'], () => isReadable(() => this.header(file))) === false)
      .map(({ id }) => id);
  }

  /** The log up to a revision, newest first; a change that cannot be read is left out, with a warning. */
  summaries(reached: number): readonly ChangeSummary[] {
    const undone = new Set<string>();
    return this.list(reached)
      .toReversed()
      .flatMap((file) => {
        // Another process may have removed the oldest while we read.
        const header = this.#readable(file, () => this.header(file));
        if (header === undefined) return [];
        const isUndone = undone.has(header.id);
        if (header.undoes !== undefined && !isUndone) undone.add(header.undoes);
        return [summaryOf(header, isUndone)];
      });
  }

  /**
   * A change whole.
   *
   * @throws StoreError where it cannot be read, or some of its edits are missing
   */
  change(file: HistoryFile): Change {
    return attempt('read', file.path, () => {
      const { id, at, by, command, summary, undoes, settings } = this.header(file);
      const edits = [...this.edits(file)];
      return { id, at, by, command, summary, ...(undoes && { undoes }), edits, ...(settings && { settings }) };
    });
  }

  /**
   * The edits of a change, one after the other.
   *
   * @param mentioning only those in whose line this text stands
   * @throws StoreError where the file cannot be read, or some of its edits are missing
   */
  *edits({ path }: HistoryFile, mentioning?: string): Generator<Edit, void> {
    const open = attempt('read', path, () => this.#files.open(path, 'r'));
    try {
      const [first = ''] = linesOf(this.#files, open);
      const { created, updated, deleted } = headerIn(path, first);
      let count = 0;
      for (const line of linesOf(this.#files, open, Buffer.byteLength(first) + 1, mentioning)) {
        count += 1;
        yield parse(path, line) as Edit;
      }
      if (mentioning === undefined && count !== created + updated + deleted) throw unreadable(path);
    } finally {
      tryTo(() => this.#files.close(open));
    }
  }

  /**
   * The edits of the changes up to a revision, those of the newest change first.
   *
   * @throws StoreError where a change cannot be read
   */
  *eachEdit(reached: number, { change, mentioning, deletions = false }: EditSelection): Generator<LoggedEdit, void> {
    for (const file of this.list(reached).toReversed()) {
      if (change !== undefined && file.id !== change) continue;
      // Another process may have removed the oldest while we read.
      const header = this.#readable(file, () => this.header(file));
      if (header === undefined || (deletions && header.deleted === 0)) continue;
      try {
        for (const edit of this.edits(file, mentioning && JSON.stringify(mentioning))) {
          if (!deletions || edit.after === undefined) yield { change: file.id, edit };
        }
      } catch (error) {
        if (change !== undefined) throw error;
        this.#leaveOut(file, error);
      }
    }
  }

  /**
   * Writes a change and makes it safe on the disk; the path of its file. It is prepared under another name first: a
   * writer that holds the lock no longer finds that name gone.
   *
   * @param lock the lock that the writer holds
   * @throws ConflictError where it holds it no longer
   */
  write(change: Change, revision: number, lock: Pick<Lock, 'token' | 'assertHeld'>): string {
    const path = join(this.#folder, `${String(revision).padStart(10, '0')}-${change.id}.jsonl`);
    const prepared = this.preparedBy(lock.token);
    try {
      attempt('written', path, () => {
        makeFolder(this.#files, this.#folder, 0o700);
        withFile(this.#files, prepared, 'wx', (open) => {
          const output = new Output(this.#files, open);
          output.text(`${JSON.stringify(headerOf(change, revision, lock.token))}\n`);
          for (const edit of change.edits) writeLine(output, edit);
          output.flush();
          this.#files.sync(open);
        });
        lock.assertHeld();
        renameIfThere(this.#files, prepared, path, lock);
        syncFolder(this.#files, this.#folder);
      });
    } catch (error) {
      this.remove(prepared);
      this.remove(path);
      throw error;
    }
    return path;
  }

  /** The files of changes that were being written and have not got their names. */
  prepared(): readonly string[] {
    return this.#names().flatMap((name) => (name.startsWith(preparedStart) ? [join(this.#folder, name)] : []));
  }

  /** The file of the change that the holder of a lock is writing. */
  preparedBy(token: string): string {
    return join(this.#folder, `${preparedStart}${token}`);
  }

  /** Removes the file of a change that was not made after all; where that fails, the next writer sweeps it. */
  remove(path: string): void {
    tryTo(() => this.#files.remove(path));
  }

  /**
   * Whether there are more changes beyond a revision than one that a process may have died of making: then the store is
   * an older copy.
   */
  goesOn(reached: number): boolean {
    const beyond = this.#all().filter(({ revision }) => revision > reached);
    // A restore may leave a revision out.
    return beyond.length > 1 || beyond.some(({ revision }) => revision > reached + 2);
  }

  /**
   * Removes the file of a change that was not made, since the store did not reach its revision. What such a store cannot
   * have left is kept aside: somebody may have put an older copy in its place.
   *
   * @param keepAs where a folder of such changes is kept; absent where a copy that was not finished left them
   */
  sweep(reached: number, { assertHeld }: Pick<Lock, 'assertHeld'>, keepAs: string | undefined): void {
    const left = this.#all().filter(({ revision }) => revision > reached);
    if (left.length === 0) return;
    const isKept = keepAs !== undefined && this.goesOn(reached);
    // By now the lock may be another's, who has just written one of these.
    assertHeld();
    if (isKept) attempt('written', this.#folder, () => this.#keep(left, keepAs));
    else for (const { path } of left) tryTo(() => this.#files.remove(path));
  }

  /** Removes the oldest changes beyond the limits; the newest stays in any case. */
  prune({ changes = defaultLimits.changes, bytes = defaultLimits.bytes }: NonNullable<Settings['history']>): void {
    let kept = 0;
    let size = 0;
    for (const { path } of this.#all().toReversed()) {
      kept += 1;
      size += this.#sizeOf(path);
      if (kept > 1 && (kept > changes || size > bytes)) tryTo(() => this.#files.remove(path));
    }
  }

  /** Bytes of all changes. */
  size(): number {
    return this.#all().reduce((size, { path }) => size + this.#sizeOf(path), 0);
  }

  /** Removes all changes, for good: a failure of the power does not bring them back. */
  erase(): void {
    const all = this.#all();
    for (const { path } of all) this.#files.remove(path);
    if (all.length > 0) syncFolder(this.#files, this.#folder);
  }

  #keep(changes: readonly HistoryFile[], folder: string): void {
    makeFolder(this.#files, folder, 0o700);
    for (const { path } of changes) this.#files.rename(path, join(folder, basename(path)));
    syncFolder(this.#files, folder);
  }

  /** What is read of a change's file; `undefined`, and a warning, where it cannot be read, so that the others can. */
  #readable<Part>(file: HistoryFile, read: () => Part): Part | undefined {
    try {
      return unless(['ENOENT'], read);
    } catch (error) {
      this.#leaveOut(file, error);
      return undefined;
    }
  }

  #leaveOut({ id }: HistoryFile, error: unknown): void {
    if (!(error instanceof StoreError)) throw error;
    this.#warn(`The change ${id} is left out: ${error.message} See \`contacts store check\`.`);
  }

  #sizeOf(path: string): number {
    return Number(unless(['ENOENT'], () => this.#files.status(path).size) ?? 0);
  }

  /** All files, oldest first. */
  #all(): readonly HistoryFile[] {
    return this.#names()
      .flatMap((name) => {
        const [, revision, id] = fileName.exec(name) ?? [];
        return revision && id ? [{ path: join(this.#folder, name), id, revision: Number(revision) }] : [];
      })
      .toSorted((a, b) => a.revision - b.revision);
  }

  #names(): readonly string[] {
    return attempt('read', this.#folder, () => unless(['ENOENT'], () => this.#files.list(this.#folder))) ?? [];
  }
}
