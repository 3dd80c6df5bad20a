import type { Settings } from '../contacts/settings.js';
import type { Contact } from '../fields/contact.js';
import { sectionsOf } from '../fields/field.js';
import { shownValues } from '../fields/values.js';
import { formatOf, formatOptions, refuseMixedCsv } from './list-options.js';
import { inTurn, jsonOf, type ListFormat, writeJson, writeList } from './output.js';
import { action, type Declare } from './program.js';
import { findContacts } from './reference.js';
import type { Session } from './session.js';
import { shownFields } from './shown-field.js';

export interface ShowOptions {
  readonly references: readonly string[];
  readonly fields?: string;
  readonly format?: ListFormat;
  readonly json?: boolean;
}

/** Loads what draws everything about a contact, as people read it. */
export const createCards = async (settings: Settings, session: Session): Promise<(contact: Contact) => string> => {
  const { renderCard } = await import('../terminal/card.js');
  const { io, style } = session;
  return (contact) =>
    renderCard(contact, {
      sections: sectionsOf(contact.category, settings.fields),
      textsOf: shownValues,
      labels: settings.labels,
      style,
      hyperlinks: io.hyperlinks,
      now: session.now(),
      timeZone: session.timeZone,
      ...(io.stdoutIsTerminal && { width: io.columns }),
    });
};

/** Everything about a contact, as people read it. */
export const cardOf = async (contact: Contact, settings: Settings, session: Session): Promise<string> =>
  (await createCards(settings, session))(contact);

export const runShow = async (options: ShowOptions, session: Session): Promise<void> => {
  const store = await session.store();
  const { contacts, settings } = await store.snapshot(async (view) => ({
    contacts: await findContacts(options.references, session, view),
    settings: await view.settings(),
  }));
  const format = formatOf(options);
  const [first] = contacts;
  const categories = [...new Set(contacts.map(({ category }) => category))];
  if (format === 'json' && first && contacts.length === 1) {
    const shown = options.fields === undefined ? undefined : shownFields(options.fields, categories, settings.fields);
    await writeJson(session, jsonOf(first, shown?.[first.category]));
  } else if (format === 'table' && options.fields === undefined) {
    const cards = await Promise.all(contacts.map((contact) => cardOf(contact, settings, session)));
    await session.out.write(cards.join('\n'));
  } else {
    refuseMixedCsv(format, categories);
    await writeList(session, () => inTurn(contacts), { format, fields: options.fields, categories, settings });
  }
};

export const declare = (program: Parameters<Declare>[0], session: Session, run = runShow): void => {
  formatOptions(
    program
      .command('show')
      .description('Show everything about contacts.')
      .argument('<ref...>', 'an id, the start of one, an email address, a phone number, or a full name'),
  )
    .option('--fields <a,b,c>', 'these fields alone')
    .action(
      action((references: readonly string[], options: Omit<ShowOptions, 'references'>) =>
        run({ ...options, references }, session),
      ),
    );
};
