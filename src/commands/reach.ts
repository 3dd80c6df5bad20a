import { type Command, Option } from 'commander';
import { displayName } from '../contacts/contact.js';
import { NotFoundError } from '../errors.js';
import type { Contact } from '../fields/contact.js';
import { fieldsOf } from '../fields/field.js';
import { type ChatService, chatServices, chatUri, mailtoUri, smsUri, telUri } from '../terminal/links.js';
import { writeJson } from './output.js';
import { action, type Declare } from './program.js';
import { findContact } from './reference.js';
import type { Session } from './session.js';

export type ReachCommand = 'call' | 'sms' | 'email' | 'chat';

export interface ReachOptions {
  readonly reference: string;
  readonly kind?: string;
  /** Print the address instead of having the system open it. */
  readonly print: boolean;
  readonly json?: boolean;
}

/** An address at which a contact can be reached. */
export interface Way {
  /** `mobile`, `work` …, or a messaging service. */
  readonly kind: string;
  /** What the form calls it: `Work Phone`. */
  readonly label: string;
  /** The number, address or account as the contact has it. */
  readonly value: string;
  readonly uri: string;
}

/** What a command reaches a contact by. */
interface Means {
  readonly description: string;
  /** What a contact without any has none of. */
  readonly noun: string;
  /** Where the fields of it are in a contact. */
  readonly group: 'phones' | 'emails' | 'social';
  readonly ways: (
    contact: Contact,
  ) => readonly { readonly kind: string; readonly value: string; readonly uri?: string | undefined }[];
}

const means = {
  call: {
    description: 'Call a contact, with what the system has for phone numbers.',
    noun: 'phone number',
    group: 'phones',
    ways: ({ phones }) => phones.map(({ kind, number }) => ({ kind, value: number, uri: telUri(number) })),
  },
  sms: {
    description: 'Write a text message to a contact, with what the system has for them.',
    noun: 'phone number',
    group: 'phones',
    ways: ({ phones }) =>
      [...phones.filter(({ kind }) => kind === 'mobile'), ...phones.filter(({ kind }) => kind !== 'mobile')].map(
        ({ kind, number }) => ({ kind, value: number, uri: smsUri(number) }),
      ),
  },
  email: {
    description: 'Write a mail to a contact, with the mail program.',
    noun: 'email address',
    group: 'emails',
    ways: ({ emails }) => emails.map(({ kind, address }) => ({ kind, value: address, uri: mailtoUri(address) })),
  },
  chat: {
    description: 'Open a chat with a contact: WhatsApp, Messenger, LINE, Instagram.',
    noun: 'messaging account with a public link',
    group: 'social',
    ways: ({ social }) =>
      chatServices.flatMap((kind) => {
        const value = social?.[kind];
        return value === undefined ? [] : [{ kind, value, uri: chatUri(kind, value) }];
      }),
  },
} as const satisfies Record<ReachCommand, Means>;

const labelOf = (path: string, contact: Contact): string =>
  fieldsOf(contact.category, []).find((field) => field.path === path)?.label ?? path;

/** The ways in which a command can reach a contact, the one to take first. */
export const waysToReach = (command: ReachCommand, contact: Contact): readonly Way[] => {
  const { group, ways }: Means = means[command];
  return ways(contact).flatMap(({ kind, value, uri }) =>
    uri === undefined ? [] : [{ kind, value, uri, label: labelOf(`${group}.${kind}`, contact) }],
  );
};

const chosenWay = async (ways: readonly [Way, ...Way[]], message: string, session: Session): Promise<Way> => {
  if (ways.length === 1 || !session.mayAsk) return ways[0];
  const ask = await session.ask('Give --kind.');
  return ask.chooseOne({ message, choices: ways.map((way) => ({ value: way, name: way.value, hint: way.label })) });
};

/**
 * Reaches a contact: has the system open the address, at a terminal; elsewhere, or where it is asked for, prints it. Of
 * several addresses the user chooses; where nobody can be asked, the first is taken.
 */
export const runReach = async (command: ReachCommand, options: ReachOptions, session: Session): Promise<void> => {
  const contact = await findContact(options.reference, session, await session.store());
  const ways = waysToReach(command, contact);
  const [first, ...others] = ways.filter(({ kind }) => options.kind === undefined || kind === options.kind);
  if (first === undefined) {
    const kind = options.kind === undefined ? '' : ` of the kind "${options.kind}"`;
    throw new NotFoundError(
      `${displayName(contact)} has no ${means[command].noun}${kind}.`,
      ways.length > 0
        ? `There is: ${ways.map((way) => `${way.value} (${way.kind})`).join(', ')}.`
        : `"contacts edit ${contact.id}" adds one.`,
    );
  }
  const way = await chosenWay([first, ...others], `Which ${means[command].noun} of ${displayName(contact)}?`, session);
  const opens = session.io.stdoutIsTerminal && !options.print && !options.json;
  if (opens) {
    await session.openUri(way.uri);
    await session.tell(`Opened ${way.uri} for ${displayName(contact)}.`);
  } else if (options.json) await writeJson(session, { kind: way.kind, value: way.value, uri: way.uri });
  else await session.say(way.uri);
};

/** The kinds that `--kind` takes: those of the fields, or the messaging services. */
const kindsOf = (command: ReachCommand): readonly string[] => {
  const { group } = means[command];
  if (group === 'social') return chatServices satisfies readonly ChatService[];
  const paths = fieldsOf('external', []).map(({ path }) => path);
  return paths.filter((path) => path.startsWith(`${group}.`)).map((path) => path.slice(group.length + 1));
};

const declaration =
  (name: ReachCommand) =>
  (program: Command, session: Session, run = runReach): void => {
    program
      .command(name)
      .description(means[name].description)
      .argument('<ref>', 'an id, the start of one, an email address, a phone number, or a full name')
      .addOption(new Option('--kind <kind>', 'which of several').choices(kindsOf(name)))
      .option('--print', 'print the address, and open nothing', false)
      .option('--json', 'print the address with its kind as JSON')
      .action(
        action((reference: string, options: Omit<ReachOptions, 'reference'>) =>
          run(name, { ...options, reference }, session),
        ),
      );
  };

/** The declarations of the commands that reach contacts. */
export const reachCommands = {
  call: { declare: declaration('call') },
  sms: { declare: declaration('sms') },
  email: { declare: declaration('email') },
  chat: { declare: declaration('chat') },
} as const satisfies Record<ReachCommand, { readonly declare: Declare }>;
