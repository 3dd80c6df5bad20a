import { displayName } from '../contacts/contact.js';
import { ContactsError, InterruptedError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import type { Ask, Choice } from '../terminal/ask.js';
import { copySequence } from '../terminal/clipboard.js';
import { findChoices } from './contact-choices.js';
import { type ReachCommand, runReach, waysToReach } from './reach.js';
import type { Session } from './session.js';

/** Something that can be done with a contact; those that end the menu say where it goes on. */
interface Action {
  readonly name: string;
  readonly hint?: string;
  readonly run: () => Promise<'back' | 'leave' | undefined>;
}

/** Runs a command on the contact, and comes back to the menu. */
const doing = (run: () => Promise<void>) => async (): Promise<undefined> => {
  await run();
};

const reachActions = (contact: Contact, session: Session): readonly Action[] => {
  const names = { call: 'Call', sms: 'Text', email: 'Mail', chat: 'Chat' } as const satisfies Record<
    ReachCommand,
    string
  >;
  return (Object.keys(names) as ReachCommand[]).flatMap((command) => {
    const [way] = waysToReach(command, contact);
    if (way === undefined) return [];
    const run = doing(() => runReach(command, { reference: contact.id, print: false }, session));
    return [{ name: names[command], hint: way.value, run }];
  });
};

const copyNumber = async (contact: Contact, ask: Ask, session: Session): Promise<void> => {
  const choices = waysToReach('call', contact).map(({ value, label }) => ({ value, name: value, hint: label }));
  const [first] = choices;
  if (first === undefined) return;
  const number = choices.length === 1 ? first.value : await ask.chooseOne({ message: 'Which number?', choices });
  session.io.stderr.write(copySequence(number));
  await session.tell(`Handed ${number} to the clipboard.`);
};

const mergeWithAnother = async (contact: Contact, ask: Ask, session: Session): Promise<void> => {
  const { runMerge } = await import('./merge.js');
  const store = await session.store();
  const other = await ask.search({
    message: `Merge which contact into ${displayName(contact)}?`,
    find: async (text) => {
      const found = await findChoices(text, contact.category, store, session);
      return found.filter(({ value }) => value.id !== contact.id);
    },
  });
  await runMerge({ references: [contact.id, other.id], duplicates: false, set: [], dryRun: false }, session);
};

const actionsOn = (contact: Contact, ask: Ask, session: Session): readonly Action[] => {
  const { id } = contact;
  return [
    {
      name: 'Show',
      run: doing(async () => (await import('./show.js')).runShow({ references: [id] }, session)),
    },
    {
      name: 'Edit',
      run: doing(async () => {
        const { runEdit } = await import('./edit.js');
        const alterations = { add: [], remove: [], unset: [] };
        await runEdit({ references: [id], category: 'all', fields: {}, alterations, dryRun: false }, session);
      }),
    },
    {
      name: 'Add a note',
      run: doing(async () => {
        const { runNoteAdd } = await import('./note.js');
        const text = await ask.text({ message: 'Note', hint: 'empty opens the editor' });
        await runNoteAdd({ reference: id, ...(text.trim() !== '' && { text }) }, session);
      }),
    },
    ...reachActions(contact, session),
    ...(waysToReach('call', contact).length > 0
      ? [{ name: 'Copy a number', run: doing(() => copyNumber(contact, ask, session)) }]
      : []),
    { name: 'Merge', hint: 'with another contact', run: doing(() => mergeWithAnother(contact, ask, session)) },
    {
      name: 'Delete',
      run: doing(async () => {
        const { runRm } = await import('./rm.js');
        await runRm({ references: [id], category: 'all', dryRun: false }, session);
      }),
    },
    { name: 'Back to the search', run: async () => 'back' },
    { name: 'Leave', run: async () => 'leave' },
  ];
};

/**
 * Asks what to do with a contact, and does it, until the user goes back or leaves, or the contact is gone. What goes
 * wrong is told, and what is cancelled ends by itself; the menu stays.
 *
 * @throws InterruptedError on Ctrl-C in the menu
 */
export const actOn = async (id: string, ask: Ask, session: Session): Promise<'back' | 'leave'> => {
  const store = await session.store();
  let last = 0;
  for (;;) {
    const [contact] = await store.get([id]);
    if (contact === undefined) return 'back';
    const actions = actionsOn(contact, ask, session);
    const choices = actions.map(({ name, hint }, value): Choice<number> => ({ value, name, ...(hint && { hint }) }));
    last = await ask.chooseOne({ message: displayName(contact), choices, initial: Math.min(last, actions.length - 1) });
    try {
      const end = await actions[last]?.run();
      if (end) return end;
    } catch (error) {
      if (!(error instanceof ContactsError)) throw error;
      if (!(error instanceof InterruptedError)) await session.warn(error.message);
    }
  }
};
