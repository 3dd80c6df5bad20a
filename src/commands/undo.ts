import type { Command } from 'commander';
import { withoutEllipsis } from '../contacts/reference.js';
import { changesOfUndo } from '../contacts/undo.js';
import { NotFoundError } from '../errors.js';
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

export const runUndo = async (options: UndoOptions, session: Session): Promise<void> => {
  const store = await session.store();
  const log = await store.history({ offset: 0 });
  const wanted = options.change === undefined ? undefined : withoutEllipsis(options.change);
  const named =
    wanted === undefined
      ? log.find(({ undone, undoes }) => !undone && undoes === undefined)
      : await store.changeById(wanted);
  if (named === undefined) {
    throw wanted === undefined
      ? new NotFoundError(
          'There is nothing to undo.',
          'See "contacts log"; a change that an undo took back is redone by naming the undo.',
        )
      : new NotFoundError(`There is no change "${wanted}".`, 'See "contacts log" for the changes that are kept.');
  }
  const target = await store.changeById(named.id);
  if (target === undefined) throw new NotFoundError(`The change ${named.id} is no longer kept.`, 'See "contacts log".');
  const change = await store.change(
    { by: session.stamp().by, command: 'undo', summary: `Undid ${target.command}: ${target.summary}` },
    async (view) => changesOfUndo(target, await store.history({ offset: 0 }), view),
    { dryRun: options.dryRun },
  );
  if (formatOf(options) !== 'table') {
    await writeJson(session, { undone: target.id, change: (!options.dryRun && change?.id) || null });
  } else {
    await session.say(
      `${options.dryRun ? 'Would undo' : 'Undid'} ${target.command}: ${target.summary} (${target.id}).`,
    );
  }
};

export const declare = (program: Command, session: Session, run = runUndo): void => {
  formatOptions(
    program
      .command('undo')
      .description('Take back the newest change, or the one that is named; naming an undo does it again.')
      .argument('[change]', "the change's id, or the start of it; see contacts log"),
  )
    .option('--dry-run', 'say what would be undone, and undo nothing', false)
    .action(
      action((change: string | undefined, options: Omit<UndoOptions, 'change'>) =>
        run({ ...options, ...(change !== undefined && { change }) }, session),
      ),
    );
};
