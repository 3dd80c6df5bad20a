import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Io } from '../../src/terminal/io.js';
import { showProgress, type Task } from '../../src/terminal/progress.js';
import { durationText } from '../../src/terminal/progress-bar.js';
import { displayWidth } from '../../src/terminal/width.js';

const erase = '\r\x1b[K';

/** A bar with a clock that is set by hand, and what it wrote. */
const start = async (task: Task, io: Partial<Io> = {}) => {
  const stderr = new PassThrough();
  const clock = { time: 5_000 };
  const progress = await showProgress(
    {
      stdin: new PassThrough(),
      stdout: new PassThrough(),
      stderr,
      stdinIsTerminal: true,
      stdoutIsTerminal: false,
      stderrIsTerminal: true,
      columns: 80,
      rows: 24,
      colourLevel: 0,
      hyperlinks: false,
      ...io,
    },
    task,
    () => clock.time,
  );
  const reached = (time: number, done: number): void => {
    clock.time = 5_000 + time;
    progress.reached(done);
  };
  return { reached, end: () => progress.end(), written: () => String(stderr.read() ?? '') };
};

describe('a bar', () => {
  test('tells the share, the amount, the rate and the time left', async () => {
    const { reached, written } = await start({ title: 'Importing', unit: 'rows', total: 100_000 });
    reached(0, 0);
    expect(written()).toBe(`${erase}Importing ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  0%  0 rows`);
    reached(2_000, 45_000);
    expect(written()).toBe(`${erase}Importing ████████████░░░░░░░░░░░░░░  45%  45,000 rows  22,500 rows/s  3 s left`);
    reached(5_000, 100_000);
    expect(written()).toBe(`${erase}Importing ████████████████████████  100%  100,000 rows  20,000 rows/s  0 s left`);
  });

  test('without a total tells how much is done', async () => {
    const { reached, written } = await start({ title: 'Reading', unit: 'bytes' });
    reached(2_000, 4_500_000);
    expect(written()).toBe(`${erase}Reading  4.5 MB  2.3 MB/s`);
    reached(3_000, 999);
    expect(written()).toBe(`${erase}Reading  999 B  333 B/s`);
  });

  test('is drawn at most ten times a second', async () => {
    const { reached, written } = await start({ title: 'Reading', unit: 'rows' });
    for (let time = 0; time <= 1_000; time += 10) reached(time, time);
    expect(written().split(erase).slice(1)).toHaveLength(11);
  });

  test('is taken away at the end', async () => {
    const { reached, end, written } = await start({ title: 'Reading', unit: 'rows' });
    reached(1_000, 10);
    written();
    end();
    expect(written()).toBe(erase);
  });

  test('that was never drawn is not taken away', async () => {
    const { end, written } = await start({ title: 'Reading', unit: 'rows' });
    end();
    expect(written()).toBe('');
  });

  test.each([
    [20, '連絡先.csv を…  12%'],
    [40, '連絡先.csv を読み込み中 █░░░░░░░░░  12%'],
    [60, '連絡先.csv を読み込み中  12%  123,456 rows  2,058 rows/s'],
    [80, '連絡先.csv を読み込み中 █░░░░  12%  123,456 rows  2,058 rows/s  7 min 07 s left'],
    [120, '連絡先.csv を読み込み中 ████░░░░░░░░░░░░░░░░░░░░░░░░░░  12%  123,456 rows  2,058 rows/s  7 min 07 s left'],
  ])('in %i cells', async (columns, line) => {
    const { reached, written } = await start(
      { title: '連絡先.csv を読み込み中', unit: 'rows', total: 1_000_000 },
      { columns },
    );
    reached(60_000, 123_456);
    expect(written()).toBe(erase + line);
    expect(displayWidth(line)).toBeLessThan(columns);
  });

  test('shows control characters of a file name', async () => {
    const { reached, written } = await start({ title: 'a\x1b[2J.csv', unit: 'rows' });
    reached(0, 0);
    expect(written()).toBe(`${erase}a\\x1b[2J.csv  0 rows`);
  });

  test('writes nothing where standard error is no terminal', async () => {
    const { reached, end, written } = await start(
      { title: 'Reading', unit: 'rows', total: 10 },
      { stderrIsTerminal: false },
    );
    reached(1_000, 10);
    end();
    expect(written()).toBe('');
  });
});

test.each([
  [0, '0 s'],
  [7_400, '8 s'],
  [60_000, '1 min 00 s'],
  [65_000, '1 min 05 s'],
  [3_600_000, '1 h 00 min'],
  [7_380_000, '2 h 03 min'],
])('%i ms are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
