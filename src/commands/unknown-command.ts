import { nearestHint } from '../contacts/nearest.js';
import { UsageError } from '../errors.js';
import { shellWord } from './arguments.js';

/** What other programs call a command of ours. */
const otherNames: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ls: 'list',
    all: 'list',
    find: 'search',
    grep: 'search',
    query: 'search',
    filter: 'search',
    lookup: 'search',
    view: 'show',
    get: 'show',
    info: 'show',
    cat: 'show',
    open: 'show',
    new: 'add',
    create: 'add',
    insert: 'add',
    update: 'edit',
    modify: 'edit',
    change: 'edit',
    set: 'edit',
    del: 'rm',
    delete: 'rm',
    remove: 'rm',
    erase: 'rm',
    combine: 'merge',
    join: 'merge',
    dedupe: 'duplicates',
    dedup: 'duplicates',
    dupes: 'duplicates',
    comment: 'note',
    notes: 'note',
    phone: 'call',
    dial: 'call',
    text: 'sms',
    message: 'chat',
    mail: 'email',
    vcard: 'share',
    qr: 'share',
    statistics: 'stats',
    count: 'stats',
    summary: 'stats',
    load: 'import',
    read: 'import',
    save: 'export',
    dump: 'export',
    write: 'export',
    tag: 'label',
    tags: 'label',
    labels: 'label',
    fields: 'field',
    column: 'field',
    history: 'log',
    changes: 'log',
    revert: 'undo',
    rollback: 'undo',
    redo: 'undo',
    restore: 'store restore',
    backup: 'store restore',
    init: 'store init',
    check: 'store check',
    repair: 'store repair',
    copy: 'store copy',
    purge: 'store purge',
    config: 'store set',
    settings: 'store set',
  }),
);

/**
 * The error for a command that is not there. It names the one that was meant, by another name or misspelt; else how to
 * search for a contact of that name, which many type.
 *
 * @param words what was typed, the command first
 * @param commands those that there are
 */
export const unknownCommand = (words: readonly string[], commands: readonly string[]): UsageError => {
  const [name = ''] = words;
  const message = `There is no command "${name}".`;
  const wanted = name.toLowerCase();
  const known = commands.includes(wanted) ? wanted : otherNames.get(wanted);
  if (known !== undefined) return new UsageError(message, `Use "contacts ${known}".`);
  const search = `To look for a contact: contacts search ${words.map(shellWord).join(' ')}`;
  return new UsageError(message, nearestHint(name, commands, search));
};

/** What else the commands of groups such as `label` are called. */
const otherNamesInGroups: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    define: ['add'],
    show: ['list', 'info'],
    edit: ['rename'],
    update: ['rename', 'set'],
    change: ['rename', 'set'],
    modify: ['rename'],
    move: ['rename'],
    mv: ['rename'],
    verify: ['check'],
    fix: ['repair'],
    recover: ['restore'],
    clone: ['copy'],
    create: ['init'],
    new: ['init'],
    erase: ['purge'],
  }),
);

/**
 * The error for a command that a group such as `label` does not have.
 *
 * @param group the group's name
 * @param commands those that it has
 */
export const unknownInGroup = (group: string, name: string, commands: readonly string[]): UsageError => {
  const wanted = name.toLowerCase();
  const candidates = [wanted, otherNames.get(wanted) ?? '', ...(otherNamesInGroups.get(wanted) ?? [])];
  const known = candidates.find((candidate) => commands.includes(candidate));
  const message = `unknown command '${name}'`;
  if (known !== undefined) return new UsageError(message, `Use "contacts ${group} ${known}".`);
  return new UsageError(message, nearestHint(name, commands, `See "contacts ${group} --help".`));
};
