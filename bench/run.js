// Measures the program beside its peers: npm run bench [-- --million] [--rounds 7] [--sizes 1000,10000]
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, median } from './measure.js';
import { sectionIn } from './section.js';
import { prepare, tasksOf } from './tasks.js';

const { values } = parseArgs({
  options: {
    million: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    sizes: { type: 'string', default: '1000,10000,100000' },
  },
});
const rounds = Number(values.rounds);
const sizes = [...values.sizes.split(',').map(Number), ...(values.million ? [1_000_000] : [])];
/** The size that the goals are about. */
const mainSize = 100_000;
const heavyFrom = 100_000;

const say = (line) => process.stderr.write(`${line}\n`);
const ratio = (number) => (number < 10 ? number.toFixed(2) : number.toFixed(0));
const count = (number) => number.toLocaleString('en-US');

/** Runs what is measured in turn, so that all have the machine as it is at the time. */
const resultsFor = (size, folder) => {
  say(`${count(size)} contacts: making the data`);
  const data = prepare(size, folder);
  const bare = [];
  const runs = new Map();
  const run = (task, who, argv) => {
    try {
      const taken = measure(argv, { folder, env: task.env });
      runs.set(`${task.name}\t${who}`, [...(runs.get(`${task.name}\t${who}`) ?? []), taken]);
    } catch (error) {
      say(String(error).slice(0, 500));
    }
  };
  const tasks = tasksOf(data);
  measure(['node', 'bin/contacts.js', 'search', 'nobody'], { folder, env: { CONTACTS_STORE: data.files.store } });
  for (let round = 0; round < rounds; round++) {
    say(`${count(size)} contacts: round ${round + 1} of ${rounds}`);
    for (const task of tasks) {
      if (task.heavy && size >= heavyFrom && round >= Math.ceil(rounds / 4)) continue;
      bare.push(measure(['node', '-e', '0'], { folder }));
      task.before?.();
      run(task, 'contacts', task.ours);
      for (const [name, argv] of Object.entries(task.peers)) {
        task.beforePeer?.();
        run(task, name, argv);
      }
    }
  }
  const base = { wall: median(bare.map(({ wall }) => wall)), cpu: median(bare.map(({ cpu }) => cpu)) };
  const resultOf = (task, who) => {
    const taken = runs.get(`${task.name}\t${who}`);
    if (taken === undefined) return undefined;
    const of = (what) => median(taken.map((one) => one[what]));
    return { wall: of('wall') / base.wall, cpu: of('cpu') / base.cpu, memory: of('memory') };
  };
  return { size, base, tasks: tasks.map((task) => ({ ...task, resultOf: (who) => resultOf(task, who) })) };
};

const cell = (result) =>
  result === undefined ? '–' : `${ratio(result.wall)} (${ratio(result.cpu)}), ${result.memory.toFixed(0)} MB`;

/** A table in Markdown. */
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const mainTable = ({ tasks }) =>
  table(
    ['work', 'goal', 'contacts', 'peers'],
    tasks.map((task) => {
      const peers = Object.keys(task.peers).map((name) => `${name} ${cell(task.resultOf(name))}`);
      return [
        task.name,
        task.goal === undefined ? '' : `≤ ${task.goal}`,
        cell(task.resultOf('contacts')),
        peers.join('; '),
      ];
    }),
  );

const growthTable = (all) =>
  table(
    ['work', ...all.map(({ size }) => count(size))],
    (all[0]?.tasks ?? []).map(({ name }, index) => [
      name,
      ...all.map(({ tasks }) => cell(tasks[index].resultOf('contacts'))),
    ]),
  );

const loadBefore = loadavg()[0];
const folder = mkdtempSync(join(tmpdir(), 'contacts-bench-'));
try {
  const all = sizes.map((size) => {
    const results = resultsFor(size, join(folder, String(size)));
    rmSync(join(folder, String(size)), { recursive: true, force: true });
    return results;
  });
  const main = all.find(({ size }) => size === mainSize) ?? all.at(-1);
  const [processor] = cpus();
  const text = `# Measurements

${new Date().toISOString().slice(0, 10)}; ${processor.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB; Linux ${release()}; Node ${process.version}. Made by \`npm run bench\`.

Each figure is a median of up to ${rounds} runs, all in turn, as a ratio to \`node -e 0\` in the same run: by the clock, in parentheses by
the time of the processor (user and system), and the peak of memory. A bare start of Node took ${main.base.wall.toFixed(0)} ms by the clock, ${main.base.cpu.toFixed(0)} ms of the processor.
The load of the machine was ${loadBefore.toFixed(1)} before and ${loadavg()[0].toFixed(1)} after; far above 1 the figures are rough.

## ${count(main.size)} contacts, beside the peers

${mainTable(main)}

## Growth

${growthTable(all)}
`;
  const apart = sectionIn(readFileSync('bench/RESULTS.md', 'utf8'));
  writeFileSync('bench/RESULTS.md', apart === '' ? text : `${text}\n${apart}`);
  process.stdout.write(text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
