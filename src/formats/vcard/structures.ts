import type { FieldSpec } from '../../fields/catalogue.js';
import type { CardDraft } from './card-draft.js';
import type { Layout } from './layout.js';
import { componentsOf, listComponentsOf, type Property, parameterAsIs, parameterOf, unescapeText } from './property.js';

/** Properties whose values have components, how many, and what those are that no field holds. */
interface Structure {
  readonly size: number;
  readonly titles: readonly string[];
  /** The components as texts. */
  components(property: Property): readonly string[];
}

const structures: ReadonlyMap<string, Structure> = new Map([
  [
    'N',
    {
      size: 5,
      titles: ['Last Name', 'First Name', 'Middle Name', 'Name Prefix', 'Name Suffix'],
      components: (property) => listComponentsOf(property, ' '),
    },
  ],
  ['ORG', { size: 2, titles: ['Company', 'Department'], components: componentsOf }],
  ['ADR', { size: 7, titles: [], components: (property) => listComponentsOf(property, ', ') }],
]);

/** How many components a property has; those that the catalogue names besides have as many as they need. */
export const sizeOf = (name: string, places: ReadonlyMap<number, unknown>): number =>
  structures.get(name)?.size ?? Math.max(...places.keys()) + 1;

const owners = ['work', 'home'];

/** RFC 6350, section 6.3.1: the post office box, the extended address, and the street. */
const [boxPart, extendedPart, streetPart] = [0, 1, 2];

/** With the components of RFC 9554, which say again in pieces what the first seven say. */
const detailedSize = 18;

const readAddress = (card: CardDraft, property: Property, given: readonly string[], layout: Layout): void => {
  const places: ReadonlyMap<number, FieldSpec> = layout.components.get(property.name) ?? new Map();
  const size = sizeOf(property.name, places);
  const [box = '', extended = '', street = ''] = [boxPart, extendedPart, streetPart].map((part) => given[part]);
  const lines = [street, extended, /^\d+$/.test(box) ? `PO Box ${box}` : box].filter((line) => line !== '');
  const texts = Array.from({ length: size }, (_, part) =>
    part === streetPart ? lines.join('\n') : (given[part] ?? ''),
  );
  if (given.length < detailedSize) for (const text of given.slice(size)) card.keep({ title: 'Address', text });
  const types = parameterOf(property, 'TYPE');
  const owner = owners.findIndex((type) => types.includes(type));
  const label = property.group === '' ? undefined : card.labels.get(property.group);
  const byLabel = label === undefined ? -1 : owners.indexOf(label.toLowerCase());
  const isPreferred = types.includes('pref') || parameterAsIs(property, 'PREF') === '1';
  const rank = (owner < 0 ? byLabel : owner) < 0 ? owners.length : owner < 0 ? byLabel : owner;
  card.addresses.push({
    title: ['Work Address', 'Home Address'][rank] ?? 'Address',
    rank: isPreferred ? rank - 0.5 : rank,
    parts: texts.flatMap((text, part) => {
      const field = places.get(part);
      return text === '' || field === undefined ? [] : [[field.path, text] as const];
    }),
    label: byLabel < 0 ? label : undefined,
    delivery: unescapeText(parameterAsIs(property, 'LABEL') ?? ''),
  });
};

/**
 * Reads a property whose value has components into the fields of which each is one; the others are kept.
 *
 * @returns whether it is such a property
 */
export const readStructure = (card: CardDraft, property: Property, layout: Layout): boolean => {
  const places = layout.components.get(property.name);
  const structure = structures.get(property.name);
  if (places === undefined && structure === undefined) return false;
  const texts = (structure?.components ?? componentsOf)(property);
  if (property.name === 'ADR') readAddress(card, property, texts, layout);
  else {
    for (const [part, text] of texts.entries()) {
      const field = places?.get(part);
      const title = structure?.titles[Math.min(part, structure.titles.length - 1)] ?? property.name;
      if (field !== undefined) card.add(field.path, property.name, [text], title);
      else card.keep({ title, text });
    }
  }
  return true;
};
