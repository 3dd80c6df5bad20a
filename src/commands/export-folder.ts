import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isId } from '../contacts/id.js';
import { uidKey } from '../contacts/keys.js';
import { ConflictError, systemCode } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import { createVcardWriter, type VcardOptions } from '../formats/vcard/write.js';
import type { StoreView } from '../store/store.js';
import { unwritable, writeFileWhole } from './files.js';
import { count } from './output.js';
import type { Session } from './session.js';

/** Whether a path means a folder of vCards: one that is there, or that ends as folders do. */
export const isFolderPath = async (path: string): Promise<boolean> => {
  if (path.endsWith('/') || path.endsWith(sep)) return true;
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
};

/** What tells the store in cards of a folder, so that two stores can share one. Who logs in makes no difference. */
const bookOf = (location: string): string => {
  const place = location.replace(/^(postgres(?:ql)?:\/\/)[^@/]*@/i, '$1');
  return createHash('sha256').update(place).digest('hex').slice(0, 16);
};

const readText = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const valuesOf = (card: string, name: RegExp): readonly string[] =>
  card
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, property = '', value = ''] = /^([\w-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
      return name.test(property) ? [value.trim()] : [];
    });

const isCardOf = (card: string, id: string): boolean => valuesOf(card, /^(UID|X-CONTACTS-ID)$/i).includes(id);

/** The id in the name of a file that this program writes: `23456789bcdf.vcf`. */
const idOfName = (name: string): string | undefined => {
  const id = name.slice(0, -'.vcf'.length);
  return name.endsWith('.vcf') && isId(id) ? id : undefined;
};

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** What became of the files of a folder. */
interface FolderCounts {
  written: number;
  unchanged: number;
  removed: number;
  /** Files of contacts that are in the store and not among those that were exported. */
  leftOut: number;
  /** Contacts that have a card in a file of another program. */
  elsewhere: number;
}

/** A folder with a vCard for each contact, as vdirsyncer and khard keep them (a vdir). */
class CardFolder {
  readonly counts: FolderCounts = { written: 0, unchanged: 0, removed: 0, leftOut: 0, elsewhere: 0 };
  readonly #path: string;
  readonly #session: Session;
  readonly #force: boolean;
  readonly #own = new Set<string>();
  readonly #foreign = new Set<string>();

  constructor(path: string, force: boolean, session: Session) {
    this.#path = path;
    this.#force = force;
    this.#session = session;
  }

  /** Makes the folder where it is not there, and looks at what is in it. */
  async open(): Promise<void> {
    try {
      await mkdir(this.#path, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw unwritable(this.#path, error);
    }
    for (const name of await readdir(this.#path)) {
      const id = idOfName(name);
      if (id !== undefined) this.#own.add(id);
      else if (/\.(vcf|vcard)$/i.test(name) && !name.startsWith('.')) await this.#readForeign(name);
    }
  }

  /** Writes the card of a contact, unless its file says the same already, or another program has a file for it. */
  async write(contact: Contact, card: string): Promise<void> {
    const isElsewhere = contact.uids?.some((uid) => this.#foreign.has(uidKey(uid))) || this.#foreign.has(contact.id);
    if (isElsewhere) {
      this.counts.elsewhere += 1;
      return;
    }
    const path = this.#pathOf(contact.id);
    const before = this.#own.delete(contact.id) ? await readText(path) : undefined;
    if (before === card) {
      this.counts.unchanged += 1;
      return;
    }
    if (before !== undefined && !isCardOf(before, contact.id) && !this.#force) {
      throw new ConflictError(
        `"${path}" is not a card of this program.`,
        'Move it away, or add --force to replace it.',
      );
    }
    await writeFileWhole(path, once(card), true, this.#session);
    this.counts.written += 1;
  }

  /** Removes the files that this store wrote for contacts that it no longer has. */
  async removeOthers(view: StoreView, book: string): Promise<void> {
    const ids = [...this.#own];
    const kept = new Set((await view.get(ids)).map(({ id }) => id));
    for (const id of ids) {
      if (kept.has(id)) {
        this.counts.leftOut += 1;
        continue;
      }
      const card = (await readText(this.#pathOf(id))) ?? '';
      if (!isCardOf(card, id) || !valuesOf(card, /^X-CONTACTS-BOOK$/i).includes(book)) continue;
      await unlink(this.#pathOf(id));
      this.counts.removed += 1;
    }
  }

  #pathOf(id: string): string {
    return join(this.#path, `${id}.vcf`);
  }

  async #readForeign(name: string): Promise<void> {
    const card = (await readText(join(this.#path, name))) ?? '';
    for (const uid of valuesOf(card, /^(UID|X-CONTACTS-ID)$/i)) this.#foreign.add(uidKey(uid));
  }
}

/**
 * Writes each contact into a file of its own in a folder, named by its id. Files that say the same already are not
 * touched; those that the store wrote for contacts that it no longer has are removed; all others are left alone.
 *
 * @throws StoreError, ConflictError where a file cannot be written
 */
export const exportToFolder = async (
  path: string,
  contacts: AsyncIterable<Contact>,
  options: VcardOptions & { readonly force: boolean },
  view: StoreView,
  session: Session,
): Promise<void> => {
  const folder = new CardFolder(path, options.force, session);
  await folder.open();
  const book = bookOf(session.location);
  const write = createVcardWriter({ ...options, book });
  for await (const contact of contacts) await folder.write(contact, write(contact));
  await folder.removeOthers(view, book);
  const { written, unchanged, removed, leftOut, elsewhere } = folder.counts;
  await session.tell(
    `Exported ${count(written + unchanged, 'contact')} to ${path}: ${count(written, 'file')} written, ${unchanged} unchanged, ${removed} removed.`,
  );
  if (leftOut > 0) await session.tell(`Left ${count(leftOut, 'file')} of contacts that were not chosen as they are.`);
  if (elsewhere > 0) {
    await session.warn(
      `${count(elsewhere, 'contact')} ${elsewhere === 1 ? 'has' : 'have'} a card in a file of another program there, which was left as it is.`,
    );
  }
};
