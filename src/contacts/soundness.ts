import { catalogue, customKinds, type FieldSpec } from '../fields/catalogue.js';
import type { Contact, CustomValue } from '../fields/contact.js';
import { describeIssue, issueAt } from '../fields/draft.js';
import { type CustomField, fieldsOf } from '../fields/field.js';
import { fold } from '../fields/fold.js';
import { kinds } from '../fields/kinds/index.js';
import type { KindContext } from '../fields/kinds/kind.js';
import { valuesAt } from '../fields/values.js';
import { describeContact } from './contact.js';
import { undefinedLabels } from './import/labels.js';
import type { Settings } from './settings.js';
import { uniqueKeysOf } from './unique.js';

/** Something about a contact that can be read, and that no command would have written. */
export interface ContactFault {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string;
}

const repair = '`contacts store repair` defines it';

/** The groups of a contact whose entries bear a kind. */
const groups = ['phones', 'emails'] as const;

/** Finds what is wrong with the contacts of a store, one after the other. */
export class Soundness {
  readonly #context: KindContext;
  readonly #labels: ReadonlySet<string>;
  readonly #labelsFolded: ReadonlySet<string>;
  readonly #custom: ReadonlySet<string>;
  readonly #fields: ReadonlyMap<string, readonly FieldSpec[]>;
  readonly #paths: ReadonlyMap<string, ReadonlySet<string>>;
  /** Who has each unique value, of those that were looked at. */
  readonly #holders = new Map<string, string>();

  constructor({ labels, fields }: Pick<Settings, 'labels' | 'fields'>, context: KindContext) {
    this.#context = context;
    this.#labels = new Set(labels.map(({ name }) => name));
    this.#labelsFolded = new Set(labels.map(({ name }) => fold(name)));
    this.#custom = new Set(fields.map(({ key }) => key));
    const categories = Object.keys(catalogue) as (keyof typeof catalogue)[];
    this.#fields = new Map(categories.map((category) => [category, fieldsOf(category, fields)]));
    this.#paths = new Map(
      [...this.#fields].map(([category, specs]) => [category, new Set(specs.map(({ path }) => path))]),
    );
  }

  /** All that is wrong with a contact, by itself and beside those that were looked at before. */
  faultsOf(contact: Contact): readonly ContactFault[] {
    return [
      ...this.#undefined(contact),
      ...this.#unplaced(contact),
      ...this.#refused(contact),
      ...this.#taken(contact),
    ];
  }

  #undefined(contact: Contact): readonly ContactFault[] {
    const who = describeContact(contact);
    const labels = contact.labels.filter((label) => !this.#labels.has(label));
    const keys = Object.keys(contact.custom ?? {}).filter((key) => !this.#custom.has(key));
    return [
      ...labels.map((label) => ({
        severity: 'warning' as const,
        message: `${who} has the label "${label}", which is not defined.`,
        remedy: this.#labelsFolded.has(fold(label))
          ? `It differs from a defined label by case or accents only: \`contacts edit ${contact.id} --add 'label=${label}'\` writes it as defined.`
          : `${repair}; \`contacts edit ${contact.id} --remove 'label=${label}'\` takes it off.`,
      })),
      ...keys.map((key) => ({
        severity: 'warning' as const,
        message: `${who} has a value of the field "${key}", which is not defined.`,
        remedy: `${repair}, or define it as it was with \`contacts field add\`.`,
      })),
    ];
  }

  /** Phones and emails of a kind that there is not: no field shows them. */
  #unplaced(contact: Contact): readonly ContactFault[] {
    const paths = this.#paths.get(contact.category);
    return groups.flatMap((group) =>
      contact[group]
        .filter(({ kind }) => !paths?.has(`${group}.${kind}`))
        .map((entry) => ({
          severity: 'error' as const,
          message: `${describeContact(contact)} has "${'number' in entry ? entry.number : entry.address}" of the unknown kind "${entry.kind}".`,
          remedy: `Give it a kind that there is in the file by hand; see \`contacts schema\`.`,
        })),
    );
  }

