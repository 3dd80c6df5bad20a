import { NotFoundError } from '../../errors.js';
import type { RestorePoint } from '../store.js';
import { applyPlan, inverse } from './apply-plan.js';
import { damageOf, readable } from './damage.js';
import { type Document, emptyDocument } from './document.js';
import { faultsOf } from './faults.js';
import type { Files } from './files.js';
import type { History, HistoryFile } from './history.js';
import { StoreFile } from './store-file.js';
import type { StorePaths } from './store-paths.js';
import { Track } from './track.js';

/** What the states of a store are worked out from. */
export interface StateSources {
  readonly files: Files;
  readonly paths: StorePaths;
  readonly history: History;
}

/** A state that the files lead to, which is made when it is asked for. */
interface Reached {
  readonly revision: number;
  readonly contacts: number;
  readonly document: () => Document;
}

/** A point with the state itself. */
interface Restorable extends RestorePoint {
  readonly document: () => Document;
}

/** Every state of a store that can be worked out, while the files that hold them are open. */
export interface States {
  /** What the store holds, where every line of it is sound. */
  readonly present: Document | undefined;
  /** The exact last state: the present one, else the one that the newest change leads to. */
  readonly last: Document | undefined;
  /** The revision of what the store holds, where its header is sound. */
  readonly reached: number | undefined;
  /** The highest revision that any of the files tells of. */
  readonly revision: number;
  /** The newest change, where it cannot be read and the store does not say whether it was made. */
  readonly torn: HistoryFile | undefined;
  readonly points: readonly RestorePoint[];
  /** @throws NotFoundError where there is no such point, StoreError where the backup is there and cannot be read */
  state(name: string): Document;
}

const noHint = () => '';

const isSound = (document: Document): boolean => faultsOf(document, damageOf('', noHint)).next().done === true;

/** The state after a change, or before it; the change has to fit the state. */
const shifted = (document: Document, history: History, file: HistoryFile, back: boolean): Document => {
  const { edits, settings } = history.change(file);
  const plan = {
    edits: back ? inverse(edits) : edits,
    ...(settings && { settings: back ? settings.before : settings.after }),
  };
  return applyPlan(document, plan, file.revision - (back ? 1 : 0))?.document ?? document;
};

/** The states that a state leads to, by one change after the other, as far as these can be read and fit. */
const reachedFrom = (
  base: Document,
  history: History,
  changes: readonly HistoryFile[],
  back: boolean,
): readonly Reached[] => {
  const track = new Track(base);
  const path: HistoryFile[] = [];
  const reached: Reached[] = [];
  const step = back ? -1 : 1;
  let revision = base.header.revision;
  for (;;) {
    const wanted = back ? revision : revision + 1;
    const change = changes.find((candidate) => candidate.revision === wanted);
    const edits = change && readable(() => history.change(change))?.edits;
    if (change === undefined || edits === undefined) return reached;
    if (!track.follow(back ? inverse(edits) : edits)) return reached;
    path.push(change);
    revision += step;
    const taken = [...path];
    const document = () => taken.reduce((state, file) => shifted(state, history, file, back), base);
    reached.push({ revision, contacts: track.count, document });
  }
};

/** The changes without the newest, where that cannot be read: a process that died while it wrote it left it torn. */
const withoutTorn = (history: History, changes: readonly HistoryFile[]): readonly HistoryFile[] => {
  const newest = changes.at(-1);
  return newest && readable(() => history.change(newest)) === undefined ? changes.slice(0, -1) : changes;
};

/** The changes without the newest ones that altered nothing, such as a restore of the latest state that a process died of. */
const withoutIdle = (history: History, changes: readonly HistoryFile[]): readonly HistoryFile[] => {
  const last = changes.findLastIndex((change) => {
    const header = readable(() => history.header(change));
    return header === undefined || header.settings || header.created + header.updated + header.deleted > 0;
  });
  return changes.slice(0, last + 1);
};

interface Backup {
  readonly document: Document;
  readonly at: string;
}

/** All states by their revision. Of several ways to one the first is taken: from the store, its backup, the beginning. */
const allStates = (
  history: History,
  changes: readonly HistoryFile[],
  present: Document | undefined,
  backup: Backup | undefined,
): ReadonlyMap<number, Reached> => {
  const states = new Map<number, Reached>();
  const add = (reached: readonly Reached[]): void => {
    for (const one of reached) if (!states.has(one.revision)) states.set(one.revision, one);
  };
  const known = ({ revision }: HistoryFile) => states.has(revision) && states.has(revision - 1);
  for (const base of [present, backup?.document, emptyDocument]) {
    if (base === undefined || changes.every(known)) continue;
    const itself = { revision: base.header.revision, contacts: base.count, document: () => base };
    if (base !== emptyDocument || changes[0]?.revision === 1) add([itself]);
    add(reachedFrom(base, history, changes, true));
    if (base !== present) add(reachedFrom(base, history, changes, false));
  }
  return states;
};

