import { ConflictError, NotFoundError } from '../../errors.js';
import type { RestorePoint } from '../store.js';
import { applyPlan, inverse } from './apply-plan.js';
import { damageOf, readable } from './damage.js';
import type { Document } from './document.js';
import { faultsOf } from './faults.js';
import type { Files } from './files.js';
import type { History, HistoryFile } from './history.js';
import { StoreFile } from './store-file.js';
import type { StorePaths } from './store-paths.js';
import { attempt, unless } from './system-error.js';

/** What the states of a store are worked out from. */
export interface StateSources {
  readonly files: Files;
  readonly paths: StorePaths;
  readonly history: History;
}

/** A point with the state itself, which is worked out when it is asked for. */
interface Restorable extends RestorePoint {
  readonly document: () => Document;
}

/** Every state of a store that can be worked out, while the files that hold them are open. */
export interface States {
  /** What the store holds, where every line of it is sound. */
  readonly present: Document | undefined;
  /** The exact last state: the present one, else the backup with the newest change. */
  readonly last: Document | undefined;
  /** The revision of what the store holds, where its header is sound. */
  readonly reached: number | undefined;
  /** The highest revision that any of the files tells of. */
  readonly revision: number;
  /** What a process left of a change that it died of writing, where nothing else stands in the way of the last state. */
  readonly torn: HistoryFile | undefined;
  readonly points: readonly RestorePoint[];
  /** @throws NotFoundError where there is no such point */
  state(name: string): Document;
}

const noHint = () => '';

const isSound = (document: Document): boolean => faultsOf(document, damageOf('', noHint)).next().done === true;

/** The state after a change, or before it; `undefined` where the change is unreadable, or does not fit the state. */
const shifted = (document: Document, history: History, file: HistoryFile, back: boolean): Document | undefined => {
  const change = readable(() => history.change(file));
  if (change === undefined) return undefined;
  const { edits, settings } = change;
  const plan = {
    edits: back ? inverse(edits) : edits,
    ...(settings && { settings: back ? settings.before : settings.after }),
  };
  try {
    return applyPlan(document, plan, file.revision - (back ? 1 : 0))?.document ?? document;
  } catch (error) {
    if (error instanceof ConflictError) return undefined;
    throw error;
  }
};

/** The changes that lead back from a revision without a gap, newest first. */
const chainFrom = (changes: readonly HistoryFile[], revision: number): readonly HistoryFile[] => {
  const newest = changes.toReversed().filter((change) => change.revision <= revision);
  const gap = newest.findIndex((change, index) => change.revision !== revision - index);
  return gap < 0 ? newest : newest.slice(0, gap);
};

/** The state before the last of the changes, which lead back from a state without a gap. */
const rollBack = (from: Document, history: History, changes: readonly HistoryFile[]): Document => {
  let state = from;
  for (const change of changes) {
    const before = shifted(state, history, change, true);
    if (before === undefined) {
      throw new ConflictError(`The change ${change.id} does not fit the store.`, 'Restore a later state.');
    }
    state = before;
  }
  return state;
};

/** The changes without the newest, where that cannot be read: a process that died while it wrote it left it torn. */
const withoutTorn = (history: History, changes: readonly HistoryFile[]): readonly HistoryFile[] => {
  const newest = changes.at(-1);
  return newest && readable(() => history.change(newest)) === undefined ? changes.slice(0, -1) : changes;
};

/** The state after the newest of the changes that follow a state without a gap; `undefined` where one is missing. */
const rollForward = (from: Document, history: History, changes: readonly HistoryFile[]): Document | undefined => {
  const first = from.header.revision + 1;
  const following = changes.filter(({ revision }) => revision >= first);
  if (following.length === 0 || following.some(({ revision }, index) => revision !== first + index)) return undefined;
  let state: Document | undefined = from;
  for (const change of following) state &&= shifted(state, history, change, false);
  return state;
};

interface Backup {
  readonly document: Document;
  readonly at: string;
}