  #refused(contact: Contact): readonly ContactFault[] {
    return (this.#fields.get(contact.category) ?? []).flatMap((field) =>
      field.kind === 'label' || field.kind === 'note'
        ? []
        : valuesAt(contact, field.path).flatMap((value) => {
            const reading = kinds[field.kind].read(value, field, this.#context);
            if (reading.ok) return [];
            return {
              severity: 'error' as const,
              message: `${describeContact(contact)}: ${describeIssue(issueAt(field, value, reading.problem))}.`,
              remedy: field.repeats
                ? `Correct it: \`contacts edit ${contact.id} --remove '${field.flag}=${value}'\`, then --add the right value.`
                : `Correct it: \`contacts edit ${contact.id} --set '${field.flag}=VALUE'\`.`,
            };
          }),
    );
  }

  #taken(contact: Contact): readonly ContactFault[] {
    return uniqueKeysOf(contact).flatMap(({ of, value }) => {
      const name = `${of} ${value}`;
      const holder = this.#holders.get(name);
      if (holder === undefined) this.#holders.set(name, describeContact(contact));
      if (holder === undefined) return [];
      return {
        severity: 'error' as const,
        message: `${describeContact(contact)} has the same ${of} "${value}" as ${holder}, and no two staff members share it.`,
        remedy: `Give one of them another with \`contacts edit\`.`,
      };
    });
  }
}

/** The kind of a field that holds such values. */
const kindOf = (values: readonly CustomValue[]): keyof typeof customKinds => {
  const [first] = values;
  if (values.every((value) => typeof value === 'boolean')) return 'checkbox';
  if (values.every((value) => typeof value === 'number')) return 'number';
  return typeof first === 'object' && values.every((value) => typeof value === 'object') ? 'multi-select' : 'text';
};

/** Gathers what contacts have that is not defined, and defines it. */
export class MissingDefinitions {
  readonly #settings: Settings;
  readonly #labels = new Set<string>();
  readonly #values = new Map<string, CustomValue[]>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  look({ labels, custom = {} }: Contact): void {
    for (const label of labels) this.#labels.add(label);
    for (const [key, value] of Object.entries(custom)) {
      if (this.#settings.fields.some((field) => field.key === key)) continue;
      const known = this.#values.get(key);
      if (known) known.push(value);
      else this.#values.set(key, [value]);
    }
  }

  /**
   * The settings with what was missing; a text for each definition.
   *
   * @param colours that labels may get
   */
  define(colours: readonly string[]): { readonly settings: Settings; readonly defined: readonly string[] } {
    const labels = undefinedLabels(this.#newLabels(), this.#settings, colours);
    const fields = [...this.#values].flatMap(([key, values]): readonly CustomField[] => {
      const kind = kindOf(values);
      const isMixed = kind === 'text' && values.some((value) => typeof value !== 'string');
      if (isMixed) return [];
      const choices =
        kind === 'multi-select' ? [...new Set(values.flatMap((value) => value as readonly string[]))] : [];
      return [{ key, label: key, kind, ...(choices.length > 0 && { choices }) }];
    });
    const settings = {
      ...this.#settings,
      labels: [...this.#settings.labels, ...labels],
      fields: [...this.#settings.fields, ...fields],
    };
    const defined = [
      ...labels.map(({ name }) => `the label "${name}"`),
      ...fields.map(({ key }) => `the field "${key}"`),
    ];
    return { settings, defined };
  }

  /** Labels that are not defined in another case either; of several that differ by case the first. */
  #newLabels(): Iterable<string> {
    const known = new Set(this.#settings.labels.map(({ name }) => fold(name)));
    const byFold = new Map([...this.#labels].toReversed().map((label) => [fold(label), label]));
    return [...byFold].filter(([folded]) => !known.has(folded)).map(([, label]) => label);
  }
}
