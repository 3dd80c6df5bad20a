import type { Io } from './io.js';
import type { Progress, Task } from './progress.js';
import { createStyle } from './style.js';
import { visible } from './visible.js';
import { displayWidth, fit } from './width.js';

/** Milliseconds between two drawings. */
const interval = 100;
const longestBar = 30;
const eraseLine = '\r\x1b[K';
const gap = '  ';

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const bytesText = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
};

const amountText = (amount: number, unit: Task['unit']): string =>
  unit === 'bytes' ? bytesText(amount) : `${number.format(amount)} ${unit}`;

/** A time for people: `8 s`, `1 min 05 s`, `2 h 03 min`. */
export const durationText = (milliseconds: number): string => {
  const seconds = Math.ceil(milliseconds / 1000);
  const two = (part: number): string => String(part).padStart(2, '0');
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`;
};

/** The parts of the bar's line, the most telling first: the share, the amount, the rate, and the time left. */
const facts = ({ unit, total }: Task, done: number, elapsed: number): readonly string[] => {
  const rate = elapsed > 0 ? done / (elapsed / 1000) : 0;
  const amount = amountText(done, unit);
  const parts = total ? [`${Math.floor((Math.min(done, total) / total) * 100)}%`, amount] : [amount];
  if (rate === 0) return parts;
  const speed = `${amountText(rate, unit)}/s`;
  return total
    ? [...parts, speed, `${durationText((Math.max(0, total - done) / rate) * 1000)} left`]
    : [...parts, speed];
};

/**
 * A progress bar on standard error, drawn at most ten times a second.
 *
 * @param now the time in milliseconds, from any origin
 */
export const createProgressBar = (io: Io, task: Task, now: () => number): Progress => {
  const style = createStyle(io.colourLevel);
  const title = visible(task.title);
  const start = now();
  let drawn = Number.NEGATIVE_INFINITY;

  const bar = (done: number, room: number): string => {
    const width = Math.min(longestBar, room);
    if (!task.total || width < 5) return '';
    const full = Math.round(width * Math.min(1, done / task.total));
    return ` ${style.success('█'.repeat(full))}${style.dim('░'.repeat(width - full))}`;
  };

  return {
    reached: (done) => {
      const time = now();
      if (time - drawn < interval) return;
      drawn = time;
      // A line that fills the terminal's last cell would wrap.
      const width = io.columns - 1;
      const parts = facts(task, done, time - start);
      const shown = parts.filter((_part, index) => {
        const line = [title, ...parts.slice(0, index + 1)].join(gap);
        return index === 0 || displayWidth(line) <= width;
      });
      const text = gap + shown.join(gap);
      const name = fit(title, width - displayWidth(text));
      const room = width - displayWidth(name + text) - 1;
      io.stderr.write(`${eraseLine}${name}${bar(done, room)}${text}`);
    },
    end: () => {
      if (drawn !== Number.NEGATIVE_INFINITY) io.stderr.write(eraseLine);
    },
  };
};
