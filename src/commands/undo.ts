import type { Command } from 'commander';
import type { ChangeSummary } from '../contacts/change.js';
import { findChange } from '../contacts/change-reference.js';
import { changesOfUndo, newestToUndo, summaryOfUndo } from '../contacts/undo.js';
import { InterruptedError, NotFoundError, StoreError, UsageError } from '../errors.js';
import type { ContactStore } from '../store/store.js';
import { formatOf, formatOptions } from './list-options.js';
import { type ListFormat, writeJson } from './output.js';
import { action } from './program.js';
import type { Session } from './session.js';

export interface UndoOptions {
  /** The change's id, or the start of it. */
  readonly change?: string;
  readonly dryRun: boolean;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

/**
 * Asks before the change of somebody else is taken back that nobody named.
 *
 * @throws UsageError where nobody can be asked
 * @throws InterruptedError where the answer is no
 */
const confirmOthers = async ({ id, at, by, summary }: ChangeSummary, session: Session): Promise<void> => {
  if (by === session.stamp().by) return;
  const what = `The newest change is by ${by}, not by you: ${summary} (${id}, ${at.slice(0, 16).replace('T', ' ')} UTC).`;
  if (session.yes) return session.tell(what);
  if (!session.mayAsk) {
    throw new UsageError(what, `Nothing was undone. To undo it: contacts undo ${id}, or add --yes.`);
  }
  const ask = await session.ask('Add --yes.');
  if (!(await ask.confirm({ message: `${what} Undo it?` })))
    throw new InterruptedError('Cancelled; nothing was undone.');
};

/** @throws StoreError where the newest change may be another, which cannot be read */
const refuseUnread = async ({ id, summary }: ChangeSummary, store: ContactStore): Promise<void> => {
  const [newer] = (await store.unreadableSince?.(id)) ?? [];
  if (newer === undefined) return;
  throw new StoreError(
    `The newer change ${newer} cannot be read, so it cannot be undone. Nothing was undone.`,
    `To undo the one before it (${summary}): contacts undo ${id}. See also \`contacts store check\`.`,
  );
};

export const runUndo = async (options: UndoOptions, session: Session): Promise<void> => {
  const store = await session.store();
  const log = await store.history({ offset: 0 });
  const named = options.change === undefined ? newestToUndo(log) : findChange(options.change, log);
  if (named === undefined) {
    throw new NotFoundError(
      'There is nothing to undo.',
      'See "contacts log"; a change that an undo took back is redone by naming the undo.',
    );
  }
  if (options.change === undefined) await refuseUnread(named, store);
  if (options.change === undefined && !options.dryRun) await confirmOthers(named, session);
  const target = await store.changeById(named.id);
  if (target === undefined) throw new NotFoundError(`The change ${named.id} is no longer kept.`, 'See "contacts log".');
  const summary = summaryOfUndo(target);
  const change = await store.change(
    { by: session.stamp().by, command: 'undo', summary },
    async (view) => changesOfUndo(target, await store.history({ offset: 0 }), view),
    { dryRun: options.dryRun },
  );
  if (formatOf(options) !== 'table') {
    await writeJson(session, { undone: target.id, change: (!options.dryRun && change?.id) || null });
  } else {
    const done = options.dryRun ? summary.replace(/^Undid/, 'Would undo').replace(/^Redid/, 'Would redo') : summary;
    await session.say(`${done} (${target.id}).`);
  }
};

export const declare = (program: Command, session: Session, run = runUndo): void => {
  formatOptions(
    program
      .command('undo')
      .description('Undo the newest change, or the one that is named; naming an undo redoes what it undid.')
      .argument('[change]', "the change's id, or the start of it; see contacts log"),
  )
    .option('--dry-run', 'say what would be undone, and undo nothing', false)
    .action(
      action((change: string | undefined, options: Omit<UndoOptions, 'change'>) =>
        run({ ...options, ...(change !== undefined && { change }) }, session),
      ),
    );
};
