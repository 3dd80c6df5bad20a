import { rowDraftOf } from '../../contacts/import/row.js';
import { InvalidError } from '../../errors.js';
import { fieldsOf } from '../../fields/field.js';
import { createHeaderReader } from '../csv/header.js';
import { type Source, textOf } from '../encoding.js';
import { type ImportFile, type ImportRecord, inBatches, type ReadOptions, type Rejected } from '../record.js';
import { type ObjectReading, readContactObject } from './contact-object.js';
import { type ObjectText, objectsOf } from './objects.js';

const parse = ({ text, line }: ObjectText): object => {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidError(`Line ${line}: the object that begins there is not JSON: ${reason}.`, 'Mend it there.', {
      cause: error,
    });
  }
};

/** The rejected objects with their fault under `Error`, which is left out where they are read again. */
async function* rejectObjects(rejected: AsyncIterable<Rejected>): AsyncGenerator<string, void> {
  for await (const { record, error } of rejected) {
    yield `${JSON.stringify({ ...JSON.parse(String(record.raw)), Error: error })}\n`;
  }
}

/**
 * Opens a file of JSON or NDJSON and goes through it once.
 *
 * @throws InvalidError where it is not JSON, naming the line
 */
export const openJson = async (source: Source, options: ReadOptions): Promise<ImportFile> => {
  const fields = fieldsOf(options.category, options.custom);
  const readHeader = createHeaderReader(fields);
  const read = (object: ObjectText): ObjectReading =>
    readContactObject(parse(object), fields, options.category, readHeader);
  const objects = (): AsyncIterable<ObjectText> => objectsOf(textOf(source, options.encoding));

  let rows = 0;
  const seen = new Map<string, { count: number; readonly values: Set<string> }>();
  for await (const object of objects()) {
    rows += 1;
    for (const [key, value] of read(object).unknown) {
      const known = seen.get(key) ?? { count: 0, values: new Set<string>() };
      seen.set(key, known);
      known.count += 1;
      if (known.values.size < 3) known.values.add(value);
    }
  }

  async function* records(): AsyncGenerator<ImportRecord, void> {
    let row = 0;
    for await (const object of objects()) {
      row += 1;
      const { draft, keys, notes, problems, unknown, id, uids } = read(object);
      const rest = options.keepRest ? unknown.map(([key, value]) => `${key}: ${value}`).join('\n') : '';
      yield {
        row,
        line: object.line,
        draft: rowDraftOf(rest === '' ? draft : new Map([...draft, ['notes', [...(draft.get('notes') ?? []), rest]]])),
        notes,
        uids,
        problems,
        warnings: [],
        raw: object.text,
        column: (path) => keys.get(path) ?? path,
        ...(id !== undefined && { id }),
      };
    }
  }

  const unknown = [...seen].map(([header, { values }]) => ({ header, values: [...values] }));
  return {
    fields: undefined,
    rows,
    unknown: options.keepRest ? [] : unknown,
    rest: options.keepRest ? new Map([...seen].map(([key, { count }]) => [key, count])) : new Map(),
    keepsRest: options.keepRest ?? false,
    batches: () => inBatches(records()),
    rejects: rejectObjects,
  };
};
