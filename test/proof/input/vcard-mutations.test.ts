import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ContactsError } from '../../../src/errors.js';
import { type ImportRecord, recordsOf } from '../../../src/formats/record.js';
import { openVcards } from '../../../src/formats/vcard/read.js';
import { collect, sourceOf } from '../../formats/sources.js';
import { anySeed, closedCards, mutate, unfolded } from './vcard-mutations.js';

const folder = 'fixtures/cases/vcard';

/** Cards with a mark of their own in each name and number, by which two that became one give themselves away. */
const marked = (file: number, bytes: Buffer): Buffer => {
  let card = 0;
  const text = bytes.toString('latin1').replace(/^(?:BEGIN:VCARD|(?:FN|N)[:;].*)$/gim, (line) => {
    if (/^BEGIN/i.test(line)) card += 1;
    return /^BEGIN/i.test(line) ? line : `${line}q${file}z${card}q`;
  });
  return Buffer.from(text, 'latin1');
};

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.vcf'))
  .map((name, index) => marked(index, readFileSync(join(folder, name))));

const rounds = Number(process.env.VCARD_MUTATIONS ?? 1500);

const read = async (bytes: Buffer): Promise<readonly ImportRecord[] | ContactsError> => {
  try {
    const file = await openVcards(sourceOf(bytes, 4096, 'x.vcf'), { category: 'external', custom: [] });
    return await collect(recordsOf(file));
  } catch (error) {
    if (error instanceof ContactsError) return error;
    throw error;
  }
};

const marksOf = ({ draft: { texts } }: ImportRecord): ReadonlySet<string> =>
  new Set(JSON.stringify(texts[0] === undefined ? [] : texts).match(/q\d+z\d+q/g));

/** Whether a card ends or begins between two marks: where that is cut out, nobody can tell that they were two. */
const areApart = (bytes: Buffer, marks: readonly string[]): boolean => {
  const text = unfolded(bytes);
  const places = marks.map((mark) => text.indexOf(mark)).sort((one, other) => one - other);
  return /(?:BEGIN|END):VCARD[\r\n]/i.test(text.slice(places[0], places.at(-1))) && !/AGENT/.test(text);
};

test(`${rounds} mutations of vCards: each is read or refused, and no closed card is lost`, async () => {
  const first = anySeed();
  for (let round = 0; round < rounds; round += 1) {
    const seed = first + round;
    const bytes = mutate(files, seed);
    const records = await read(bytes);
    // UTF-16 that other bytes were joined to is no text any longer.
    if (records instanceof ContactsError || bytes[1] === 0) continue;
    const groups = unfolded(bytes).match(/KIND:group/gi)?.length ?? 0;
    expect(records.length + groups, `seed ${seed}`).toBeGreaterThanOrEqual(closedCards(bytes));
    const landing = records.filter(({ problems }) => problems.length === 0);
    for (const record of landing) {
      const names = [...marksOf(record)];
      if (names.length > 1 && areApart(bytes, names)) expect({ seed, names, text: bytes.toString() }).toBe('one card');
    }
  }
}, 3_600_000);
