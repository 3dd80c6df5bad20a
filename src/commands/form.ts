import type { Settings } from '../contacts/settings.js';
import { type Category, customSectionTitle, type FieldSpec, type SectionSpec } from '../fields/catalogue.js';
import { type ContactData, emptyData } from '../fields/contact.js';
import { type Draft, type DraftContext, readField } from '../fields/draft.js';
import { type FieldPath, fieldsOf, sectionsOf } from '../fields/field.js';
import { kinds } from '../fields/kinds/index.js';
import { shownValues, valuesAt } from '../fields/values.js';
import type { Ask, Choice } from '../terminal/ask.js';

/** What the user chose at the end of a form. */
export type FormEnd = 'save' | 'save-and-new' | 'cancel';

export interface FormResult {
  /** The fields that were changed in the form, with the texts that were typed. */
  readonly draft: Draft;
  readonly end: FormEnd;
}

export interface FormOptions {
  readonly category: Category;
  readonly settings: Settings;
  readonly context: DraftContext;
  /** The contact that is edited; absent for a new one. */
  readonly data?: ContactData;
  /** Reads the Country Code field; nothing where it is no country. */
  readonly readCountry: (text: string) => string | undefined;
}

/** Several phone numbers or addresses in one line of the form; `;ext=` belongs to a number. */
const separator = /;\s*(?!ext=)/;

const isList = (field: FieldSpec): boolean =>
  (field.kind === 'phone' || field.kind === 'email') && field.repeats === true;

const textsOfLine = (field: FieldSpec, line: string): readonly string[] =>
  isList(field) ? line.split(separator).filter((text) => text.trim() !== '') : line === '' ? [] : [line];

const hintOf = (field: FieldSpec): string | undefined => {
  if (isList(field)) return 'several with ; between';
  return field.kind === 'date' || field.kind === 'timeZone' ? field.help : undefined;
};

/** What a form knows while it is filled in: what is typed so far, and the country that numbers are read with. */
interface Filling {
  readonly ask: Ask;
  readonly options: FormOptions;
  readonly data: ContactData;
  readonly typed: Map<FieldPath, readonly string[]>;
  country: string | undefined;
}

const contextOf = ({ options, country }: Filling): DraftContext => ({ ...options.context, country });

/** The texts that a field shows: those typed, else those of the contact, else the preset of a new one. */
const currentTexts = (field: FieldSpec, { typed, data, options }: Filling): readonly string[] => {
  const known = typed.get(field.path) ?? shownValues(field, data);
  if (known.length > 0 || options.data !== undefined || field.preset === undefined) return known;
  return [field.preset];
};

const faultOf = (field: FieldSpec, texts: readonly string[], filling: Filling): string | undefined => {
  if (field.required && texts.length === 0) return `${field.label} is required`;
  const [issue] = readField(field, texts, contextOf(filling)).issues;
  return issue && `${issue.value} ${issue.message}`;
};

const none = '';

const askText = async (field: FieldSpec, message: string, filling: Filling): Promise<readonly string[]> => {
  const hint = hintOf(field);
  const line = await filling.ask.text({
    message,
    initial: currentTexts(field, filling).join('; '),
    ...(hint !== undefined && { hint }),
    check: (text) => faultOf(field, textsOfLine(field, text), filling),
  });
  return textsOfLine(field, line);
};

const choicesOf = (field: FieldSpec): readonly Choice<string>[] =>
  (field.kind === 'checkbox' ? ['true', 'false'] : (field.choices ?? [])).map((value) => {
    const shown = kinds[field.kind].show(value);
    return { value: shown, name: shown };
  });

const otherText = '\0other';

const askChoice = async (field: FieldSpec, message: string, filling: Filling): Promise<readonly string[]> => {
  const [current = none] = currentTexts(field, filling);
  const choices = choicesOf(field);
  const isOther = current !== none && !choices.some(({ value }) => value === current);
  const mayBeEmpty = field.preset === undefined && !field.required;
  const chosen = await filling.ask.chooseOne({
    message,
    choices: [
      ...(mayBeEmpty ? [{ value: none, name: '(none)' }] : []),
      ...choices,
      ...(field.open ? [{ value: otherText, name: 'Other …', ...(isOther && { hint: current }) }] : []),
    ],
    initial: isOther && field.open ? otherText : current,
  });
  if (chosen === otherText) return askText(field, message, filling);
  return chosen === none ? [] : [chosen];
};

const askSeveral = async (field: FieldSpec, message: string, filling: Filling): Promise<readonly string[]> => {
  const names =
    field.kind === 'label' ? filling.options.settings.labels.map(({ name }) => name) : (field.choices ?? []);
  const initial = currentTexts(field, filling);
  const choices = [...new Set([...names, ...initial])].map((name) => ({ value: name, name }));
  return filling.ask.chooseSeveral({ message, choices, initial });
};

const askField = async (field: FieldSpec, message: string, filling: Filling): Promise<void> => {
  const isChoice = field.kind === 'choice' || field.kind === 'language' || field.kind === 'checkbox';
  const isSeveral = field.kind === 'label' || field.kind === 'multiSelect';
  const before = currentTexts(field, filling);
  const ask = isSeveral ? askSeveral : isChoice ? askChoice : askText;
  const texts = await ask(field, message, filling);
  const isSame = texts.length === before.length && texts.every((text, index) => text === before[index]);
  if (!isSame) filling.typed.set(field.path, texts);
};

