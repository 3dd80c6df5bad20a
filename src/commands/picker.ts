import { setImmediate as turn } from 'node:timers/promises';
import { InterruptedError } from '../errors.js';
import type { Ask } from '../terminal/ask.js';
import { findChoices } from './contact-choices.js';
import type { CategoryChoice } from './list-options.js';
import type { Session } from './session.js';
import { createCards } from './show.js';

export interface PickerOptions {
  readonly category: CategoryChoice;
}

/** Searches, and acts on what was picked, until the user leaves. */
const pickAndAct = async (category: CategoryChoice, ask: Ask, session: Session): Promise<void> => {
  const store = await session.store();
  const { actOn } = await import('./contact-actions.js');
  let typed = '';
  for (;;) {
    const preview = await createCards(await store.settings(), session);
    const picked = await ask.search({
      message: 'Find a contact',
      ...(typed !== '' && { initial: typed }),
      find: async (text, signal) => {
        typed = text;
        // Keys that were pressed during the last search come in first, so that only the newest text is searched for.
        await turn();
        return signal.aborted ? [] : findChoices(text, category, store, session);
      },
      preview,
    });
    if ((await actOn(picked.id, ask, session)) === 'leave') return;
  }
};

/**
 * The live picker: lists what matches while one types, with a preview of the contact under the cursor; Enter opens what
 * can be done with it, and coming back finds the text as it was. Ends when the user leaves.
 *
 * @throws InterruptedError on Ctrl-C
 */
export const runPicker = async ({ category }: PickerOptions, session: Session): Promise<void> => {
  const ask = await session.ask('Give a query: contacts search garcia.');
  try {
    await pickAndAct(category, ask, session);
  } catch (error) {
    // What was done before Ctrl-C is saved: that nothing was changed would be wrong.
    throw error instanceof InterruptedError ? new InterruptedError('Left the picker.') : error;
  }
};
