import { type FieldSpec, keptFields } from '../../fields/catalogue.js';
import { isNumbered } from '../../fields/columns.js';
import { nameOfField } from '../../fields/field.js';

/** The header of the rejected rows' faults, which is left out where such a file is read again. */
export const errorHeader = 'Error';

/** What the program keeps of contacts; a column of whole names is to be taken apart. */
const kept = keptFields.filter(({ path }) => path !== 'name');

/**
 * Whether a header is one that the program writes: it has `ID`, and each of its columns is a label of the catalogue, or a
 * custom field. The cells under it are read to the letter.
 */
export const isOwnHeader = (headers: readonly string[], fields: readonly FieldSpec[]): boolean => {
  const labels = new Set([...fields, ...kept].map(({ label }) => nameOfField(label)));
  const numbered = new Set(fields.filter(isNumbered).map(({ label }) => nameOfField(label)));
  const names = headers.map(nameOfField);
  return (
    names.includes('id') &&
    names.every((name, index) => {
      if (labels.has(name) || name === 'id' || headers[index] === errorHeader) return true;
      return numbered.has(name.replace(/\d+$/, ''));
    })
  );
};
