import type { FieldSpec } from '../../../fields/catalogue.js';
import { withoutInvisible } from '../../../fields/characters.js';
import { kinds } from '../../../fields/kinds/index.js';
import type { KindContext } from '../../../fields/kinds/kind.js';
import { recurring } from '../../../fields/recurring.js';
import { isFormOfAddress } from '../../name-words.js';
import { addressesIn } from './addresses.js';
import { faultOfCharacters } from './decoded-twice.js';
import { createLabelParter } from './labels.js';

/** What is to be told of a cell's text. */
export interface Remark {
  readonly value: string;
  /** Without the column and the value. */
  readonly message: string;
}

/** The texts of a field once they were weighed. */
export interface Weighing {
  readonly texts: readonly string[];
  readonly remarks: readonly Remark[];
  /** Texts that the field cannot hold, and a note keeps. */
  readonly noted: readonly string[];
}

/**
 * Weighs the texts of a field before they are read; `undefined` where they stay as they are.
 *
 * @param isForeign the row is of another program's table: its labels, names and titles are not written as ours are
 */
export type Weigh = (texts: readonly string[], isForeign: boolean) => Weighing | undefined;

export interface WeighOptions {
  readonly context: KindContext;
  /** The names of the labels that are defined. */
  readonly labels: readonly string[];
}

const none: readonly never[] = [];

/** Sends texts of which a test says why they are no value to a note. */
const noting =
  (reasonFor: (text: string) => string): Weigh =>
  (texts) => {
    if (texts.every((text) => reasonFor(text) === '')) return undefined;
    const noted = texts.filter((text) => reasonFor(text) !== '');
    const remarks = noted.map((value) => ({ value, message: `${reasonFor(value)}; kept in a note` }));
    return { texts: texts.filter((text) => reasonFor(text) === ''), remarks, noted };
  };

const inForeign =
  (weigh: Weigh): Weigh =>
  (texts, isForeign) =>
    isForeign ? weigh(texts, isForeign) : undefined;

const parting =
  (part: (text: string) => readonly string[]): Weigh =>
  (texts) => {
    const [only] = texts;
    const parted = only !== undefined && texts.length === 1 ? part(only) : texts.flatMap(part);
    const isSame = parted.length === texts.length && parted.every((text, place) => text === texts[place]);
    return isSame ? undefined : { texts: parted, remarks: none, noted: none };
  };

/** Years by which databases, Apple and Outlook write that there is no year, or no date. */
const noYear = /(?:^|[^\d])(?:0000|1604|4501)(?:[^\d]|$)|^(?:0000|1604|4501)\d{4}$/;
const withoutYear = /^\d{1,2}[-/.]\d{1,2}\.?$/;
const dateReason = (text: string): string => {
  if (withoutYear.test(text.trim())) return 'has no year';
  return noYear.test(text) ? 'has a year that stands for no date' : '';
};

const addressReason = (text: string): string => (isFormOfAddress(text) ? 'is a form of address and no job title' : '');

const languageReason = (field: FieldSpec, context: KindContext): ((text: string) => string) =>
  recurring((text) => {
    const reading = text.trim() === '' ? undefined : kinds.language.read(text, field, context);
    return reading?.ok === false ? reading.problem : '';
  });

const plain = /^[\t\n\r -~]*$/;

const weighText: Weigh = (texts, isForeign) => {
  const [only] = texts;
  if (only !== undefined && texts.length === 1 ? plain.test(only) : texts.every((text) => plain.test(text))) {
    return undefined;
  }
  const remarks = texts.flatMap((value) => {
    const message = faultOfCharacters(value);
    return message === undefined ? [] : [{ value, message }];
  });
  const cleaned = isForeign ? texts.map(withoutInvisible) : texts;
  const isClean = cleaned.every((text, place) => text === texts[place]);
  return isClean && remarks.length === 0 ? undefined : { texts: cleaned, remarks, noted: none };
};

/** A note of white space is the writer's own in our files, and an empty cell in others. */
const weighNote: Weigh = (texts, isForeign) => {
  const filled = isForeign ? texts.filter((text) => text.trim() !== '') : texts;
  const weighed = weighText(filled, isForeign);
  return weighed ?? (filled.length === texts.length ? undefined : { texts: filled, remarks: none, noted: none });
};

const mayBeSeveral = /[\s,;|<>/]/;

/** Makes what weighs the texts of a field; nothing for fields of which every text is to be read as it is. */
export const weighOf = (field: FieldSpec, { context, labels }: WeighOptions): Weigh | undefined => {
  if (field.path === 'jobTitle') {
    const title = inForeign(noting(recurring(addressReason)));
    return (texts, isForeign) => title(texts, isForeign) ?? weighText(texts, isForeign);
  }
  switch (field.kind) {
    case 'label':
      return inForeign(parting(recurring(createLabelParter(labels))));
    case 'multiSelect':
      return inForeign(parting(recurring(createLabelParter(field.choices ?? []))));
    case 'date':
      return inForeign(noting(recurring(dateReason)));
    case 'language':
      return noting(languageReason(field, context));
    case 'email':
      return parting((text) => {
        const isOne = !mayBeSeveral.test(text) || context.parsers.isEmail(text.trim());
        return isOne ? [text] : addressesIn(text);
      });
    case 'text':
      return weighText;
    case 'note':
      return weighNote;
    default:
      return undefined;
  }
};
