/**
 * A model of writers that take the lock from one another at any moment, each of which may stand still, or die, between
 * any two of its steps. The steps are those of `src/store/json`: `under-lock.ts`, `history.ts`, `store-file.ts`.
 */

interface Writer {
  readonly at: number;
  /** Files of others that it saw when it listed them. */
  readonly listed: readonly string[];
  /** The revision that it read, and which writers' changes were in it. */
  readonly revision: number;
  readonly contents: string;
}

interface State {
  /** Who holds the lock; -1 where nobody does. */
  readonly lock: number;
  /** The files there are: `store-tmp 0`, `entry-tmp 1`, `entry 1 0` (revision and writer). */
  readonly files: readonly string[];
  readonly revision: number;
  /** The writers whose changes are in the store, in their order. */
  readonly contents: string;
  /** The writers that said that their change was made. */
  readonly acknowledged: string;
  readonly writers: readonly Writer[];
}

type Step = (state: State, self: number) => State | 'lost';

const without = (files: readonly string[], gone: readonly string[]) => files.filter((file) => !gone.includes(file));
const renamed = (state: State, from: string, to: string): State | 'lost' =>
  state.files.includes(from) ? { ...state, files: [...without(state.files, [from]), to].toSorted() } : 'lost';
const updated = (state: State, self: number, change: Partial<Writer>): State => ({
  ...state,
  writers: state.writers.map((writer, index) => (index === self ? { ...writer, ...change } : writer)),
});
const own = (state: State, self: number): Writer => state.writers[self] as Writer;
const made = (state: State, file: string): State => ({ ...state, files: [...state.files, file].toSorted() });

const isEntry = (file: string) => file.startsWith('entry ');
const isPrepared = (file: string) => file.includes('-tmp ');
const revisionOf = (file: string) => Number(file.split(' ')[1]);

const assertHeld: Step = (state, self) => (state.lock === self ? state : 'lost');
const removeListed: Step = (state, self) => ({ ...state, files: without(state.files, own(state, self).listed) });

/** What a writer does, in its order; each step is one call of the file system, or several whose order does not matter. */
export const steps: Readonly<Record<string, Step>> = {
  // From whoever holds it: the model knows no reason to wait.
  acquire: (state, self) => ({ ...state, lock: self }),
  listPrepared: (state, self) => updated(state, self, { listed: state.files.filter(isPrepared) }),
  assertBeforeSweep: assertHeld,
  sweepPrepared: removeListed,
  read: (state, self) => updated(state, self, { revision: state.revision, contents: state.contents }),
  listUnreached: (state, self) =>
    updated(state, self, {
      listed: state.files.filter((file) => isEntry(file) && revisionOf(file) > own(state, self).revision),
    }),
  assertBeforeHistorySweep: assertHeld,
  sweepUnreached: removeListed,
  prepareEntry: (state, self) => made(state, `entry-tmp ${self}`),
  assertBeforeEntry: assertHeld,
  renameEntry: (state, self) => renamed(state, `entry-tmp ${self}`, `entry ${own(state, self).revision + 1} ${self}`),
  prepareStore: (state, self) => made(state, `store-tmp ${self}`),
  assertBeforeStore: assertHeld,
  renameStore: (state, self) => {
    const { revision, contents } = own(state, self);
    const next = renamed(state, `store-tmp ${self}`, 'store');
    if (next === 'lost') return next;
    return { ...next, files: without(next.files, ['store']), revision: revision + 1, contents: contents + self };
  },
  acknowledge: (state, self) => ({ ...state, acknowledged: [...state.acknowledged, self].toSorted().join('') }),
  lookBeforeRelease: assertHeld,
  // By then it may be another's lock: a writer that stood still removes it all the same.
  release: (state) => ({ ...state, lock: -1 }),
};

const isAbove = (name: string, acknowledge: number, names: readonly string[]) => names.indexOf(name) > acknowledge;

/** What is wrong with a state. */
const problemOf = ({ files, revision, contents, acknowledged }: State): string | undefined => {
  const lost = [...acknowledged].filter((writer) => !contents.includes(writer));
  if (lost.length > 0) return `lost: ${lost}`;
  if (contents.length !== revision) return `revision ${revision} of ${contents}`;
  for (const [index, writer] of [...contents].entries()) {
    const makers = files.filter((file) => isEntry(file) && revisionOf(file) === index + 1);
    if (makers.length !== 1 || makers[0] !== `entry ${index + 1} ${writer}`) return `the log of ${contents}: ${makers}`;
  }
  return undefined;
};

/**
 * Goes through all interleavings of so many writers.
 *
 * @param leftOut steps that the writers do not make
 * @returns the number of states, and what is wrong with one of them
 */
export const explore = (
  count: number,
  leftOut: readonly string[] = [],
): { readonly states: number; readonly problem: string | undefined } => {
  const names = Object.keys(steps).filter((name) => !leftOut.includes(name));
  const acknowledge = names.indexOf('acknowledge');
  const writer: Writer = { at: 0, listed: [], revision: 0, contents: '' };
  const first: State = {
    lock: -1,
    files: [],
    revision: 0,
    contents: '',
    acknowledged: '',
    writers: Array<Writer>(count).fill(writer),
  };
  const seen = new Set([JSON.stringify(first)]);
  const waiting = [first];
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    const problem = problemOf(state);
    if (problem !== undefined) return { states: seen.size, problem };
    for (const [self, { at }] of state.writers.entries()) {
      const name = names[at];
      if (name === undefined) continue;
      const after = steps[name]?.(state, self) ?? 'lost';
      const files = isAbove(name, acknowledge - 1, names)
        ? state.files
        : without(state.files, [
            `entry-tmp ${self}`,
            `store-tmp ${self}`,
            `entry ${own(state, self).revision + 1} ${self}`,
          ]);
      // A writer that lost the lock takes back what it has prepared, and writes nothing.
      const next =
        after === 'lost'
          ? updated({ ...state, files }, self, { at: names.length, listed: [] })
          : updated(after, self, { at: at + 1 });
      const key = JSON.stringify(next);
      if (seen.has(key)) continue;
      seen.add(key);
      waiting.push(next);
    }
  }
  return { states: seen.size, problem: undefined };
};
