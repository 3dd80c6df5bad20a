import type { Command } from 'commander';
import type { Statistics, Tally } from '../contacts/statistics.js';
import type { Category, FieldSpec } from '../fields/catalogue.js';
import { fieldsOf } from '../fields/field.js';
import { kinds } from '../fields/kinds/index.js';
import type { Bar } from '../terminal/bars.js';
import { categoriesOf, categoryOption, readQuery } from './list-options.js';
import { count, writeJson } from './output.js';
import { action, onlyQuery } from './program.js';
import type { Session } from './session.js';

export interface StatsOptions {
  readonly category: Category;
  readonly where?: string;
  readonly json?: boolean;
}

/** How many values of a field a terminal shows. */
const shownOfEach = 10;

/** What a field's tallies are called in JSON: the last part of its path. */
const nameOf = ({ path }: FieldSpec): string => path.slice(path.lastIndexOf('.') + 1);

const jsonOf = ({ contacts, fields, months, completeness }: Statistics): unknown => ({
  contacts,
  ...Object.fromEntries(fields.map(({ field, tallies }) => [nameOf(field), tallies])),
  months,
  completeness: completeness.map(({ field, filled }) => ({ field: field.path, filled })),
});

/** A title, and the bars below it. */
interface Chart {
  readonly title: string;
  readonly bars: readonly Bar[];
  readonly more: number;
}

const barsOf = (tallies: readonly Tally[], show: (value: string) => string): readonly Bar[] =>
  tallies.map(({ value, count: number }) => ({ label: show(value), count: number }));

const chartsOf = ({ fields, months, completeness }: Statistics): readonly Chart[] => {
  const tallied = fields.map(({ field, tallies }) => ({
    title: field.label,
    bars: barsOf(tallies.slice(0, shownOfEach), kinds[field.kind].show),
    more: tallies.length - shownOfEach,
  }));
  const recent = months.slice(-12);
  return [
    ...tallied,
    { title: 'Month added', bars: barsOf(recent, (month) => month), more: months.length - recent.length },
    {
      title: 'How complete the fields are',
      bars: completeness.map(({ field, filled }) => ({ label: field.label, count: filled })),
      more: 0,
    },
  ].filter(({ bars }) => bars.length > 0);
};

const writeCharts = async (statistics: Statistics, session: Session): Promise<void> => {
  const { renderBars, widthOfLabels } = await import('../terminal/bars.js');
  const { style, io } = session;
  const charts = chartsOf(statistics);
  const labelWidth = widthOfLabels(charts.flatMap(({ bars }) => bars.map(({ label }) => label)));
  const texts = charts.map(({ title, bars, more }) => {
    const chart = renderBars(bars, { width: io.columns, style, whole: statistics.contacts, labelWidth });
    const rest = more > 0 ? `${style.dim(`  and ${more.toLocaleString('en-US')} more`)}\n` : '';
    return `${style.heading(title)}\n${chart}${rest}`;
  });
  await session.out.write(texts.join('\n'));
  await session.tell(`${texts.length > 0 ? '\n' : ''}${count(statistics.contacts, 'contact')}.`);
};

/** Down a pipe: what is counted, the value and the count, separated by tabs. */
const writeLines = async ({ contacts, fields, months, completeness }: Statistics, session: Session): Promise<void> => {
  const { renderLines } = await import('../terminal/lines.js');
  const rows = [
    ['contacts', '', contacts],
    ...fields.flatMap(({ field, tallies }) =>
      tallies.map(({ value, count: number }) => [nameOf(field), kinds[field.kind].show(value), number]),
    ),
    ...months.map(({ value, count: number }) => ['month', value, number]),
    ...completeness.map(({ field, filled }) => ['filled', field.label, filled]),
  ];
  await session.out.write(renderLines(rows.map((row) => row.map((cell) => ({ text: String(cell) })))));
};

export const runStats = async ({ category, where, json }: StatsOptions, session: Session): Promise<void> => {
  const store = await session.store();
  const { statisticsOf } = await import('../contacts/statistics.js');
  const statistics = await store.snapshot(async (view) => {
    const settings = await view.settings();
    const query = await readQuery(where, categoriesOf(category), view, session);
    const contacts = view.each({ category, ...(query && { query }) }, 'stored');
    return statisticsOf(contacts, category, fieldsOf(category, settings.fields));
  });
  if (json) await writeJson(session, jsonOf(statistics));
  else if (session.io.stdoutIsTerminal) await writeCharts(statistics, session);
  else await writeLines(statistics, session);
};

export const declare = (program: Command, session: Session, run = runStats): void => {
  program
    .command('stats')
    .description(
      'Count contacts by type, level, label, company, country, language and month, and how complete they are.',
    )
    .addOption(categoryOption(['external', 'internal'], 'external'))
    .option('--where <query>', 'only those that the query matches: see contacts search --help', onlyQuery)
    .option('--json', 'all counts as JSON')
    .action(action((options: StatsOptions) => run(options, session)));
};
