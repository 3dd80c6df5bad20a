import { dirname } from 'node:path';
import type { Settings } from '../../../src/contacts/settings.js';
import { StoreError } from '../../../src/errors.js';
import type { Contact } from '../../../src/fields/contact.js';
import type { Files } from '../../../src/store/json/files.js';
import { type JsonStoreOptions, openJsonStore } from '../../../src/store/json/json-store.js';
import type { Processes } from '../../../src/store/json/process-identity.js';
import { countingIds, type Outcome, runProgram } from '../../helpers/run.js';
import { all } from '../../store/sample.js';
import { Disk, type Nodes } from './disk.js';
import type { Scenario } from './scenarios.js';

export const storePath = '/home/ada/contacts/contacts.json';

/** A process that is the only one running, on a machine that was started so often. */
export const processOf = (pid: number, boot: number): Processes => ({
  own: () => ({ pid, started: `${pid}`, host: 'machine', boot: `boot ${boot}`, namespace: 'pid:[1]' }),
  startOf: (other) => (other === pid ? `${pid}` : undefined),
});

/** Runs a command of a process on files; its ids are the same each time, from the first one on. */
export const runOn = (
  files: Files,
  processes: Processes,
  firstId: number,
  { argv, stdin = '', indexedFrom }: Pick<Scenario, 'argv' | 'stdin' | 'indexedFrom'>,
): Promise<Outcome> =>
  runProgram(
    argv,
    {
      store: storePath,
      newId: countingIds(firstId),
      openStore: async (path, dependencies) =>
        openJsonStore({ path, ...dependencies, files, processes, ...(indexedFrom && { indexedFrom }) }),
    },
    { stdin },
  );

/** What a store holds, for whoever opens it. */
export interface State {
  readonly contacts: readonly Contact[];
  readonly settings: Settings;
  /** The ids of the changes, newest first, each with whether it is undone. */
  readonly log: readonly (readonly [id: string, undone: boolean])[];
}

/** What a store holds; what can be restored, where it is damaged. */
export type Found = State | { readonly damaged: readonly string[] };

export const openOn = (nodes: Nodes, options: Partial<JsonStoreOptions> = {}) => {
  const { files } = new Disk(nodes);
  const newId = countingIds(10_000);
  const now = () => new Date('2026-11-24T12:00:00.000Z');
  return openJsonStore({ path: storePath, now, newId, lockTimeout: 1000, warn: () => {}, files, ...options });
};

export const stateOn = async (nodes: Nodes, options: Partial<JsonStoreOptions> = {}): Promise<Found> => {
  const store = openOn(nodes, options);
  try {
    const log = await store.history({ offset: 0 });
    return {
      contacts: await all(store),
      settings: await store.settings(),
      log: log.map(({ id, undone }) => [id, undone]),
    };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { damaged: (await store.restorePoints()).map(({ name }) => name) };
  }
};

/** What lies in the store's folder that should not outlive the next command. */
export const leftBeside = (files: Files): readonly string[] => {
  try {
    return files.list(dirname(storePath)).filter((name) => /\.(tmp-|lock)/.test(name));
  } catch {
    return [];
  }
};
