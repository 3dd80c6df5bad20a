import { UsageError } from '../errors.js';
import { showProgress } from '../terminal/progress.js';
import { formatOf } from './list-options.js';
import { count, type ListFormat, writeJson } from './output.js';
import type { Session } from './session.js';

export interface StoreCopyOptions {
  readonly from: string;
  readonly to: string;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

export const runStoreCopy = async (options: StoreCopyOptions, session: Session): Promise<void> => {
  if (options.from === options.to) {
    throw new UsageError('A store cannot be copied to itself.', 'Name another file or database to copy to.');
  }
  const { copyStore } = await import('../store/copy.js');
  const clock = () => session.now().getTime();
  const progress = await showProgress(session.io, { title: 'Copying the store', unit: 'changes' }, clock);
  const from = await session.openStore(options.from);
  try {
    const copied = await copyStore({
      from,
      openTo: (stamps) => session.openStore(options.to, stamps),
      by: session.stamp().by,
      stamps: { now: session.now, newId: session.newId },
      reached: (done) => progress.reached(done),
    });
    progress.end();
    if (formatOf(options) !== 'table') return await writeJson(session, copied);
    await session.say(`Copied ${count(copied.contacts, 'contact')} and ${count(copied.changes, 'change')}.`);
    await session.tell(`Both stores have the digest ${copied.digest}.`);
  } finally {
    progress.end();
    await from.close();
  }
};
