import { keysOf } from '../../src/contacts/keys.js';
import type { Lookup } from '../../src/contacts/reference.js';
import { type Contact, type Email, emptyData, type Phone } from '../../src/fields/contact.js';

type Given = Omit<Partial<Contact>, 'phones' | 'emails' | 'notes'> & {
  readonly phones?: readonly (string | Phone)[];
  readonly emails?: readonly (string | Email)[];
  readonly notes?: readonly string[];
};

/** An external contact with what is given; plain phones are mobiles, plain addresses those of work. */
export const contactWith = ({ phones = [], emails = [], notes = [], ...given }: Given): Contact => ({
  ...emptyData,
  id: 'k3v9x2m4p7qr',
  category: 'external',
  createdAt: '2026-03-01T23:59:59.000Z',
  createdBy: 'ana',
  updatedAt: '2026-04-02T00:00:00.000Z',
  updatedBy: 'ben',
  ...given,
  phones: phones.map((phone) => (typeof phone === 'string' ? { kind: 'mobile', number: phone } : phone)),
  emails: emails.map((email) => (typeof email === 'string' ? { kind: 'work', address: email } : email)),
  notes: notes.map((text, index) => ({
    id: `n${index}`,
    text,
    author: 'ana',
    createdAt: '2026-03-01T23:59:59.000Z',
    updatedAt: '2026-03-01T23:59:59.000Z',
  })),
});

/** What a store's `lookup` finds among these contacts. */
export const lookupIn =
  (contacts: readonly Contact[]): Lookup =>
  async (keys) =>
    keys.map(({ of, value }) =>
      contacts.filter((contact) =>
        of === 'idPrefix'
          ? contact.id.startsWith(value)
          : keysOf(contact).some((key) => key.of === of && key.value === value),
      ),
    );
