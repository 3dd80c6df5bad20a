import type { BigIntStats } from 'node:fs';
import { basename, dirname, sep } from 'node:path';
import type { Files } from '../../../src/store/json/files.js';
import { systemError } from '../../store/json/faulty-files.js';

interface Status {
  readonly mode: number;
  readonly user: number;
  readonly group: number;
  /** Nanoseconds since 1970. */
  readonly written: bigint;
  readonly changed: bigint;
}

export interface FileNode extends Status {
  readonly kind: 'file';
  /** What a reader gets. */
  readonly bytes: Buffer;
  /** What the last sync made safe. */
  readonly safe: Buffer;
}

/** Names and the numbers of their nodes. */
export type Entries = ReadonlyMap<string, number>;

/** Names that are given to nodes, or taken away, together or not at all: two of them in a rename. */
export type Operation = readonly (readonly [name: string, node: number | undefined])[];

export interface FolderNode extends Status {
  readonly kind: 'folder';
  /** What the last sync made safe. */
  readonly safe: Entries;
  /** What was done since. */
  readonly pending: readonly Operation[];
}

/** Everything that is on a disk or on its way there, by the numbers of the nodes; a node is replaced, never altered. */
export type Nodes = ReadonlyMap<number, FileNode | FolderNode>;

export const root = 1;

/** The names in a folder once some operations are done. */
export const entriesAfter = (safe: Entries, operations: readonly Operation[]): Entries => {
  const entries = new Map(safe);
  for (const [name, node] of operations.flat()) {
    if (node === undefined) entries.delete(name);
    else entries.set(name, node);
  }
  return entries;
};

const step = 1_000_000n;

/**
 * A disk in memory that knows what a sync has made safe, and what a failure of the power could still undo. It has no
 * symbolic links, and renames within one folder only.
 */
export class Disk {
  #nodes: Map<number, FileNode | FolderNode>;
  readonly #open = new Map<number, { readonly node: number; position: number }>();
  #now = BigInt(Date.parse('2026-11-24T12:00:00.000Z')) * step;
  #next: number;

  /** @param nodes what is on the disk; none without them */
  constructor(nodes?: Nodes) {
    this.#nodes = new Map(nodes);
    if (nodes === undefined)
      this.#nodes.set(root, { kind: 'folder', ...this.#status(0o755), safe: new Map(), pending: [] });
    this.#next = Math.max(...this.#nodes.keys()) + 1;
    this.#now += BigInt(this.#next) * 1000n * step;
  }

