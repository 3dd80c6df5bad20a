import { type Contact, emptyData } from '../../src/fields/contact.js';

/** A contact of which it is known who it is. */
export interface Labelled {
  readonly contact: Contact;
  /** The same for all contacts of one person. */
  readonly person: number;
}

const alphabet = '23456789bcdfghjkmnpqrstvwxyz';

const idOf = (number: number): string => {
  let id = '';
  for (let rest = number; id.length < 12; rest = Math.floor(rest / alphabet.length))
    id = `${alphabet[rest % alphabet.length]}${id}`;
  return id;
};

/** The contact with this number and these data; what is empty is left out. */
export const contactOf = (number: number, data: Partial<Contact>): Contact => {
  const at = '2026-03-01T08:00:00.000Z';
  const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== '' && value !== undefined));
  const address = Object.fromEntries(Object.entries(data.address ?? {}).filter(([, value]) => value !== ''));
  return {
    ...emptyData,
    id: idOf(number),
    category: 'external',
    createdAt: at,
    createdBy: 'bench',
    updatedAt: at,
    updatedBy: 'bench',
    ...given,
    ...(data.address && { address }),
  };
};

/** The same in an order that says nothing of who is whom (Fisher and Yates). */
export const shuffled = <Value>(values: readonly Value[], below: (limit: number) => number): readonly Value[] => {
  const mixed = [...values];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const at = below(last + 1);
    [mixed[last], mixed[at]] = [mixed[at] as Value, mixed[last] as Value];
  }
  return mixed;
};