const askCountry = async (filling: Filling): Promise<void> => {
  const text = await filling.ask.text({
    message: 'Country Code',
    initial: filling.country ?? '',
    hint: '+852 or HK, for numbers without one',
    check: (given) =>
      given.trim() === '' || filling.options.readCountry(given) !== undefined
        ? undefined
        : `${given} is neither a calling code such as +852 nor a region such as HK`,
  });
  filling.country = text.trim() === '' ? undefined : filling.options.readCountry(text);
};

const askFirstPage = async (filling: Filling): Promise<void> => {
  const { category, settings } = filling.options;
  const fields = fieldsOf(category, settings.fields)
    .filter((field) => field.firstPage !== undefined)
    .sort((one, other) => (one.firstPage ?? 0) - (other.firstPage ?? 0));
  const firstPhone = fields.find(({ kind }) => kind === 'phone');
  for (const field of fields) {
    if (field === firstPhone) await askCountry(filling);
    await askField(field, field.firstPageLabel ?? field.label, filling);
  }
};

const filledIn = (section: SectionSpec, filling: Filling): string => {
  const filled = section.fields.filter((field) => currentTexts(field, filling).length > 0).length;
  return filled === 0 ? '' : `(${filled} of ${section.fields.length} filled)`;
};

/** The sections one after the other; each can be skipped. */
const askSections = async (filling: Filling): Promise<void> => {
  const { category, settings } = filling.options;
  for (const section of sectionsOf(category, settings.fields)) {
    const fields = section.fields.filter(({ kind }) => kind !== 'note');
    if (fields.length === 0) continue;
    const next = await filling.ask.chooseOne({
      message: section.title,
      choices: [
        { value: 'fill', name: 'Fill in', hint: filledIn(section, filling) },
        { value: 'skip', name: 'Skip' },
        { value: 'end', name: 'Back to the end of the form' },
      ],
    });
    if (next === 'end') return;
    if (next === 'fill') for (const field of fields) await askField(field, field.label, filling);
  }
};

/** The required custom fields that have no value yet. */
const askRequired = async (filling: Filling): Promise<void> => {
  const { category, settings } = filling.options;
  for (const section of sectionsOf(category, settings.fields)) {
    if (section.title !== customSectionTitle) continue;
    for (const field of section.fields) {
      if (field.required && currentTexts(field, filling).length === 0) await askField(field, field.label, filling);
    }
  }
};

const ends = (isNew: boolean): readonly Choice<FormEnd | 'more'>[] =>
  isNew
    ? [
        { value: 'save', name: 'Create' },
        { value: 'save-and-new', name: 'Save and create new' },
        { value: 'more', name: 'More Details' },
        { value: 'cancel', name: 'Cancel' },
      ]
    : [
        { value: 'save', name: 'Save' },
        { value: 'more', name: 'More Details' },
        { value: 'cancel', name: 'Cancel' },
      ];

/**
 * The Create Contact form, or the same form on a contact: the first page, then the choice to save, to go through the
 * sections, or to leave.
 *
 * @param fault tells what is wrong with the contact as a whole; the form goes on until nothing is
 */
export const fillForm = async (
  ask: Ask,
  options: FormOptions,
  fault: (draft: Draft, country: string | undefined) => string | undefined,
  tell: (line: string) => Promise<void>,
): Promise<FormResult> => {
  const filling: Filling = {
    ask,
    options,
    data: options.data ?? emptyData,
    typed: new Map(),
    country: options.context.country,
  };
  await askFirstPage(filling);
  for (;;) {
    const end = await ask.chooseOne({
      message: options.data === undefined ? 'Create Contact' : 'Edit Contact',
      choices: ends(options.data === undefined),
    });
    if (end === 'more') {
      await askSections(filling);
      continue;
    }
    if (end === 'cancel') return { draft: filling.typed, end };
    await askRequired(filling);
    const problem = fault(filling.typed, filling.country);
    if (problem === undefined) return { draft: canonical(filling), end };
    await tell(problem);
    await askFirstPage(filling);
  }
};

/** What was typed, with phone numbers in the form in which they are kept: the country they were read with is the form's. */
const canonical = (filling: Filling): Draft => {
  const fields = fieldsOf(filling.options.category, filling.options.settings.fields);
  const entries = [...filling.typed].map(([path, texts]): readonly [FieldPath, readonly string[]] => {
    const field = fields.find((candidate) => candidate.path === path);
    return [path, field === undefined ? texts : readField(field, texts, contextOf(filling)).values];
  });
  return new Map(entries);
};

/** The fields of a draft whose values in a contact are no longer those that the form showed. */
export const changedMeanwhile = (
  draft: Draft,
  shown: ContactData,
  now: ContactData,
  fields: readonly FieldSpec[],
): readonly FieldSpec[] =>
  fields.filter(({ path }) => draft.has(path) && valuesAt(shown, path).join('\0') !== valuesAt(now, path).join('\0'));
