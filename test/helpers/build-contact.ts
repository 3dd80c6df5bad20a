import { type Contact, type Email, emptyData, type Note, type Phone } from '../../src/fields/contact.js';

const alphabet = '23456789bcdfghjkmnpqrstvwxyz';

/** The id with this number, from 0: the same number gives the same id. */
export const numberedId = (number: number): string => {
  let id = '';
  for (let rest = number; id.length < 12; rest = Math.floor(rest / alphabet.length)) {
    id = `${alphabet[rest % alphabet.length]}${id}`;
  }
  return id;
};

/** Gives ids one after the other, from this number on. */
export const createIdCounter = (from: number): (() => string) => {
  let next = from;
  return () => {
    next += 1;
    return numberedId(next - 1);
  };
};

export const mobile = (number: string): Phone => ({ kind: 'mobile', number });
export const workPhone = (number: string): Phone => ({ kind: 'work', number });
export const workEmail = (address: string): Email => ({ kind: 'work', address });

const moment = '2026-03-01T08:00:00.000Z';

export const buildNote = (id: string, text: string, author = 'ana'): Note => ({
  id,
  text,
  author,
  createdAt: moment,
  updatedAt: moment,
});

/** An external contact of an earlier day with what is given. */
export const buildContact = (given: Partial<Contact> & Pick<Contact, 'id'>): Contact => ({
  ...emptyData,
  category: 'external',
  createdAt: moment,
  createdBy: 'ana',
  updatedAt: moment,
  updatedBy: 'ana',
  ...given,
});
