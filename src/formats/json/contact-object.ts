import { isId } from '../../contacts/id.js';
import type { RowProblem } from '../../contacts/import/row.js';
import { type Category, type FieldSpec, keptFields } from '../../fields/catalogue.js';
import type { Note } from '../../fields/contact.js';
import type { Draft } from '../../fields/draft.js';
import { type FieldPath, nameOfField } from '../../fields/field.js';
import { fold } from '../../fields/fold.js';
import type { HeaderReader } from '../csv/header.js';
import { splitName } from '../whole-name.js';

/** What an object says about a contact. */
export interface ObjectReading {
  readonly draft: Draft;
  readonly id?: string;
  /** The UIDs by which other programs know the contact. */
  readonly uids: readonly string[];
  /** The notes of which it has id, author and time. */
  readonly notes: readonly Note[];
  readonly problems: readonly RowProblem[];
  /** The keys that no field fits, with their values as texts. */
  readonly unknown: readonly (readonly [key: string, value: string])[];
  /** The key from which each field came. */
  readonly keys: ReadonlyMap<FieldPath, string>;
}

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What is kept by the program, and is not a field; `id` and `name` are read. */
const keptKeys = new Set<string>(keptFields.map(({ path }) => path));

const noteTexts = ['id', 'text', 'author', 'createdAt', 'updatedAt'] as const;

/** A note with all that the program keeps of it. */
const wholeNote = (value: JsonObject): Note | undefined => {
  const [id, text, author, createdAt, updatedAt] = noteTexts.map((key) => value[key]);
  const all = [id, text, author, createdAt, updatedAt];
  if (!all.every((part): part is string => typeof part === 'string')) return undefined;
  const times = [createdAt, updatedAt].every((time) => !Number.isNaN(Date.parse(String(time))));
  if (!isId(String(id)) || !times) return undefined;
  return {
    id: String(id),
    text: String(text),
    author: String(author),
    createdAt: String(createdAt),
    updatedAt: String(updatedAt),
  };
};

/** Gathers what the keys of one object say. */
class ObjectReader {
  readonly draft = new Map<FieldPath, readonly string[]>();
  readonly keys = new Map<FieldPath, string>();
  readonly notes: Note[] = [];
  readonly problems: RowProblem[] = [];
  readonly unknown: (readonly [string, string])[] = [];
  readonly uids: string[] = [];
  id: string | undefined;
  name: string | undefined;

  constructor(
    private readonly byPath: ReadonlyMap<string, FieldSpec>,
    private readonly category: Category,
    private readonly readHeader: HeaderReader,
  ) {}

  fault(key: string, value: Json, message: string): void {
    this.problems.push({ column: key, value: asText(value), message });
  }

  private add(path: FieldPath, key: string, texts: readonly string[]): void {
    this.draft.set(path, [...(this.draft.get(path) ?? []), ...texts]);
    if (!this.keys.has(path)) this.keys.set(path, key);
  }

  /** The texts of a value: one for a text, number or yes/no, several for a list of them, none for null. */
  private values(path: FieldPath, key: string, value: Json): void {
    const values = Array.isArray(value) ? (value as readonly Json[]) : value === null ? [] : [value];
    if (values.some((one) => typeof one === 'object')) this.fault(key, value, 'is neither a text nor a list of texts');
    else this.add(path, key, values.map(String));
  }

  private readNotes(key: string, value: Json): void {
    this.add('notes', key, []);
    for (const note of value === null ? [] : ([value].flat() as readonly Json[])) {
      const text = typeof note === 'string' ? note : isObject(note) ? note.text : undefined;
      if (typeof text !== 'string') {
        this.fault(key, note, 'is no note: give a text, or an object with a text');
        continue;
      }
      this.add('notes', key, [text]);
      const whole = isObject(note) ? wholeNote(note) : undefined;
      if (whole !== undefined) this.notes.push(whole);
    }
  }

