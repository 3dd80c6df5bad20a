import type { Random } from '../../../scripts/fixtures/random.js';
import { entriesAfter, type FileNode, type FolderNode, type Nodes, type Operation, root } from './disk.js';

/** Bytes that a disk writes whole or not at all. */
const sector = 512;

/** What may be left of bytes that were written and not synced: whole, gone, cut short, or with sectors that never came. */
const leftOver = ({ bytes, safe }: FileNode, how: 'whole' | 'gone' | 'cut' | 'torn', { below }: Random): Buffer => {
  const sectors = Math.ceil(bytes.length / sector);
  if (how === 'whole') return bytes;
  if (how === 'gone') return safe;
  if (how === 'cut') return bytes.subarray(0, Math.max(safe.length, below(sectors + 1) * sector));
  const torn = Buffer.from(bytes);
  for (let place = 0; place < sectors; place += 1) {
    if (below(2) === 0) continue;
    const [start, end] = [place * sector, Math.min((place + 1) * sector, bytes.length)];
    torn.fill(0, start, end);
    torn.set(safe.subarray(start, end), start);
  }
  return torn;
};

/** All choices of operations where they are few, else as many by chance: none and all are always among them. */
const choicesOf = (count: number, most: number, { below }: Random): readonly ((index: number) => boolean)[] => {
  if (2 ** count <= most)
    return Array.from({ length: 2 ** count }, (_, choice) => (index) => (choice >> index) % 2 === 1);
  const drawn = Array.from({ length: most - 2 }, () => {
    const chosen = Array.from({ length: count }, () => below(2) === 1);
    return (index: number) => chosen[index] ?? false;
  });
  return [() => false, () => true, ...drawn];
};

const reachable = (nodes: Nodes): Nodes => {
  const found = new Map<number, FileNode | FolderNode>();
  const visit = (number: number): void => {
    const node = nodes.get(number);
    if (node === undefined) return;
    found.set(number, node);
    if (node.kind === 'folder') for (const child of node.safe.values()) visit(child);
  };
  visit(root);
  return found;
};

/** What tells a state of the disk from another: names and contents. */
export const signatureOf = (nodes: Nodes, number = root): string => {
  const node = nodes.get(number);
  if (node === undefined) return '';
  if (node.kind === 'file') return node.bytes.toString('latin1');
  const names = [...node.safe].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify(names.map(([name, child]) => [name, signatureOf(nodes, child)]));
};

/** A disk as it is found after a while: all that was on its way has arrived, or what is left of it was decided. */
const settled = (nodes: Nodes, isDone: (operation: Operation) => boolean, left: (file: FileNode) => Buffer): Nodes =>
  reachable(
    new Map(
      Array.from(nodes, ([number, node]): [number, FileNode | FolderNode] => {
        if (node.kind === 'folder') {
          return [number, { ...node, safe: entriesAfter(node.safe, node.pending.filter(isDone)), pending: [] }];
        }
        const bytes = left(node);
        return [number, { ...node, bytes, safe: bytes }];
      }),
    ),
  );

/** The disk once all has arrived that was on its way: what a process that died leaves behind. */
export const settledWhole = (nodes: Nodes): Nodes =>
  settled(
    nodes,
    () => true,
    ({ bytes }) => bytes,
  );

/**
 * What may be on a disk after a failure of the power. Of the names that were given and taken since a folder was synced
 * any may have arrived, in whatever order; of the bytes that were written since a file was synced, any sectors.
 *
 * @param most how many choices of names are tried, where not all can be
 */
export const powerLosses = (nodes: Nodes, most: number, random: Random): readonly Nodes[] => {
  const operations = [...nodes.values()].flatMap((node) => (node.kind === 'folder' ? node.pending : []));
  const positions = new Map(operations.map((operation, index) => [operation, index]));
  const outcomes = choicesOf(operations.length, most, random).flatMap((isChosen) =>
    (['whole', 'gone', 'cut', 'torn'] as const).map((how) =>
      settled(
        nodes,
        (operation) => isChosen(positions.get(operation) ?? 0),
        (file) => (file.bytes === file.safe ? file.bytes : leftOver(file, how, random)),
      ),
    ),
  );
  return [...new Map(outcomes.map((outcome) => [signatureOf(outcome), outcome])).values()];
};
