import fc from 'fast-check';
import { StoreError } from '../../../src/errors.js';
import { all, contact, create } from '../../store/sample.js';
import { Disk, type Nodes } from '../faults/disk.js';
import { openOn, storePath } from '../faults/machine.js';
import { machineOn, outputs } from './sound.js';
import { type Target, target } from './target.js';

/** A store with something of everything in it, in the layout that the program gives it. */
export const sampleStore = async (): Promise<string> => {
  const machine = machineOn();
  await machine.ok(['label', 'add', 'VIP', '--color', 'blue']);
  await machine.ok(['field', 'add', 'Size', '--kind', 'dropdown', '--choices', 'small,large']);
  const ann = {
    ...{ firstName: 'Ann', lastName: 'Berg', company: 'Acme', labels: ['VIP'], birthDate: '1990-01-31' },
    ...{
      phones: [{ kind: 'mobile', number: '+852 9123 4567' }],
      emails: [{ kind: 'work', address: 'ann@acme.example' }],
    },
    ...{ notes: ['Called in May.'], address: { city: 'Hong Kong', country: 'HK' }, custom: { size: 'small' } },
  };
  await machine.ok(['add', '--from-json', '-'], `${JSON.stringify(ann)}\n{"firstName":"Bob"}`);
  await machine.ok(['add', '--category', 'internal', '--first-name', 'Sam', '--extension', '12']);
  return textOn(machine.disk.nodes);
};

const textOn = (nodes: Nodes): string => {
  const { files } = new Disk(nodes);
  const file = files.open(storePath, 'r');
  const buffer = Buffer.alloc(Number(files.statusOf(file).size));
  files.read(file, buffer, 0, buffer.length, 0);
  return buffer.toString();
};

/** A disk with this store alone. */
export const diskWith = (bytes: Buffer): Nodes => {
  const disk = new Disk();
  disk.files.makeFolder(storePath.slice(0, storePath.lastIndexOf('/')), 0o700);
  const file = disk.files.open(storePath, 'wx');
  disk.files.write(file, bytes, 0, bytes.length);
  disk.files.close(file);
  return disk.nodes;
};

/**
 * A store that is read whole, or refused with an error of the store, by readers, by the check and by a writer; one that
 * was written to keeps all that it had.
 *
 * @throws whatever else comes of it
 */
export const expectReadOrRefused = async (bytes: Buffer): Promise<'read' | 'refused'> => {
  const disk = new Disk(diskWith(bytes));
  const store = openOn(disk.nodes, { files: disk.files });
  try {
    const before = await all(store);
    await store.check();
    await create(store, contact('new'));
    const after = await all(store);
    if (after.length !== before.length + 1)
      throw new Error(`Of ${before.length} contacts ${after.length - 1} are left.`);
    return 'read';
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (textOn(disk.nodes) !== bytes.toString()) throw new Error('A damaged store was written to.');
    return 'refused';
  }
};

/** Values that stand in the wrong place. */
const strange: readonly string[] = [
  ...['null', 'true', '0', '-1', '1e308', '1e999', '12345678901234567890', '""', '"x"', '[]', '{}', '[null]', '[[]]'],
  ...['{"__proto__":{"id":"x"}}', '{"constructor":1}', '"\\ud800"', '"\\u0000"', `"${'x'.repeat(100_000)}"`],
  ...[`${'['.repeat(5000)}${']'.repeat(5000)}`, '"9999-99-99"', '"__proto__"', '["__proto__"]'],
];

/** Where a value or a key begins in JSON, and where it ends, for every one in the text. */
const placesIn = (text: string): readonly (readonly [start: number, end: number])[] =>
  Array.from(text.matchAll(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null/g), ({ index, 0: part }) => [
    index,
    index + part.length,
  ]);

/** The text with what stands at one of its places replaced by what is strange there. */
export const replacements = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...placesIn(text)), fc.constantFrom(...strange))
    .map(([[start, end], value]) => text.slice(0, start) + value + text.slice(end));

/** The text with some of its bytes turned into others. */
export const flips = (text: string): fc.Arbitrary<Buffer> =>
  fc
    .array(fc.tuple(fc.nat({ max: Buffer.byteLength(text) - 1 }), fc.nat({ max: 7 })), { minLength: 1, maxLength: 3 })
    .map((places) => {
      const bytes = Buffer.from(text);
      for (const [place, bit] of places) bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
      return bytes;
    });

export const storeTargets = (text: string): readonly Target[] => [
  target('store with flipped bits', flips(text), async (bytes) => void (await expectReadOrRefused(bytes))),
  target('store with strange values', replacements(text), async (damaged) => {
    await expectReadOrRefused(Buffer.from(damaged));
    const machine = machineOn(diskWith(Buffer.from(damaged)));
    for (const argv of outputs) await machine.run(argv);
    await machine.run(['show', 'Ann']);
    await machine.run(['edit', 'Ann', '--company', 'Beta', '--add', 'label=VIP']);
    await machine.run(
      ['import', '-', '--format', 'csv'],
      'First Name,Work Email,Contact Label\nAnn,ann@acme.example,VIP\n',
    );
    await machine.run(['merge', 'Ann', 'Bob']);
    await machine.run(['undo']);
  }),
];
