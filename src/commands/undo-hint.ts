import type { Session } from './session.js';

const shortestId = 4;

/** The start of an id by which it is known among others: four characters or more. */
const uniqueStart = (id: string, others: readonly string[]): string => {
  let length = shortestId;
  while (length < id.length && others.some((other) => other !== id && other.startsWith(id.slice(0, length))))
    length += 1;
  return id.slice(0, length);
};

/** The change stands, whatever becomes of the hint: where the log cannot be read, the whole id does. */
const shortId = async (id: string, session: Session): Promise<string> => {
  try {
    const log = await (await session.store()).history({ offset: 0 });
    return uniqueStart(
      id,
      log.map((change) => change.id),
    );
  } catch {
    return id;
  }
};

/**
 * Tells at a terminal how a change that was just made is taken back.
 *
 * @param id of the change; nothing where none was made, as in a dry run
 */
export const hintUndo = async (id: string | null | undefined, session: Session): Promise<void> => {
  if (!id || session.quiet || !session.io.stderrIsTerminal) return;
  await session.tell(`To undo this: contacts undo ${await shortId(id, session)}`);
};
