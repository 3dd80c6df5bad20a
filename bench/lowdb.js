// What a program does that keeps the contacts in plain lowdb: node bench/lowdb.js TASK STORE [TEXT]
import { createWriteStream, readFileSync } from 'node:fs';
import { JSONFilePreset } from 'lowdb/node';

const [task, path, text = ''] = process.argv.slice(2);
const db = await JSONFilePreset(path, { contacts: [] });
const { contacts } = db.data;
const nameOf = ({ firstName = '', lastName = '' }) => `${firstName} ${lastName}`;
const print = (found) => process.stdout.write(`${JSON.stringify(found)}\n`);
const columns = ['id', 'type', 'firstName', 'lastName', 'company', 'jobTitle'];

const tasks = {
  search: () => {
    const wanted = text.toLowerCase();
    print(contacts.filter((contact) => JSON.stringify(contact).toLowerCase().includes(wanted)).slice(0, 20));
  },
  show: () => print(contacts.find(({ emails }) => emails.some(({ address }) => address === text))),
  list: () => print(contacts.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b))).slice(0, 20)),
  add: () =>
    db.update((data) => data.contacts.push({ id: `new${contacts.length}`, firstName: 'Ann', phones: [], emails: [] })),
  import: async () => {
    const lines = readFileSync(text, 'utf8').split('\n').filter(Boolean);
    await db.update((data) => data.contacts.push(...lines.map((line) => JSON.parse(line))));
  },
  export: () => {
    const output = createWriteStream(text);
    for (const contact of contacts) output.write(`${columns.map((column) => contact[column] ?? '').join(',')}\r\n`);
    output.end();
  },
};
await tasks[task]();