  /** `phones` and `emails`: a list of `{kind, number}` or `{kind, address}`; those of a kind in their order. */
  private readEntries(group: 'phones' | 'emails', value: Json): void {
    const part = group === 'phones' ? 'number' : 'address';
    const paths = [...this.byPath.keys()].filter((path) => path.startsWith(`${group}.`));
    for (const path of paths) this.add(path, group, []);
    if (!Array.isArray(value) && value !== null) return this.fault(group, value, 'is not a list');
    for (const entry of (value ?? []) as readonly Json[]) {
      const kind = isObject(entry) ? entry.kind : undefined;
      const text = isObject(entry) ? entry[part] : undefined;
      if (typeof kind !== 'string' || typeof text !== 'string') this.fault(group, entry, `lacks a kind or ${part}`);
      else if (paths.includes(`${group}.${kind}`)) this.add(`${group}.${kind}`, group, [text]);
      else this.fault(group, entry, `has no kind of ${paths.map((path) => path.slice(group.length + 1)).join(', ')}`);
    }
  }

  /** `address`, `social` and `custom`: an object of fields. */
  private readGroup(group: string, value: JsonObject): void {
    for (const [part, one] of Object.entries(value)) {
      const path = `${group}.${part}`;
      if (this.byPath.has(path)) this.values(path, path, one);
      else if (one !== null) this.unknown.push([path, asText(one)]);
    }
  }

  private readKept(key: string, value: Json): void {
    if (key === 'id' && typeof value === 'string' && isId(value)) this.id = value;
    else if (key === 'id' && value !== null) this.fault(key, value, 'is no ID: 12 characters such as 23456789bcdf');
    else if (key === 'name' && typeof value === 'string') this.name = value;
    else if (key === 'uids' && Array.isArray(value)) this.uids.push(...value.filter((uid) => typeof uid === 'string'));
    else if (key === 'category' && value !== this.category) {
      this.fault(key, value, `is not "${this.category}": give the category with --category`);
    }
  }

  read(key: string, value: Json): void {
    if (keptKeys.has(key)) this.readKept(key, value);
    else if (key === 'notes') this.readNotes(key, value);
    else if (key === 'phones' || key === 'emails') this.readEntries(key, value);
    else if (/^(address|social|custom)$/.test(key) && isObject(value)) this.readGroup(key, value);
    else if (nameOfField(key) === 'error') return;
    else {
      const use = this.byPath.has(key) ? ({ is: 'field', path: key } as const) : this.readHeader(key);
      if (use.is === 'field') this.values(use.path, key, value);
      else if (use.is === 'id' || use.is === 'name') this.readKept(use.is, value);
      else if (value !== null && !(key === 'labels' && asText(value) === '[]')) this.unknown.push([key, asText(value)]);
    }
  }
}

/**
 * Reads an object as a contact: one as `--json` prints it, or one with fields as keys, by their paths, flags, labels and
 * synonyms (`mobile`, `work-email`, `First Name`). `null` and an empty list clear a field.
 */
export const readContactObject = (
  object: object,
  fields: readonly FieldSpec[],
  category: Category,
  readHeader: HeaderReader,
): ObjectReading => {
  const reader = new ObjectReader(new Map(fields.map((field) => [field.path, field])), category, readHeader);
  for (const [key, value] of Object.entries(object as JsonObject)) reader.read(key, value);
  const { draft, keys, notes, problems, unknown, id, uids, name } = reader;
  const isNamed = [draft.get('firstName'), draft.get('lastName')].some((texts) => (texts?.length ?? 0) > 0);
  const said = [...draft.values()].flat().map(fold);
  if (name !== undefined && !isNamed && !said.includes(fold(name))) {
    const [first, last] = splitName(name);
    draft.set('firstName', [first]);
    draft.set('lastName', [last]);
  }
  return { draft, keys, notes, problems, unknown, uids, ...(id !== undefined && { id }) };
};
