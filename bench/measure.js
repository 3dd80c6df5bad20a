// Runs a program once, and tells what it took.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a program is installed. */
export const isInstalled = (name) => spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name]).status === 0;

/** The shell's clock has a thousandth of a second where that of GNU time has a hundredth, which tells the memory alone. */
const timed =
  'TIMEFORMAT="%3R %3U %3S"; exec 3>"$1"; memory=$2; shift 2; { time /usr/bin/time -f %M -o "$memory" "$@" 2>&4; } 4>&2 2>&3';

/**
 * Runs a program to its end; its output goes to a file, so that nobody waits for a reader. The start of GNU time, about
 * a millisecond, is in all figures.
 *
 * @returns milliseconds by the clock and of the processor, and the peak of its memory in megabytes
 * @throws where it fails
 */
export const measure = (argv, { folder, env = {} }) => {
  const times = join(folder, 'times');
  const peak = join(folder, 'peak');
  const output = openSync(join(folder, 'output'), 'w');
  try {
    const { status, stderr } = spawnSync('bash', ['-c', timed, 'bash', times, peak, ...argv], {
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', output, 'pipe'],
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}:\n${stderr}`);
  } finally {
    closeSync(output);
  }
  const [elapsed, user, system] = readFileSync(times, 'utf8').trim().split(' ').map(Number);
  const kilobytes = Number(readFileSync(peak, 'utf8').trim());
  return { wall: elapsed * 1000, cpu: (user + system) * 1000, memory: kilobytes / 1024 };
};

/** The median of some numbers. */
export const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
