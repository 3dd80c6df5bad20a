import type { Command } from 'commander';
import { displayName } from '../contacts/contact.js';
import type { Contact } from '../fields/contact.js';
import { action } from './program.js';
import { findContact } from './reference.js';
import type { Session } from './session.js';

export interface ShareOptions {
  readonly reference: string;
  readonly qr: boolean;
}

/** What a phone's address book has a place for: the code stays small enough for a screen without the rest. */
const withoutOurOwn = (contact: Contact): Contact => {
  const { type, level, group, language, social, custom, mergedIds, uids, ...shared } = contact;
  return { ...shared, labels: [], notes: [] };
};

export const runShare = async ({ reference, qr }: ShareOptions, session: Session): Promise<void> => {
  const store = await session.store();
  const contact = await findContact(reference, session, store);
  const { fields: custom } = await store.settings();
  const { createVcardWriter } = await import('../formats/vcard/write.js');
  if (!qr) return session.data('text').write(createVcardWriter({ custom, isShort: true })(contact));
  const { renderQrCode } = await import('../terminal/qr-code.js');
  const { io, style } = session;
  // Phones read 3.0, and not all of them 4.0.
  const card = createVcardWriter({ custom: [], version: '3.0', isShort: true })(withoutOurOwn(contact));
  await session.out.write(renderQrCode(card, { style, ...(io.stdoutIsTerminal && { width: io.columns }) }));
  await session.tell(`Point the camera of a phone at it to take ${displayName(contact)} with you.`);
};

export const declare = (program: Command, session: Session, run = runShare): void => {
  program
    .command('share')
    .description('Print the vCard of a contact, or draw it as a QR code for a phone to take.')
    .argument('<ref>', 'an id, the start of one, an email address, a phone number, or a full name')
    .option('--qr', 'draw it as a QR code, with what a phone has a place for', false)
    .action(
      action((reference: string, options: Omit<ShareOptions, 'reference'>) => run({ ...options, reference }, session)),
    );
};
