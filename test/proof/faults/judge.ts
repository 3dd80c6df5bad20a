import { isDeepStrictEqual } from 'node:util';
import type { JsonStoreOptions } from '../../../src/store/json/json-store.js';
import { contact, create, idsIn, made, undo, why } from '../../store/sample.js';
import { Disk, type Nodes } from './disk.js';
import { type Found, leftBeside, openOn, processOf, stateOn } from './machine.js';
import { signatureOf } from './power-loss.js';

/** What keeps the next process from working: a check, a change, its undoing; a restore where the file is damaged. */
const troubleAfter = async (
  nodes: Nodes,
  found: Found,
  options: Partial<JsonStoreOptions>,
): Promise<string | undefined> => {
  const { files } = new Disk(nodes);
  const store = openOn(nodes, { ...options, files });
  if ('damaged' in found) await store.restore('latest', why);
  const faults = await store.check();
  if (faults.length > 0) return faults.map(({ message }) => message).join(' ');
  const contacts = await idsIn(store);
  await undo(store, made(await create(store, contact('later'))));
  if (!isDeepStrictEqual(await idsIn(store), contacts)) return 'an undone change is still there';
  const left = leftBeside(files);
  return left.length > 0 ? `${left.join(', ')} stays` : undefined;
};

/** What became of a store, over all disks that were looked at. */
export interface Verdict {
  /** How often the store was as before, and as after the command. */
  readonly before: number;
  readonly after: number;
  /** What should not have been. */
  readonly findings: readonly string[];
}

/** Looks at disks on which a command was disturbed. */
export interface Judge {
  /**
   * Looks at a disk after the machine was started so often: its store has to be in one of the allowed states, sound, and
   * ready for the next process.
   *
   * @param when what happened, in words
   */
  look(nodes: Nodes, boot: number, allowed: 'before or after' | 'before' | 'after', when: string): Promise<void>;
  readonly verdict: Verdict;
}

/**
 * @param isLike whether a state that was found may stand for another; else they have to be equal
 */
export const createJudge = (
  before: Found,
  after: Found,
  options: Partial<JsonStoreOptions>,
  isLike: (found: Found, state: Found) => boolean = isDeepStrictEqual,
): Judge => {
  const verdict = { before: 0, after: 0, findings: [] as string[] };
  // Many moments leave the same disk.
  const known = new Map<string, Promise<{ readonly found: Found; readonly trouble: string | undefined }>>();

  const inspect = async (nodes: Nodes, boot: number) => {
    const found = await stateOn(nodes, options);
    const trouble = await troubleAfter(nodes, found, { ...options, processes: processOf(900, boot) }).catch(String);
    return { found, trouble };
  };

  return {
    verdict,
    look: async (nodes, boot, allowed, when) => {
      const key = `${boot} ${signatureOf(nodes)}`;
      const looking = known.get(key) ?? inspect(nodes, boot);
      known.set(key, looking);
      const { found, trouble } = await looking;
      const isBefore = isDeepStrictEqual(found, before);
      const isAfter = isDeepStrictEqual(found, after);
      if (isBefore) verdict.before += 1;
      if (isAfter) verdict.after += 1;
      const isAllowed =
        (isBefore && allowed !== 'after') ||
        (isAfter && allowed !== 'before') ||
        (allowed !== 'after' && isLike(found, before));
      if (!isAllowed) verdict.findings.push(`${when}: the store holds ${JSON.stringify(found)}`);
      else if (trouble !== undefined) verdict.findings.push(`${when}: ${trouble}`);
    },
  };
};
