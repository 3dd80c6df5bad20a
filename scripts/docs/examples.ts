import type { Command } from 'commander';
import { wordsOf } from './command-tree.js';
import type { SessionOptions } from './session.js';

const contacts = `First Name,Last Name,Type,Company,Birth Date,Contact Label,Mobile,Work Email,WhatsApp,Country
María,García,Lead,Acme,04/17/1986,VIP,+852 9123 4567,maria.garcia@example.com,,Hong Kong
Ada,Lovelace,Customer,Analytical Engines,,,+44 20 7946 0958,ada@example.org,+44 7400 123456,United Kingdom
大文,陳,Lead,Beta,,,+852 6123 4567,,,Hong Kong
`;

const leads = `Given Name,Surname,Cell,E-mail
Ines,Moreau,+33 6 12 90 45 08,ines.moreau@example.net
Ada,Lovelace,+44 7400 123456,ada@example.org
Tom,Baker,call the office,tom.baker@example.com
`;

const staff = `First Name,Last Name,Email,Role,Extension Number,Availability Status
Ann,Chan,ann@example.com,Agent,101,Active
Ben,Lee,ben@example.com,Supervisor,102,Busy
`;

const bounces = `Email,Reason
maria.garcia@example.com,mailbox full
nobody@example.com,no such user
`;

/** The store and the files that each example of `docs/commands.md` begins with. */
export const exampleSession: SessionOptions = {
  files: { 'contacts.csv': contacts, 'leads.csv': leads, 'staff.csv': staff, 'bounces.csv': bounces },
  before: [
    'contacts import contacts.csv',
    "contacts add --first-name Maria --last-name Garcia --mobile '+852 9123 4567' --yes",
    'contacts import staff.csv --category internal',
    "contacts note add 'ada lovelace' 'Met at the fair.'",
  ],
};

/** An example of each command, as command lines that are run one after the other. */
const examples: Readonly<Record<string, readonly string[]>> = {
  list: ["contacts list --where 'type:lead missing:email'", 'contacts list --category internal'],
  search: ["contacts search '9123 4567'", 'contacts search chen dawen', 'contacts search lovelase'],
  show: ['contacts show ada@example.org', "contacts show 'ada lovelace' --fields mobile,work-email --json"],
  add: [
    "contacts add --first-name Ines --last-name Moreau --mobile '06 12 90 45 08' --country-code FR",
    `printf '{"firstName": "Tom", "company": "Beta"}\\n' | contacts add --from-json -`,
  ],
  edit: [
    "contacts edit 'ada lovelace' --level secondary --add label=VIP",
    "contacts edit --where 'company:acme' --set 'group=Spring fair' --dry-run",
    "contacts edit --where 'company:acme' --set 'group=Spring fair' --yes",
  ],
  rm: [
    "contacts rm --where 'type:lead' --dry-run",
    "contacts rm 'ada lovelace' --yes",
    'contacts rm --from bounces.csv --yes',
    'echo $?',
    'contacts rm --from bounces.csv --ignore-missing --yes',
  ],
  merge: [
    "contacts search 'missing:email garcia'",
    'contacts merge maria.garcia@example.com ID --prefer newest --yes',
    'contacts undo',
  ],
  duplicates: ['contacts duplicates'],
  'note add': ["contacts note add 'ada lovelace' 'Asked for a quote.'"],
  'note list': ["contacts note list 'ada lovelace'"],
  'note edit': ["contacts note list 'ada lovelace'", "contacts note edit 'ada lovelace' ID 'Met at the fair in May.'"],
  'note rm': ["contacts note list 'ada lovelace'", "contacts note rm 'ada lovelace' ID --yes"],
  call: ["contacts call 'ada lovelace' --print"],
  sms: ["contacts sms 'ada lovelace' --print"],
  email: ["contacts email 'ada lovelace' --print"],
  chat: ["contacts chat 'ada lovelace' --print"],
  share: ["contacts share 'ada lovelace'"],
  stats: ['contacts stats'],
  import: [
    'contacts import leads.csv --dry-run',
    'echo $?',
    'contacts import leads.csv --rejects rejected.csv',
    'echo $?',
    'contacts import leads.csv --json --quiet',
    'echo $?',
  ],
  export: [
    'contacts export all.csv',
    'contacts export all.xlsx --force',
    'contacts export --for google --template',
    "contacts export --where 'type:lead' --format vcard",
    'contacts export --template --category internal',
  ],
  'mapping list': [
    "contacts import leads.csv --map 'Cell=mobile' --mapping crm --on-invalid note -q",
    'contacts mapping list',
  ],
  'mapping show': [
    "contacts import leads.csv --map 'Cell=mobile' --mapping crm --on-invalid note -q",
    'contacts mapping show crm',
  ],
  'mapping rm': [
    "contacts import leads.csv --map 'Cell=mobile' --mapping crm --on-invalid note -q",
    'contacts mapping rm crm',
    'contacts undo',
  ],
  'label list': ['contacts label list'],
  'label add': ["contacts label add 'Trade Fair' --color teal"],
  'label rename': ['contacts label rename VIP Important'],
  'label rm': ['contacts label rm VIP --yes'],
  'field list': ['contacts field add Seats --kind number', 'contacts field list'],
  'field add': [
    'contacts field add Tier --kind dropdown --choices gold,silver',
    "contacts edit 'ada lovelace' --set tier=gold",
    'contacts list --where tier:gold',
  ],
  'field rename': ['contacts field add Tier', 'contacts field rename Tier Rank'],
  'field rm': ['contacts field add Tier', 'contacts field rm Tier --yes'],
  log: ['contacts log', "contacts log --contact 'ada lovelace'"],
  undo: ['contacts undo', 'contacts log', 'contacts undo ID'],
  'store info': ['contacts store info'],
  'store check': ['contacts store check'],
  'store repair': ['contacts store repair'],
  'store restore': ['contacts store restore --list'],
  'store init': ['contacts store init --country-code HK'],
  'store copy': ['contacts store copy contacts.json copy.json'],
  'store purge': ['contacts store purge --yes'],
  schema: ['contacts schema'],
  completion: ['contacts completion fish'],
};

const calls = (line: string, command: Command): boolean => `${line} `.includes(`contacts ${wordsOf(command)} `);

/**
 * The command lines of a command's example.
 *
 * @throws Error where it has none, or none of them calls the command
 */
export const exampleLines = (command: Command): readonly string[] => {
  const lines = examples[wordsOf(command)] ?? [];
  if (lines.some((line) => calls(line, command))) return lines;
  throw new Error(`"contacts ${wordsOf(command)}" has no example in scripts/docs/examples.ts.`);
};

/** The first line of a command's example that calls the command itself. */
export const exampleLine = (command: Command): string =>
  exampleLines(command).find((line) => calls(line, command)) ?? '';
