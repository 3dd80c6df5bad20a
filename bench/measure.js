// Runs a program once, and tells what it took.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a program is installed. */
export const isInstalled = (name) => spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name]).status === 0;

/**
 * Runs a program to its end under GNU time; its output goes to a file, so that nobody waits for a reader.
 *
 * @returns milliseconds by the clock and of the processor, and the peak of its memory in megabytes
 * @throws where it fails
 */
export const measure = (argv, { folder, env = {} }) => {
  const times = join(folder, 'times');
  const output = openSync(join(folder, 'output'), 'w');
  try {
    const { status, stderr } = spawnSync('/usr/bin/time', ['-f', '%e %U %S %M', '-o', times, ...argv], {
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', output, 'pipe'],
      maxBuffer: 1 << 28,
    });
    if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}:\n${stderr}`);
  } finally {
    closeSync(output);
  }
  const [elapsed, user, system, kilobytes] = readFileSync(times, 'utf8').trim().split(' ').map(Number);
  return { wall: elapsed * 1000, cpu: (user + system) * 1000, memory: kilobytes / 1024 };
};

/** The median of some numbers. */
export const median = (numbers) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
