import type { FieldPath } from '../../fields/field.js';
import { phoneKindOf } from '../kind-words.js';
import { plainLabel } from './blocks.js';
import { grouped } from './grouped.js';
import type { ColumnUse } from './header.js';
import type { Cell } from './row-draft.js';

type AddressCell = Cell & { readonly use: Extract<ColumnUse, { is: 'address' }> };

export interface AddressReading {
  /** The address that the contact gets, part by part. */
  readonly chosen: readonly (readonly [FieldPath, string])[];
  /** The others, each in one line. */
  readonly others: readonly Cell[];
  /** Whole addresses that may only repeat the parts. */
  readonly repeats: readonly Cell[];
}

/** One address, with the parts that hold something. */
interface Address {
  readonly title: string;
  readonly rank: number;
  readonly parts: ReadonlyMap<string, string>;
  readonly repeats: readonly Cell[];
}

const order = ['street', 'city', 'state', 'zipCode', 'country'];

const addressOf = (cells: readonly AddressCell[]): Address => {
  const [first] = cells;
  const textsOf = (...parts: readonly string[]): readonly string[] =>
    cells.filter(({ use }) => parts.includes(use.part)).map(({ text }) => text);
  const [label = ''] = textsOf('label').map(plainLabel);
  const isNumbered = /\d$/.test(first?.use.owner ?? '');
  const hasStreet = textsOf('street').length > 0;
  const whole = cells.filter(({ use }) => use.part === 'formatted' || (use.part === 'address' && hasStreet));
  const hasParts = cells.some(({ use }) => !['formatted', 'label'].includes(use.part));
  const street = [
    ...textsOf(...(hasStreet ? ['street'] : ['address'])),
    ...textsOf('poBox').map((box) => (/^\d+$/.test(box) ? `PO Box ${box}` : box)),
    ...(hasParts ? [] : textsOf('formatted')),
  ].join('\n');
  const parts = new Map<string, string>(street === '' ? [] : [['street', street]]);
  for (const part of order.slice(1)) {
    const [text] = textsOf(part);
    if (text !== undefined) parts.set(part, text);
  }
  return {
    title: isNumbered ? (label === '' ? (first?.use.owner ?? '') : `${label} Address`) : `${first?.use.owner} Address`,
    rank: (first?.use.rank ?? 0) - (isNumbered && phoneKindOf(label).kind === 'work' && label !== '' ? 1000 : 0),
    parts,
    repeats: hasParts ? whole : [],
  };
};

/**
 * Chooses one address among those of a row: the work address wins, and one that stands in plain columns wins over all.
 *
 * @param cells the cells of address columns that hold something
 * @param hasPlain whether the row has an address already
 */
export const readAddresses = (cells: readonly AddressCell[], hasPlain: boolean): AddressReading => {
  const addresses = [...grouped(cells, ({ use }) => use.owner).values()]
    .map(addressOf)
    .filter(({ parts }) => parts.size > 0)
    .sort((one, other) => one.rank - other.rank);
  const [chosen, others] = hasPlain ? [undefined, addresses] : [addresses[0], addresses.slice(1)];
  return {
    chosen: [...(chosen?.parts ?? [])].map(([part, text]) => [`address.${part}`, text]),
    others: others.map(({ title, parts }) => ({
      header: title,
      text: [...parts.values()].join(', ').replaceAll('\n', ', '),
    })),
    repeats: addresses.flatMap(({ repeats }) => repeats),
  };
};
