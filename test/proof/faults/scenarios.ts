/** A command whose every call of the file system is made to fail. */
export interface Scenario {
  readonly name: string;
  readonly argv: readonly string[];
  readonly stdin?: string | Uint8Array;
  /** What is done before it. */
  readonly before?: 'nothing' | 'contacts' | 'contacts, and the file damaged';
  /** It erases history: before it has done so, some may be gone already. */
  readonly erases?: boolean;
  /** From how many bytes on the store has an index. */
  readonly indexedFrom?: number;
}

const rows = [
  'First Name,Last Name,Work Email,Mobile,Contact Label',
  'Ann,Berg,ann@acme.example,+852 9123 4567,VIP',
  'Eve,Holm,eve@acme.example,,Fair 2026',
  'Fay,,fay@acme.example,,',
];

/** What the store holds before a scenario. */
export const preparations: readonly { readonly argv: readonly string[]; readonly stdin?: string }[] = [
  { argv: ['label', 'add', 'VIP', '--color', 'blue'] },
  { argv: ['field', 'add', 'Size', '--kind', 'number'] },
  {
    argv: ['add', '--from-json', '-'],
    stdin: [
      { firstName: 'Ann', labels: ['VIP'], emails: [{ kind: 'work', address: 'ann@acme.example' }] },
      { firstName: 'Bob', company: 'Acme', notes: ['Called in May.'] },
      { firstName: 'Robert', company: 'Acme', custom: { size: 5 } },
      { firstName: 'Cid' },
    ]
      .map((contact) => JSON.stringify(contact))
      .join('\n'),
  },
  { argv: ['edit', 'Bob', '--company', 'Beta'] },
];

export const scenarios: readonly Scenario[] = [
  { name: 'add', argv: ['add', '--first-name', 'Dan'] },
  { name: 'add to a store that is not there', argv: ['add', '--first-name', 'Dan'], before: 'nothing' },
  { name: 'add to a store with an index', argv: ['add', '--first-name', 'Dan'], indexedFrom: 1 },
  { name: 'edit', argv: ['edit', 'Ann', '--level', 'Primary', '--add', 'work-email=ann@beta.example'] },
  { name: 'edit of several', argv: ['edit', '--where', 'company:acme', '--company', 'Acme Ltd', '--yes'] },
  { name: 'rm', argv: ['rm', 'Bob'] },
  { name: 'merge', argv: ['merge', 'Robert', 'Bob'] },
  { name: 'note', argv: ['note', 'add', 'Ann', 'Wants the new list.'] },
  { name: 'label add', argv: ['label', 'add', 'Lead', '--color', 'red'] },
  { name: 'label rename', argv: ['label', 'rename', 'VIP', 'Key account'] },
  { name: 'import', argv: ['import', '-'], stdin: rows.join('\n') },
  { name: 'undo', argv: ['undo'] },
  { name: 'restore of an earlier state', argv: ['store', 'restore', 'backup', '--yes'] },
  {
    name: 'restore of a damaged store',
    argv: ['store', 'restore', 'latest', '--yes'],
    before: 'contacts, and the file damaged',
  },
  { name: 'purge', argv: ['store', 'purge', '--yes'], erases: true },
];
