import { Low } from 'lowdb';
import type { Change, Plan, Why } from '../../contacts/change.js';
import { AmbiguousError, StoreError } from '../../errors.js';
import { late } from '../../fields/late.js';
import { Unfinished } from '../../unfinished.js';
import { notEmpty } from '../not-empty.js';
import { loadSoundness } from '../soundness.js';
import type {
  ChangeOptions,
  ContactStore,
  Fault,
  Landing,
  OnLanding,
  PlanView,
  Repair,
  StoreFilling,
  StoreInfo,
  StoreView,
} from '../store.js';
import { type Applied, applyPlan, difference } from './apply-plan.js';
import { damageOf, readable } from './damage.js';
import { type Document, emptyDocument } from './document.js';
import { eraseKept, keepAside } from './erase.js';
import { checkStore, faultsOf, isDamage } from './faults.js';
import { type Files, systemFiles } from './files.js';
import { fillAside } from './fill.js';
import { emptyHeader, type Header } from './header.js';
import type { Beats } from './heartbeat.js';
import { History } from './history.js';
import { indexedView } from './indexed-view.js';
import { infoOf } from './info.js';
import type { Lock } from './lock.js';
import { missingStore, remainsOf } from './missing.js';
import { filesOfStore, isSharedFolder } from './ownership.js';
import { type Processes, systemProcesses } from './process-identity.js';
import { mendingOf, setDamagedAside } from './repair.js';
import { same } from './same.js';
import { ScratchFile } from './scratch-file.js';
import { unlessFailing } from './search-index/access.js';
import { lastGoodCopy, type States, withStates } from './states.js';
import { StoreFile } from './store-file.js';
import { storePaths } from './store-paths.js';
import { attempt, tryTo, unless } from './system-error.js';
import { type Swept, underLock } from './under-lock.js';
import { type LookingView, viewOf } from './view.js';

export interface JsonStoreOptions {
  /** Of the store's file, perhaps through symbolic links; it need not be there yet, nor its folder. */
  readonly path: string;
  readonly now: () => Date;
  /** Makes the ids of changes. */
  readonly newId: () => string;
  /** How long to wait for other writers, in milliseconds. */
  readonly lockTimeout: number;
  /** Takes what the user should know though nothing failed. */
  readonly warn: (message: string) => void;
  /** Is told of whatever lands in the store. */
  readonly landed?: OnLanding;
  /** What a signal undoes. */
  readonly unfinished?: Unfinished;
  readonly beats?: Beats;
  readonly files?: Files;
  readonly processes?: Processes;
  /** From how many bytes on the store has an index; smaller ones are read whole just as fast. */
  readonly indexedFrom?: number;
}

const indexedFromPreset = 1 << 18;

/**
 * The contacts in a JSON file, one on a line, with its history, its backup and its lock beside it.
 *
 * Readers work on the file as it was when they opened it and wait for nobody. Writers take turns under the lock, and put
 * a new file in the old one's place; so a reader, and whoever comes after a crash, sees the old state or the new one.
 */
