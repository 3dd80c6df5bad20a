import { createGiver, type GivenValue } from '../contacts/import/given-values.js';
import { createImportPlanner, type ImportPlan } from '../contacts/import/plan.js';
import { createRowsReader } from '../contacts/import/read-rows.js';
import { unitePlans } from '../contacts/import/united-plan.js';
import type { Key } from '../contacts/keys.js';
import type { Scratch } from '../contacts/scratch.js';
import type { Settings } from '../contacts/settings.js';
import type { Category } from '../fields/catalogue.js';
import type { JoinedFiles } from '../formats/joined.js';
import type { ImportRecord } from '../formats/record.js';
import type { PlanView } from '../store/store.js';
import { labelColours } from '../terminal/label-colours.js';
import { showProgress } from '../terminal/progress.js';
import type { ImportOptions } from './import.js';
import type { Session } from './session.js';

/** Rows that are read before the store is asked for the contacts that they may be. */
const batchSize = 500;

/** What an import reads, and what it reads it with. */
export interface ImportInput {
  readonly joined: JoinedFiles;
  /** What every row gets. */
  readonly given: readonly GivenValue[];
  readonly settings: Settings;
  readonly title: string;
}

/** The planning of the rows of one category. */
interface Lane {
  add(records: readonly ImportRecord[]): void;
  /** Asks the store for the contacts that the rows since the last time may be. */
  ask(): Promise<void>;
  finish(): Promise<ImportPlan>;
}

type CreateLane = (category: Category) => Lane;

const laneMaker = async (
  { given, settings }: ImportInput,
  options: ImportOptions,
  view: PlanView,
  scratch: Scratch,
  session: Session,
): Promise<CreateLane> => {
  const { knownLabels, onInvalid, anyName, onMatch, onNew, strict, dateOrder } = options;
  const context = await session.draftContext({ dateOrder });
  const asks = await view.findsAny({ category: 'all' });
  return (category) => {
    const match = options.match.filter((key) => key !== 'id');
    const reading = { category, match, onInvalid, knownLabels, settings, context };
    const readRows = createRowsReader({ ...reading, asks }, scratch);
    const give = createGiver(given);
    const tellsRows = options.report !== undefined;
    const planner = createImportPlanner({
      ...reading,
      anyName,
      onMatch,
      onNew,
      strict,
      labelColours,
      scratch,
      tellsRows,
    });
    let keys: Key[] = [];
    const ask = async (): Promise<void> => {
      planner.found(await view.lookAt(keys));
      keys = [];
    };
    return {
      add: (records) => {
        const rows = readRows(given.length === 0 ? records : records.map(give));
        for (const key of planner.add(rows, scratch)) keys.push(key);
      },
      ask,
      finish: async () => {
        await ask();
        planner.found(await view.lookAt(planner.neededAgain()));
        return planner.finish();
      },
    };
  };
};

/**
 * Reads the rows of the files and compares them with the store, a batch at a time. Rows that name another category than
 * the import's are of that one.
 */
export const planImport = async (
  input: ImportInput,
  options: ImportOptions,
  view: PlanView,
  scratch: Scratch,
  session: Session,
): Promise<ImportPlan> => {
  const createLane = await laneMaker(input, options, view, scratch, session);
  const main = createLane(options.category);
  const lanes = new Map([[options.category, main]]);
  const { joined } = input;
  const task = { title: `Importing ${input.title}`, unit: 'rows' } as const;
  const progress = await showProgress(session.io, { ...task, total: joined.rows }, () => session.now().getTime());

  const add = (records: readonly ImportRecord[]): void => {
    const others = records.filter(({ category }) => category !== undefined && category !== options.category);
    if (others.length === 0) return main.add(records);
    const own = records.filter((record) => !others.includes(record));
    if (own.length > 0) main.add(own);
    const category = options.category === 'external' ? 'internal' : 'external';
    const lane = lanes.get(category) ?? createLane(category);
    lanes.set(category, lane);
    lane.add(others);
  };

  try {
    let waiting = 0;
    for await (const records of joined.batches()) {
      add(records);
      waiting += records.length;
      if (waiting < batchSize) continue;
      waiting = 0;
      for (const lane of lanes.values()) await lane.ask();
      progress.reached(records.at(-1)?.row ?? 0);
    }
    const plans: ImportPlan[] = [];
    for (const lane of lanes.values()) plans.push(await lane.finish());
    const [first, ...others] = plans;
    return unitePlans([first as ImportPlan, ...others], options.strict);
  } finally {
    progress.end();
  }
};
