import { categoriesOf, type ListOptions, listOptions, orderOf, readQuery, writeListing } from './list-options.js';
import { action, type Declare } from './program.js';
import type { Session } from './session.js';

export const runList = async (options: ListOptions, session: Session): Promise<void> => {
  const store = await session.store();
  await store.snapshot(async (view) => {
    const settings = await view.settings();
    const query = await readQuery(options.where, categoriesOf(options.category), view, session);
    const order = orderOf(options, settings, { by: 'name', descending: false });
    const selection = { category: options.category, ...(query && { query }) };
    await writeListing(session, view, options, { selection, order, settings });
  });
};

export const declare = (program: Parameters<Declare>[0], session: Session, run = runList): void => {
  listOptions(program.command('list').description('List contacts, by name unless told.'), 'external').action(
    action((options: ListOptions) => run(options, session)),
  );
};
