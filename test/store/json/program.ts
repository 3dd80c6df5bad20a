import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { newFolder } from './place.js';

/** Bundles the writer program into a new folder; the path of what node runs. */
export const bundleWriter = async (): Promise<string> => {
  const outfile = join(await newFolder(), 'writer.mjs');
  const entry = fileURLToPath(new URL('writer.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  return outfile;
};

/** A process that was started, and what it has said so far. */
export interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Settles when the process said this, and fails where it ends without. */
  readonly said: (text: string) => Promise<void>;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Starts a command whose output is gathered. */
export const start = (command: string, values: readonly string[], options: SpawnOptions = {}): Running => {
  const child = spawn(command, values, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      child.emit('said');
    });
  }
  const ended = once(child, 'close').then(([code, signal]: readonly (number | string)[]) => code ?? signal ?? '');
  const said = async (text: string) => {
    while (!output.includes(text)) {
      const over = await Promise.race([once(child, 'said').then(() => false), ended.then(() => true)]);
      if (over && !output.includes(text)) throw new Error(`The process ended without saying "${text}": ${output}`);
    }
  };
  return { child, output: () => output, said, ended };
};
