import type { Io } from './io.js';

export interface Task {
  /** What is being done: `Importing contacts.csv`. */
  readonly title: string;
  readonly unit: 'bytes' | 'rows' | 'contacts' | 'pairs' | 'changes';
  /** How much there is to do, in units; where it is not known, the bar tells how much is done. */
  readonly total?: number;
}

export interface Progress {
  /** How much is done by now, in units, from the start. */
  reached(done: number): void;
  /** Takes the bar away. */
  end(): void;
}

/**
 * Shows how far a task has come on standard error; nothing at all where that is no terminal.
 *
 * @param now the time in milliseconds, from any origin
 */
export const showProgress = async (io: Io, task: Task, now: () => number): Promise<Progress> => {
  if (!io.stderrIsTerminal) return { reached: () => {}, end: () => {} };
  const { createProgressBar } = await import('./progress-bar.js');
  return createProgressBar(io, task, now);
};