const restorables = (
  history: History,
  changes: readonly HistoryFile[],
  present: Document | undefined,
  latest: Document | undefined,
  backup: Backup | undefined,
): readonly Restorable[] => {
  const points: Restorable[] = [];
  const newest = changes.at(-1);
  if (latest && newest) {
    const { at } = history.header(newest);
    points.push({ name: 'latest', at, contacts: latest.count, document: () => latest });
  }
  if (backup) {
    const { document, at } = backup;
    points.push({ name: 'backup', at, contacts: document.count, document: () => document });
  }
  const base = present ?? latest ?? backup?.document;
  if (base === undefined) return points;
  const chain = chainFrom(changes, base.header.revision);
  let contacts = base.count;
  for (const [index, change] of chain.entries()) {
    const header = readable(() => history.header(change));
    if (header === undefined) break;
    const { id, at, created, deleted } = header;
    contacts += deleted - created;
    points.push({ name: id, at, contacts, document: () => rollBack(base, history, chain.slice(0, index + 1)) });
  }
  return points;
};

/** Works with the states of a store: the present one, the backup's, and those that the history leads to. */
export const withStates = async <Result>(
  sources: StateSources,
  work: (states: States) => Result | Promise<Result>,
): Promise<Result> => {
  const { files, paths, history } = sources;
  const open = (path: string) => new StoreFile({ files, paths, path, damage: damageOf(path, noHint) });
  const presentFile = open(paths.store);
  const headerFile = open(paths.store);
  const backupFile = open(paths.backup);
  try {
    const read = readable(() => presentFile.load());
    const present = read && isSound(read) ? read : undefined;
    const document = readable(() => backupFile.load());
    const backup = document && isSound(document) ? { document, at: backupFile.writtenAt } : undefined;
    const reached = readable(() => headerFile.loadHeader())?.revision;
    const listed = history.list(reached ?? Number.POSITIVE_INFINITY);
    const whole = reached === undefined ? withoutTorn(history, listed) : listed;
    const latest = present || !backup ? undefined : rollForward(backup.document, history, whole);
    const changes = latest ? whole : listed;
    const torn = changes === listed ? undefined : listed.at(-1);
    const points = restorables(history, changes, present, latest, backup);
    return await work({
      present,
      last: present ?? latest,
      reached,
      torn,
      revision: Math.max(
        reached ?? 0,
        document?.header.revision ?? 0,
        torn ? torn.revision - 1 : history.latestRevision(),
      ),
      points: points.map(({ name, at, contacts }) => ({ name, at, contacts })),
      state: (name) => {
        const point = points.find((candidate) => candidate.name === name);
        if (point) return point.document();
        const names = points.map((candidate) => candidate.name).join(', ');
        throw new NotFoundError(
          `There is no state ${name} to restore.`,
          names === '' ? 'Neither a backup nor a history lies beside the store.' : `There are: ${names}.`,
        );
      },
    });
  } finally {
    presentFile.close();
    headerFile.close();
    backupFile.close();
  }
};

/** What to do about a damaged store: the last good copy, and how it is brought back. */
export const lastGoodCopy = ({ files, paths, history }: StateSources): string => {
  const backupFile = new StoreFile({ files, paths, path: paths.backup, damage: damageOf(paths.backup, noHint) });
  try {
    const backup = readable(() => backupFile.load());
    if (!backup) return 'There is no good copy beside it; bring back one of your own.';
    const { revision } = backup.header;
    const changes = withoutTorn(history, readable(() => history.list(Number.POSITIVE_INFINITY)) ?? []);
    const following = changes.filter((change) => change.revision > revision);
    const whole = following.every((change, index) => change.revision === revision + 1 + index);
    const headers = (whole && readable(() => following.map((change) => history.header(change)))) || [];
    const contacts = headers.reduce((sum, { created, deleted }) => sum + created - deleted, backup.count);
    const at = headers.at(-1)?.at ?? backupFile.writtenAt;
    return `The last good copy has ${contacts} ${contacts === 1 ? 'contact' : 'contacts'}, of ${at}; \`contacts store restore\` brings it back.`;
  } finally {
    backupFile.close();
  }
};

/** Bytes of a file; 0 where it is not there. */
export const sizeOf = (files: Files, path: string): number =>
  Number(attempt('read', path, () => unless(['ENOENT'], () => files.status(path).size)) ?? 0);
