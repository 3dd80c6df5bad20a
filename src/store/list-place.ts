import { compareCodePoints, sortKey } from '../contacts/order.js';
import type { Contact } from '../fields/contact.js';
import type { Order } from './store.js';

/** A contact's place in a sorted list, without the contact: what every store orders by, so that all order alike. */
export interface ListPlace {
  readonly rank: number;
  readonly key: string | undefined;
  readonly name: string;
  readonly id: string;
}

type Sorting = Exclude<Order, 'stored'>;

/** @param rank what a query says of the contact; 0 where the order is not by rank */
export const listPlaceOf = (contact: Contact, order: Sorting, rank: number): ListPlace => ({
  rank,
  key: order === 'rank' ? undefined : sortKey(contact, order.by),
  name: sortKey(contact, 'name') ?? '',
  id: contact.id,
});

/** Compares sort keys; a contact without one comes last in either direction. */
export const compareKeys = (one: string | undefined, other: string | undefined, direction: number): number => {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return direction * compareCodePoints(one, other);
};

/** By rank, then by the key, then by name and id. */
export const compareListPlaces = (order: Sorting): ((one: ListPlace, other: ListPlace) => number) => {
  const direction = order !== 'rank' && order.descending ? -1 : 1;
  return (one, other) =>
    one.rank - other.rank ||
    compareKeys(one.key, other.key, direction) ||
    compareCodePoints(one.name, other.name) ||
    compareCodePoints(one.id, other.id);
};