/** When each change was made; of one whose file cannot be read, when the one before it was; `''` where nobody knows. */
const timesOf = (history: History, changes: readonly HistoryFile[]): readonly string[] => {
  let last = '';
  return changes.map((change) => {
    last = readable(() => history.header(change))?.at ?? last;
    return last;
  });
};

const restorables = (
  history: History,
  changes: readonly HistoryFile[],
  states: ReadonlyMap<number, Reached>,
  present: Document | undefined,
  backup: Backup | undefined,
): readonly Restorable[] => {
  const points: Restorable[] = [];
  const times = timesOf(history, changes);
  const newest = changes.at(-1);
  const latest = newest && states.get(newest.revision);
  if (present === undefined && latest && latest.revision !== backup?.document.header.revision) {
    points.push({ name: 'latest', at: times.at(-1) ?? '', ...latest });
  }
  if (backup) {
    const { document, at } = backup;
    points.push({ name: 'backup', at, contacts: document.count, document: () => document });
  }
  for (const [index, { id, revision }] of [...changes.entries()].toReversed()) {
    const before = states.get(revision - 1);
    if (before) points.push({ name: id, at: times[index] ?? '', ...before });
  }
  return points;
};

const noSuchPoint = (name: string, points: readonly RestorePoint[]): NotFoundError => {
  const names = points.map((candidate) => candidate.name).join(', ');
  return new NotFoundError(
    `There is no state ${name} to restore.`,
    names === '' ? 'Neither a backup nor a history lies beside the store.' : `There are: ${names}.`,
  );
};

/** @throws StoreError where a file is there, and says what is wrong with it */
const refuseDamaged = (file: StoreFile, path: string): void => {
  const document = file.load();
  if (!document) return;
  for (const fault of faultsOf(document, damageOf(path, noHint))) throw fault;
};

/** Reads the states of a store; the files stay open until they are closed. */
const openStates = ({ files, paths, history }: StateSources): { readonly states: States; close(): void } => {
  const open = (path: string) => new StoreFile({ files, paths, path, damage: damageOf(path, noHint) });
  const opened = { present: open(paths.store), header: open(paths.store), backup: open(paths.backup) };
  const close = (): void => {
    for (const file of Object.values(opened)) file.close();
  };
  try {
    const read = readable(() => opened.present.load());
    const present = read && isSound(read) ? read : undefined;
    const document = readable(() => opened.backup.load());
    const backup = document && isSound(document) ? { document, at: opened.backup.writtenAt } : undefined;
    const reached = readable(() => opened.header.loadHeader())?.revision;
    const listed = history.list(reached ?? Number.POSITIVE_INFINITY);
    const whole = reached === undefined ? withoutTorn(history, listed) : listed;
    const torn = whole === listed ? undefined : listed.at(-1);
    const changes = reached === undefined ? withoutIdle(history, whole) : whole;
    const reachable = allStates(history, changes, present, backup);
    const newest = changes.at(-1)?.revision ?? 0;
    const points = restorables(history, changes, reachable, present, backup);
    const highest = torn ? torn.revision - 1 : history.latestRevision();
    const states: States = {
      present,
      last: present ?? (newest >= (reached ?? 0) ? reachable.get(newest)?.document() : undefined),
      reached,
      torn,
      revision: Math.max(reached ?? 0, document?.header.revision ?? 0, highest),
      points: points.map(({ name, at, contacts }) => ({ name, at, contacts })),
      state: (name) => {
        const point = points.find((candidate) => candidate.name === name);
        if (point) return point.document();
        if (name === 'backup') refuseDamaged(opened.backup, paths.backup);
        throw noSuchPoint(name, points);
      },
    };
    return { states, close };
  } catch (error) {
    close();
    throw error;
  }
};

/** Works with the states of a store: the present one, the backup's, and those that the history leads to. */
export const withStates = async <Result>(
  sources: StateSources,
  work: (states: States) => Result | Promise<Result>,
): Promise<Result> => {
  const { states, close } = openStates(sources);
  try {
    return await work(states);
  } finally {
    close();
  }
};

/** The newest state that can be brought back where the store is damaged or missing. */
const newestPoint = (sources: StateSources): RestorePoint | undefined => {
  const { states, close } = openStates(sources);
  close();
  return states.points[0];
};

/** What to do about a damaged store: the last good copy, and how it is brought back. */
export const lastGoodCopy = (sources: StateSources): string => {
  const point = newestPoint(sources);
  if (point === undefined) return 'There is no good copy beside it; bring back one of your own.';
  const { contacts, at } = point;
  return `The last good copy has ${contacts} ${contacts === 1 ? 'contact' : 'contacts'}, of ${at}; \`contacts store restore\` brings it back.`;
};
