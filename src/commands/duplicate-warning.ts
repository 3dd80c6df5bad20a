import { describeContact } from '../contacts/contact.js';
import type { Suspect } from '../contacts/duplicates/suspects.js';
import { emailKey, keysOf, phoneKey, suspectKeys } from '../contacts/keys.js';
import { ConflictError, InterruptedError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import type { StoreView } from '../store/store.js';
import type { Choice } from '../terminal/ask.js';
import { createMessages } from '../terminal/io.js';
import type { Session } from './session.js';

/** What is done about likely duplicates of what is saved: a warning, an error, or nothing since the user was asked. */
export type DuplicatePolicy = 'warn' | 'fail' | 'accept';

/** A contact as it is to be, and as it was where it is there already. */
export interface Saving {
  readonly before?: Contact;
  readonly after: Contact;
}

interface Suspicion extends Suspect {
  readonly of: Contact;
}

/** Whether a contact's names, numbers and addresses are others than before. */
const isFoundOtherwise = ({ before, after }: Saving): boolean => {
  const textOf = (contact: Contact): string => JSON.stringify(keysOf(contact));
  return before === undefined || textOf(before) !== textOf(after);
};

/** An address or a number that a contact shares with one that is likely somebody else. */
interface Sharing {
  readonly of: Contact;
  readonly contact: Contact;
  readonly what: string;
}

/** What is to be told of contacts that are about to be saved. */
interface Review {
  readonly suspicions: readonly Suspicion[];
  readonly sharings: readonly Sharing[];
}

const sharedKeys = ({ emails, phones }: Contact): ReadonlyMap<string, string> =>
  new Map([
    ...emails.map(({ address }) => [emailKey(address), `email address ${address}`] as const),
    ...phones.map(({ number }) => [phoneKey(number), `phone number ${number}`] as const),
  ]);

/** What a contact shares with others of its category, one line for each of them; not what it shared before. */
const sharingsOf = ({ before, after }: Saving, others: readonly Contact[]): readonly Sharing[] => {
  const keys = sharedKeys(after);
  const old = before === undefined ? new Map<string, string>() : sharedKeys(before);
  return [...new Map(others.map((other) => [other.id, other])).values()].flatMap((contact) => {
    const key = [...sharedKeys(contact).keys()].find((its) => keys.has(its) && !old.has(its));
    const what = key === undefined ? undefined : keys.get(key);
    return what === undefined || contact.category !== after.category ? [] : [{ of: after, contact, what }];
  });
};

/**
 * The likely duplicates of contacts that are about to be saved: those in the store that their email addresses, numbers
 * and names find. What was a likely duplicate before an edit is not told again.
 */
const review = async (savings: readonly Saving[], view: StoreView): Promise<Review> => {
  const changed = savings.filter(isFoundOtherwise);
  if (changed.length === 0) return nothing;
  const keys = changed.map(({ after }) => suspectKeys(after));
  const found = await view.lookup(keys.flat());
  let next = 0;
  const compared = changed.map((saving, index) => {
    const end = next + (keys[index]?.length ?? 0);
    const others = found.slice(next, end).flat();
    next = end;
    return { ...saving, others: others.filter(({ id }) => id !== saving.after.id) };
  });
  if (compared.every(({ others }) => others.length === 0)) return nothing;
  const [{ suspectsAmong }, { apartTest }] = await Promise.all([
    import('../contacts/duplicates/suspects.js'),
    import('../contacts/duplicates/apart.js'),
  ]);
  const { apart } = await view.settings();
  const suspicions = compared.flatMap(({ before, after, others }) => {
    const known = new Set(before ? suspectsAmong(before, others, apart).map(({ contact }) => contact.id) : []);
    return suspectsAmong(after, others, apart)
      .filter(({ contact }) => !known.has(contact.id))
      .map((suspect) => ({ ...suspect, of: after }));
  });
  const suspected = new Set(suspicions.map(({ of, contact }) => `${of.id} ${contact.id}`));
  const isApart = apartTest(
    apart,
    compared.flatMap(({ after, others }) => [after, ...others]),
  );
  const sharings = compared
    .flatMap((saving) => sharingsOf(saving, saving.others))
    .filter(({ of, contact }) => !suspected.has(`${of.id} ${contact.id}`) && !isApart(of.id, contact.id));
  return { suspicions, sharings };
};

const nothing: Review = { suspicions: [], sharings: [] };

/** So many who share an address or a number are named. */
const mostSharings = 3;

const sentence = ({ of, contact, reasons }: Suspicion): string =>
  `${describeContact(of)} looks like ${describeContact(contact)}: ${reasons.join(', ')}.`;

/** What is about to be saved looks like contacts that are there. */
export class LikelyDuplicate extends ConflictError {
  constructor(readonly suspicions: readonly Suspicion[]) {
    super(
      suspicions.map(sentence).join('\n'),
      'Nothing was saved. Edit the contact that is there, or leave out --fail-on-duplicate.',
    );
  }
}

/**
 * Warns of likely duplicates of what is about to be saved.
 *
 * @throws LikelyDuplicate where that is to fail
 */
export const reviewDuplicates = async (
  savings: readonly Saving[],
  view: StoreView,
  policy: DuplicatePolicy,
  session: Session,
): Promise<void> => {
  if (policy === 'accept') return;
  const { suspicions, sharings } = await review(savings, view);
  if (policy === 'fail' && suspicions.length > 0) throw new LikelyDuplicate(suspicions);
  for (const { of, contact, what } of sharings.slice(0, mostSharings)) {
    await session.warn(`${describeContact(of)} shares the ${what} with ${describeContact(contact)}.`);
  }
  for (const suspicion of suspicions) await session.warn(sentence(suspicion));
};

type Answer = 'open' | 'save' | 'cancel';

/** Asks about a likely duplicate: open it, save anyway, cancel. */
const askAbout = async ({ contact, reasons }: Suspicion, session: Session): Promise<void> => {
  const ask = await session.ask('Add --yes.');
  const message = `This looks like ${describeContact(contact)}: ${reasons.join(', ')}`;
  const ends: readonly Choice<Answer>[] = [
    { value: 'save', name: 'Save anyway' },
    { value: 'cancel', name: 'Cancel' },
  ];
  let answer = await ask.chooseOne<Answer>({ message, choices: [{ value: 'open', name: 'Open it' }, ...ends] });
  if (answer === 'open') {
    const { cardOf } = await import('./show.js');
    const settings = await (await session.store()).settings();
    await createMessages(session.io.stderr).write(`\n${await cardOf(contact, settings, session)}\n`);
    answer = await ask.chooseOne<Answer>({ message, choices: ends });
  }
  if (answer === 'cancel') throw new InterruptedError('Cancelled; nothing was saved.');
};

/**
 * Saves, with a look at likely duplicates before: at a terminal the user is asked about them, outside the store's lock;
 * elsewhere they are warned of.
 *
 * @param save saves, or throws LikelyDuplicate, as the policy says
 * @throws LikelyDuplicate with `failOnDuplicate`
 * @throws InterruptedError where the user cancels
 */
export const saveReviewed = async <Outcome>(
  save: (policy: DuplicatePolicy) => Promise<Outcome>,
  { failOnDuplicate, dryRun }: { readonly failOnDuplicate?: boolean; readonly dryRun: boolean },
  session: Session,
): Promise<Outcome> => {
  if (failOnDuplicate) return save('fail');
  if (!session.mayAsk || session.yes || dryRun) return save('warn');
  try {
    return await save('fail');
  } catch (error) {
    if (!(error instanceof LikelyDuplicate)) throw error;
    for (const suspicion of error.suspicions) await askAbout(suspicion, session);
    return save('accept');
  }
};