  /** What is on the disk now. */
  get nodes(): Nodes {
    return new Map(this.#nodes);
  }

  readonly files: Files = {
    open: (path, flags, mode = 0o600) => {
      const found = this.#find(path);
      if (flags === 'wx' || flags === 'wx+') {
        if (found !== undefined) throw systemError('EEXIST', 'open');
        return this.#opened(this.#make(path, { kind: 'file', ...this.#status(mode), ...emptyFile }));
      }
      if (flags !== 'r' && flags !== 'r+') throw new Error(`The disk opens no file with ${flags}.`);
      if (found === undefined) throw systemError('ENOENT', 'open');
      return this.#opened(found);
    },
    close: (file) => {
      this.#openFile(file);
      this.#open.delete(file);
    },
    read: (file, buffer, offset, length, position) => {
      const { bytes } = this.#file(this.#openFile(file).node);
      return bytes.copy(buffer, offset, position, position + length);
    },
    write: (file, buffer, offset, length) => {
      const opened = this.#openFile(file);
      const node = this.#file(opened.node);
      const bytes = Buffer.alloc(Math.max(node.bytes.length, opened.position + length));
      node.bytes.copy(bytes);
      buffer.copy(bytes, opened.position, offset, offset + length);
      opened.position += length;
      this.#alter(opened.node, { ...node, bytes, written: this.#tick() });
      return length;
    },
    sync: (file) => {
      const { node: number } = this.#openFile(file);
      const node = this.#node(number);
      this.#nodes.set(
        number,
        node.kind === 'file'
          ? { ...node, safe: node.bytes }
          : { ...node, safe: entriesAfter(node.safe, node.pending), pending: [] },
      );
    },
    startSync: async (file) => {
      // What is done meanwhile finds the disk as it was.
      await new Promise(setImmediate);
      this.files.sync(file);
    },
    changeMode: (file, mode) => this.#change(file, { mode }),
    changeOwner: (file, user, group) => this.#change(file, { user, group }),
    changeTime: (file, time) => this.#change(file, { written: BigInt(time) * step }),
    statusOf: (file) => this.#statusOf(this.#openFile(file).node),
    status: (path) => this.#statusOf(this.#found(path, 'stat')),
    list: (folder) => [...this.#entries(this.#found(folder, 'scandir')).keys()],
    makeFolder: (path, mode) => {
      if (this.#find(path) !== undefined) return undefined;
      const above = this.files.makeFolder(dirname(path), mode);
      this.#make(path, { kind: 'folder', ...this.#status(mode), safe: new Map(), pending: [] });
      return above ?? path;
    },
    link: (existing, path) => {
      const node = this.#found(existing, 'link');
      if (this.#find(path) !== undefined) throw systemError('EEXIST', 'link');
      this.#operate(dirname(path), [[basename(path), node]]);
      this.#alter(node, this.#node(node));
    },
    rename: (from, to) => {
      const node = this.#found(from, 'rename');
      if (dirname(from) !== dirname(to)) throw systemError('EXDEV', 'rename');
      // Where both names are the same file already, both stay (POSIX).
      if (this.#find(to) === node) return;
      this.#operate(dirname(to), [
        [basename(from), undefined],
        [basename(to), node],
      ]);
      this.#alter(node, this.#node(node));
    },
    remove: (path) => {
      const node = this.#found(path, 'unlink');
      this.#operate(dirname(path), [[basename(path), undefined]]);
      this.#alter(node, this.#node(node));
    },
    removeFolder: (path) => {
      if (this.#find(path) !== undefined) this.#operate(dirname(path), [[basename(path), undefined]]);
    },
    realPath: (path) => {
      this.#found(path, 'realpath');
      return path;
    },
    readLink: (path) => {
      this.#found(path, 'readlink');
      throw systemError('EINVAL', 'readlink');
    },
  };

  #tick(): bigint {
    this.#now += step;
    return this.#now;
  }

  #status(mode: number): Status {
    const now = this.#tick();
    return { mode, user: 1000, group: 1000, written: now, changed: now };
  }

  #node(number: number): FileNode | FolderNode {
    const node = this.#nodes.get(number);
    if (node === undefined) throw new Error(`There is no node ${number}.`);
    return node;
  }

  #file(number: number): FileNode {
    const node = this.#node(number);
    if (node.kind === 'folder') throw systemError('EISDIR', 'read');
    return node;
  }

  #entries(number: number): Entries {
    const node = this.#node(number);
    if (node.kind === 'file') throw systemError('ENOTDIR', 'open');
    return entriesAfter(node.safe, node.pending);
  }

  #find(path: string): number | undefined {
    let found: number | undefined = root;
    for (const name of path.split(sep).filter((part) => part !== '')) {
      if (found !== undefined) found = this.#entries(found).get(name);
    }
    return found;
  }

  #found(path: string, call: string): number {
    const found = this.#find(path);
    if (found === undefined) throw systemError('ENOENT', call);
    return found;
  }

  #operate(folder: string, operation: Operation): void {
    const number = this.#found(folder, 'open');
    const node = this.#node(number);
    if (node.kind === 'file') throw systemError('ENOTDIR', 'open');
    this.#alter(number, { ...node, pending: [...node.pending, operation] });
  }

  #make(path: string, node: FileNode | FolderNode): number {
    const number = this.#next++;
    this.#nodes.set(number, node);
    this.#operate(dirname(path), [[basename(path), number]]);
    return number;
  }

  #alter(number: number, node: FileNode | FolderNode): void {
    this.#nodes.set(number, { ...node, changed: this.#tick() });
  }

  #change(file: number, status: Partial<Status>): void {
    const { node } = this.#openFile(file);
    this.#alter(node, { ...this.#node(node), ...status });
  }

  #opened(node: number): number {
    const file = this.#next++;
    this.#open.set(file, { node, position: 0 });
    return file;
  }

  #openFile(file: number): { readonly node: number; position: number } {
    const opened = this.#open.get(file);
    if (opened === undefined) throw systemError('EBADF', 'read');
    return opened;
  }

  #statusOf(number: number): BigIntStats {
    const node = this.#node(number);
    const isFile = node.kind === 'file';
    return {
      dev: 1n,
      ino: BigInt(number),
      mode: BigInt(node.mode),
      uid: BigInt(node.user),
      gid: BigInt(node.group),
      size: BigInt(isFile ? node.bytes.length : 0),
      mtimeNs: node.written,
      ctimeNs: node.changed,
      isFile: () => isFile,
      isDirectory: () => !isFile,
    } as BigIntStats;
  }
}

const emptyFile = { bytes: Buffer.alloc(0), safe: Buffer.alloc(0) };
