import type { Random } from '../../../scripts/fixtures/random.js';
import type { Contact } from '../../../src/fields/contact.js';

/** What a writer knows of one of its contacts. */
interface Known {
  readonly id: string;
  readonly company: string;
  /** The texts of its notes; not known after a merge, which may add some. */
  readonly notes: readonly string[] | undefined;
}

/** What a writer knows of the store: its contacts by their first names, and its labels. Nobody else touches these. */
export interface Model {
  readonly contacts: ReadonlyMap<string, Known>;
  readonly labels: readonly string[];
}

/** A command of a writer, and what it makes of its part of the store. */
export interface Step {
  readonly argv: readonly string[];
  /** The rows of the file that is imported, which the command line names `FILE`. */
  readonly file?: string;
  readonly after: Model;
  /** Its answer names the change, so that it can be taken back by the next command. */
  readonly isUndoable?: boolean;
}

export const emptyModel: Model = { contacts: new Map(), labels: [] };

/** The part of a store that is a writer's. */
export const modelIn = (store: StoredState, writer: string): Model => ({
  contacts: new Map(
    store.contacts
      .filter(({ lastName }) => lastName === writer)
      .map(({ id, firstName = '', company = '', notes }) => [
        firstName,
        { id, company, notes: notes.map(({ text }) => text) },
      ]),
  ),
  labels: store.settings.labels.map(({ name }) => name).filter((name) => name.startsWith(`${writer} `)),
});

/** The store's file, as far as the writers look at it. */
export interface StoredState {
  readonly revision: number;
  readonly settings: { readonly labels: readonly { readonly name: string }[] };
  readonly contacts: readonly Contact[];
}

/** Whether a writer's part of the store is as the writer expects it; ids and notes that it cannot know may be any. */
export const isAsExpected = (found: Model, expected: Model): boolean =>
  found.contacts.size === expected.contacts.size &&
  [...expected.contacts].every(([name, { id, company, notes }]) => {
    const present = found.contacts.get(name);
    if (present === undefined || (id !== '' && present.id !== id) || present.company !== company) return false;
    return notes === undefined || JSON.stringify(present.notes) === JSON.stringify(notes);
  }) &&
  JSON.stringify(found.labels) === JSON.stringify(expected.labels);

const withContact = (model: Model, name: string, known: Known): Model => ({
  ...model,
  contacts: new Map(model.contacts).set(name, known),
});

const without = (model: Model, name: string): Model => ({
  ...model,
  contacts: new Map([...model.contacts].filter(([other]) => other !== name)),
});

/** The next command of a writer. */
export const nextStep = (writer: string, number: number, model: Model, random: Random): Step => {
  const name = `N${number}`;
  const company = `Company ${number}`;
  const add = (): Step => ({
    argv: ['add', '--first-name', name, '--last-name', writer, '--company', company],
    after: withContact(model, name, { id: '', company, notes: [] }),
  });
  const names = [...model.contacts.keys()];
  if (names.length < 2) return add();
  const one = random.pick(names);
  const other = random.pick(names.filter((candidate) => candidate !== one));
  const known = model.contacts.get(one);
  const second = model.contacts.get(other);
  if (known === undefined || second === undefined) return add();

  const rows = [
    'ID,First Name,Last Name,Company',
    `${known.id},${one},${writer},${company}`,
    `,${name},${writer},${company}`,
    `,${name}b,${writer},${company}`,
  ];
  const imported = withContact(model, one, { ...known, company });
  const both = withContact(imported, name, { id: '', company, notes: [] });
  const [label] = model.labels;
  const steps: readonly (() => Step)[] = [
    add,
    () => ({ argv: ['edit', known.id, '--company', company], after: imported }),
    () => ({ argv: ['rm', known.id], after: without(model, one), isUndoable: true }),
    () => ({
      argv: ['merge', known.id, second.id],
      after: without(withContact(model, one, { ...known, notes: undefined }), other),
    }),
    () => ({
      argv: ['note', 'add', known.id, `Note ${number}`],
      after: withContact(model, one, { ...known, notes: known.notes && [...known.notes, `Note ${number}`] }),
    }),
    () => ({
      argv: ['label', 'add', `${writer} ${number}`, '--color', 'blue'],
      after: { ...model, labels: [...model.labels, `${writer} ${number}`] },
    }),
    () =>
      label === undefined
        ? add()
        : { argv: ['label', 'rm', label, '--yes'], after: { ...model, labels: model.labels.slice(1) } },
    () => ({
      argv: ['import', 'FILE'],
      file: rows.join('\n'),
      after: withContact(both, `${name}b`, { id: '', company, notes: [] }),
      isUndoable: true,
    }),
  ];
  return random.pick(steps)();
};
