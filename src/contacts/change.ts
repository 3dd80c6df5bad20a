import type { Contact } from '../fields/contact.js';
import type { Settings } from './settings.js';

/**
 * One contact's part of a change: no `before` is a creation, no `after` a deletion.
 *
 * `position` is where a deleted contact stood, and where a created one is to stand; it is the store's own notion, kept
 * so that an undone deletion comes back in its place.
 */
export interface Edit {
  readonly before?: Contact;
  readonly after?: Contact;
  readonly position?: number;
}

/** Why a change is made: what stands in the log. */
export interface Why {
  readonly by: string;
  /** The command as a user names it: `add`, `import`, `label rename`. */
  readonly command: string;
  /** A line for people: `Imported 1,000 rows from contacts.csv`. Given late, since it may count what was planned. */
  readonly summary: string;
}

/** What is to be done: the edits, and the settings as they are to be where they change. */
export interface Plan {
  readonly edits: readonly Edit[];
  readonly settings?: Settings;
  /** Replaces the summary that `why` gave. */
  readonly summary?: string;
  /** The change that this one takes back. */
  readonly undoes?: string;
}

/** A change that the store made: what `log` shows and `undo` turns round. */
export interface Change {
  readonly id: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly by: string;
  readonly command: string;
  readonly summary: string;
  readonly undoes?: string;
  readonly edits: readonly Edit[];
  readonly settings?: { readonly before: Settings; readonly after: Settings };
}

/** A line of the log, without the edits themselves. */
export interface ChangeSummary {
  readonly id: string;
  readonly at: string;
  readonly by: string;
  readonly command: string;
  readonly summary: string;
  /** The database's role that made it, where there is a database. */
  readonly role?: string;
  readonly undoes?: string;
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  /** A later change took it back, and that one is in force. */
  readonly undone: boolean;
}

/** How many contacts edits create, update and delete. */
export const countsOfEdits = (edits: readonly Edit[]): Pick<ChangeSummary, 'created' | 'updated' | 'deleted'> => ({
  created: edits.filter((edit) => !edit.before).length,
  updated: edits.filter((edit) => edit.before && edit.after).length,
  deleted: edits.filter((edit) => edit.before && !edit.after).length,
});