export const openJsonStore = (options: JsonStoreOptions): ContactStore => {
  const {
    now,
    newId,
    files: ownFiles = systemFiles,
    processes = systemProcesses,
    indexedFrom = indexedFromPreset,
  } = options;
  const { landed = () => {} } = options;
  const paths = attempt('read', options.path, () => storePaths(ownFiles, options.path));
  const isShared = isSharedFolder(ownFiles, paths);
  const files = filesOfStore(ownFiles, paths, isShared);
  const warned = new Set<string>();
  const warn = (message: string): void => {
    if (!warned.has(message)) options.warn(message);
    warned.add(message);
  };
  const history = new History(files, paths.history, warn);
  const sources = { files, paths, history };

  const damage = damageOf(paths.store, () => lastGoodCopy(sources));
  const openFile = (): StoreFile => new StoreFile({ files, paths, warn, damage, indexedFrom, isShared });
  const openAnyway = (): StoreFile => new StoreFile({ files, paths, damage: damageOf(paths.store, () => '') });
  const isThere = (): boolean =>
    attempt('read', paths.store, () => unless(['ENOENT'], () => files.status(paths.store))) !== undefined;
  const openBackup = (): StoreFile =>
    new StoreFile({ files, paths, path: paths.backup, damage: damageOf(paths.backup, () => '') });

  /**
   * Opens the store's file and reads of it; a store that is not there, and never was, is empty.
   *
   * @throws StoreError where it is damaged or missing
   */
  const opened = async <Part>(read: (file: StoreFile) => Part | null | Promise<Part | null>, empty: Part) => {
    for (;;) {
      const file = openFile();
      try {
        const part = await read(file);
        if (part !== null) return { file, part };
        const remains = remainsOf(sources);
        if (remains.length === 0) return { file, part: empty };
        // The first writer puts an empty file there before its history: it may have come since we looked.
        if (!isThere()) throw missingStore(sources, remains);
        file.close();
      } catch (error) {
        file.close();
        throw error;
      }
    }
  };

  /** What can be read of the state of an open file; of its index as long as nothing is wrong with that. */
  const viewIn = (file: StoreFile, document: Document): LookingView => {
    const { index } = document;
    if (index === undefined) return viewOf(document);
    const whole = () => viewOf(file.loadOpen() ?? document);
    return indexedView({ document, index }, whole, () => file.dropIndex());
  };

  const inFile = async <Result>(work: (file: StoreFile, document: Document) => Result | Promise<Result>) => {
    const { file, part } = await opened((open) => open.read(), emptyDocument);
    try {
      return await work(file, part);
    } finally {
      file.close();
    }
  };

  const reading = <Result>(work: (view: StoreView, document: Document) => Result | Promise<Result>) =>
    inFile((file, document) => work(viewIn(file, document), document));

  const readingHeader = async <Result>(work: (header: Header) => Result): Promise<Result> => {
    const { file, part } = await opened((open) => open.loadHeader(), emptyHeader);
    try {
      return work(part);
    } finally {
      file.close();
    }
  };

  const { lockTimeout, unfinished = new Unfinished(), beats } = options;
  const place = { files, paths, history, processes, now, lockTimeout, warn, unfinished, beats };
  const locked = <Result>(command: string, work: (lock: Lock, swept: Swept) => Promise<Result>): Promise<Result> =>
    underLock(place, command, work);

  /** Removes the change that was not made, if there is one, or keeps those aside that an older copy knows nothing of. */
  const sweepHistory = (reached: number, lock: Lock, { isFilling }: Swept): void => {
    const keepAs = isFilling && reached === 0 ? undefined : `${paths.setAside(true, now().toISOString())}.history`;
    history.sweep(reached, lock, keepAs);
  };

  const changeOf = (why: Why, plan: Plan, applied: Applied): Change => ({
    id: newId(),
    at: now().toISOString(),
    by: why.by,
    command: why.command,
    summary: plan.summary ?? why.summary,
    ...(plan.undoes !== undefined && { undoes: plan.undoes }),
    edits: applied.edits,
    ...(applied.settings && { settings: applied.settings }),
  });

  /** What a plan comes to on the state of an open file; that state too, which is read whole where its index is damaged. */
  const planOn = async (file: StoreFile, read: Document, why: Why, plan: (view: PlanView) => Promise<Plan>) => {
    const scratch = () => new ScratchFile(files, paths.temporary(`scratch-${newId()}`));
    const planned = await plan({ ...viewIn(file, read), scratch });
    const revision = read.header.revision + 1;
    const carriedOut = (before: Document) => {
      const applied = applyPlan(before, planned, revision);
      applied?.document.locateLines();
      return { before, applied };
    };
    const { before, applied } =
      unlessFailing(() => carriedOut(read)) ?? carriedOut((read.index && file.loadOpen()) ?? read);
    return applied && { before, document: applied.document, change: changeOf(why, planned, applied) };
  };

  /**
   * Writes the change to the history, and then the state that it leads to: the one without the other is no change.
   *
   * @param before the state that it leads on from, where there is an index to be told
   */
  const commit = async (
    file: StoreFile,
    db: Low<Document>,
    change: Change,
    lock: Lock,
    keepAs: string,
    before?: Document,
  ): Promise<void> => {
    const { revision, settings } = db.data.header;
    const entry = history.write(change, revision, lock);
    const takeOff = unfinished.add(() => {
      if (!file.replaced) history.remove(entry);
    });
    try {
      const { at, edits } = change;
      file.prepare({
        lock,
        keepAs,
        at,
        replaced: () => landed({ change: change.id, summary: change.summary }),
        ...(before && { change: { before, edits } }),
      });
      await db.write();
    } catch (error) {
      if (!file.replaced) history.remove(entry);
      throw error;
    } finally {
      takeOff();
    }
    tryTo(() => history.prune(settings.history ?? {}));
  };

  /**
   * Looks at every contact where somebody else wrote to the file since the newest change: a damaged file must not become
   * the backup.
   *
   * @throws StoreError where one is damaged
   */
  const assertSound = (file: StoreFile, document: Document): void => {
    const newest = history.list(document.header.revision).at(-1);
    const header = newest && readable(() => history.header(newest));
    if (header?.revision === document.header.revision && header.at === file.writtenAt) return;
    for (const fault of faultsOf(document, damage)) throw fault;
  };

  const change = async (
    why: Why,
    plan: (view: PlanView) => Promise<Plan>,
    { dryRun = false }: ChangeOptions = {},
  ): Promise<Change | undefined> => {
    if (dryRun) return inFile(async (file, document) => (await planOn(file, document, why, plan))?.change);
    return locked(why.command, async (lock, swept) => {
      const { file, part: read } = await opened((open) => open.read(), emptyDocument);
      try {
        const db = new Low<Document>(file, read);
        file.assertWritable();
        if (file.status !== undefined) assertSound(file, db.data);
        sweepHistory(db.data.header.revision, lock, swept);
        const made = await planOn(file, db.data, why, plan);
        if (made === undefined) return undefined;
        db.data = made.document;
        if (file.status === undefined) file.begin(lock);
        await commit(file, db, made.change, lock, paths.backup, made.before);
        await file.updateIndex();
        return made.change;
      } finally {
        file.close();
      }
    });
  };

  /** The state to restore, and the change that leads to it. */
  const restoration = (states: States, point: string, why: Why) => {
    const target = states.state(point);
    const from = states.last;
    // Where nobody knows the last state, no change leads from it: a gap in the revisions says so.
    const revision = states.revision + (from ? 1 : 2);
    const before = from?.header.settings ?? target.header.settings;
    const after = target.header.settings;
    const made: Change = {
      id: newId(),
      at: now().toISOString(),
      by: why.by,
      command: why.command,
      summary: why.summary,
      edits: from ? difference(from, target) : [],
      ...(!same(before, after) && { settings: { before, after } }),
    };
    return { document: target.with({ revision, settings: after }, target.parts), change: made };
  };

  const restore = (point: string, why: Why): Promise<string> =>
    locked(why.command, (lock, swept) =>
      withStates(sources, async (states) => {
        if (states.reached !== undefined) sweepHistory(states.reached, lock, swept);
        const restored = restoration(states, point, why);
        if (states.torn) history.remove(states.torn.path);
        const keepAs = paths.setAside(states.present !== undefined, restored.change.at);
        const file = openAnyway();
        try {
          const db = new Low<Document>(file, emptyDocument);
          await db.read().catch((error: unknown) => {
            if (!(error instanceof StoreError)) throw error;
          });
          file.assertWritable();
          db.data = restored.document;
          await commit(file, db, restored.change, lock, keepAs);
          return file.status ? keepAs : '';
        } finally {
          file.close();
        }
      }),
    );

  const info = (): Promise<StoreInfo> => reading((_, document) => infoOf(sources, document));

  /** Looks at every line before what could bring it back is gone. */
  const purge = (): Promise<void> =>
    locked('store purge', () =>
      inFile((file) => {
        const document = file.loadOpen() ?? emptyDocument;
        for (let position = 0; position < document.count; position++) document.contactAt(position);
        eraseKept(sources, () => landed({ change: undefined, summary: 'Erased the history and the backups' }));
      }),
    );

  const beginAnew = (evenIfDamaged: boolean): Promise<readonly string[]> =>
    locked('store init', async (lock) => {
      try {
        await inFile((file) => void file.loadOpen());
        return [];
      } catch (error) {
        if (!(error instanceof StoreError) || (isThere() && !evenIfDamaged)) throw error;
        lock.assertHeld();
        const kept = keepAside(sources, now().toISOString());
        landed({ change: undefined, summary: 'Kept aside what was there' });
        return kept;
      }
    });

  const fill = <Result>(work: (store: StoreFilling) => Promise<Result>): Promise<Result> =>
    locked('store copy', async (lock, swept) => {
      const { revision, external, internal } = await info();
      if (revision + external + internal > 0) throw notEmpty(paths.store);
      sweepHistory(revision, lock, swept);
      let last: Landing | undefined;
      const noteLast: OnLanding = (landing) => {
        last = landing;
      };
      return fillAside(
        files,
        paths,
        lock,
        unfinished,
        (path) => work(openJsonStore({ ...options, path, landed: noteLast })),
        () => landed({ change: last?.change, summary: `Copied the store to ${paths.store}` }),
      );
    });

  const check = async (): Promise<readonly Fault[]> => {
    const remains = isThere() ? [] : remainsOf(sources);
    const hint = late(() => lastGoodCopy(sources));
    const file = new StoreFile({ files, paths, damage: damageOf(paths.store, hint) });
    const soundness = await loadSoundness(now());
    const mayGoOn = isThere() && unless(['ENOENT'], () => files.status(paths.filling)) === undefined;
    const faults = checkStore(file, openBackup(), history, soundness, mayGoOn);
    if (remains.length === 0) return faults;
    const { message, hint: remedy } = missingStore(sources, remains);
    return [{ where: paths.store, severity: 'error', message, remedy: String(remedy) }, ...faults];
  };

  const repair = (labelColours: readonly string[], { by, command }: Omit<Why, 'summary'>): Promise<Repair> =>
    locked(command, async (lock, swept) => {
      const nothing: Repair = { repaired: [], change: undefined };
      const read = await opened((open) => open.load(), emptyDocument).catch((error: unknown) => {
        if (isDamage(error)) return undefined;
        throw error;
      });
      if (read === undefined) return nothing;
      const { file, part: document } = read;
      try {
        const mending = readable(() => mendingOf(sources, document, labelColours));
        if (file.status === undefined || mending === undefined || mending.texts.length === 0) return nothing;
        file.assertWritable();
        sweepHistory(document.header.revision, lock, swept);
        const db = new Low<Document>(file, document);
        const { header, parts } = document;
        const at = now().toISOString();
        const isDefined = !same(header.settings, mending.settings);
        const change: Change = {
          id: newId(),
          at,
          by,
          command,
          summary: mending.texts.join('; '),
          edits: [],
          ...(isDefined && { settings: { before: header.settings, after: mending.settings } }),
        };
        lock.assertHeld();
        setDamagedAside(sources, mending.damaged, at);
        db.data = document.with({ revision: header.revision + 1, settings: mending.settings }, parts);
        await commit(file, db, change, lock, paths.backup);
        return { repaired: mending.texts, change: change.id };
      } finally {
        file.close();
      }
    });

  const changeById = (id: string): Promise<Change | undefined> =>
    readingHeader(({ revision }) => {
      const found = id === '' ? [] : history.list(revision).filter((file) => file.id.startsWith(id));
      const named = found.find((file) => file.id === id) ?? found[0];
      if (named === undefined) return undefined;
      if (named.id === id || found.length === 1) return history.change(named);
      throw new AmbiguousError(
        `Several changes begin with ${id}: ${found.map((file) => file.id).join(', ')}.`,
        'Give more of the id.',
      );
    });

  return {
    find: (selection, order, page) => reading((view) => view.find(selection, order, page)),
    findPage: (selection, order, page) => reading((view) => view.findPage(selection, order, page)),
    findsAny: (selection) => reading((view) => view.findsAny(selection)),
    async *each(selection, order) {
      const { file, part } = await opened((open) => open.read(), emptyDocument);
      try {
        yield* viewIn(file, part).each(selection, order);
      } finally {
        file.close();
      }
    },
    get: (ids) => reading((view) => view.get(ids)),
    lookup: (keys) => reading((view) => view.lookup(keys)),
    settings: () => readingHeader((header) => header.settings),
    snapshot: (work) => reading((view) => work(view)),
    change,
    history: ({ offset, limit }) =>
      readingHeader(({ revision }) =>
        history.summaries(revision).slice(offset, limit === undefined ? undefined : offset + limit),
      ),
    async *eachEdit(selection) {
      yield* history.eachEdit(await readingHeader(({ revision }) => revision), selection);
    },
    changeById,
    info,
    check,
    repair,
    unreadableSince: (id) => readingHeader(({ revision }) => history.unreadableSince(id, revision)),
    restorePoints: () => withStates(sources, (states) => states.points),
    restore,
    purge,
    beginAnew,
    fill,
    close: async () => {},
  };
};
