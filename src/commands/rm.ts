import type { Command } from 'commander';
import type { Change } from '../contacts/change.js';
import { describeContact, displayName } from '../contacts/contact.js';
import type { Contact } from '../fields/contact.js';
import { checkNaming, confirmChange, findNamed, type Named, type Naming, namingOptions } from './bulk.js';
import { changesJson } from './dry-run.js';
import { formatOf, formatOptions } from './list-options.js';
import { count, inTurn, type ListFormat, renderTables, writeJson, writeList } from './output.js';
import { action } from './program.js';
import type { Session } from './session.js';
import { hintUndo } from './undo-hint.js';

export interface RmOptions extends Naming {
  readonly dryRun: boolean;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

/** What a deletion came to. */
interface Deletion {
  readonly deleted: readonly Contact[];
  /** Entries of a file that match no contact and were left out. */
  readonly missing: number | undefined;
  /** With `--dry-run` as it would have been made. */
  readonly change: Change | undefined;
}

/** Names whom a dry run would delete, as a list does. */
const listContacts = async (contacts: readonly Contact[], session: Session): Promise<void> => {
  const settings = await (await session.store()).settings();
  const output = { format: 'table', categories: ['external', 'internal'], settings } as const;
  if (contacts.length === 0) return;
  if (session.io.stdoutIsTerminal) await session.out.write(await renderTables(session, contacts, output));
  else await writeList(session, () => inTurn(contacts), output);
};

const tellDeletion = async ({ deleted, missing, change }: Deletion, options: RmOptions, session: Session) => {
  const { dryRun } = options;
  if (formatOf(options) !== 'table') {
    const settings = await (await session.store()).settings();
    return writeJson(session, {
      deleted: deleted.length,
      ...(missing !== undefined && { missing }),
      change: (!dryRun && change?.id) || null,
      ...(dryRun && { changes: changesJson(change, settings) }),
    });
  }
  const [first] = deleted;
  const isOne = first !== undefined && deleted.length === 1;
  if (dryRun && !isOne) await listContacts(deleted, session);
  const what = isOne ? describeContact(first) : count(deleted.length, 'contact');
  const left = missing ? `; ${count(missing, 'entry', 'entries')} not found` : '';
  await session.say(`${dryRun ? 'Would delete' : 'Deleted'} ${what}${left}.`);
};

/** Deletes those that are found under the lock and were found before it, when the user was asked about them. */
const deleteContacts = async ({ select, missing }: Named, options: RmOptions, session: Session): Promise<Deletion> => {
  const store = await session.store();
  const found = await select(store);
  if (!options.dryRun) await confirmChange('delete', found, options, session);
  const confirmed = new Set(found.map(({ id }) => id));
  let deleted: readonly Contact[] = [];
  const change = await store.change(
    { by: session.stamp().by, command: 'rm', summary: '' },
    async (view) => {
      deleted = (await select(view)).filter(({ id }) => confirmed.has(id));
      const [first] = deleted;
      const summary =
        first && deleted.length === 1 ? `Deleted ${displayName(first)}` : `Deleted ${count(deleted.length, 'contact')}`;
      return { edits: deleted.map((before) => ({ before })), summary };
    },
    { dryRun: options.dryRun },
  );
  return { deleted, missing, change };
};

export const runRm = async (options: RmOptions, session: Session): Promise<void> => {
  checkNaming(options, 'delete');
  const named = await findNamed(options, session, await session.store());
  const deletion = await deleteContacts(named, options, session);
  await tellDeletion(deletion, options, session);
  if (!options.dryRun) await hintUndo(deletion.change?.id, session);
};

export const declare = (program: Command, session: Session, run = runRm): void => {
  namingOptions(
    formatOptions(
      program
        .command('rm')
        .description('Delete contacts. "contacts undo" brings them back.')
        .argument('[ref...]', 'an id, the start of one, an email address, a phone number, or a full name'),
    ),
  )
    .option('--dry-run', 'show who would be deleted, and delete nothing', false)
    .action(
      action((references: readonly string[], options: Omit<RmOptions, 'references'>) =>
        run({ ...options, references }, session),
      ),
    );
};
