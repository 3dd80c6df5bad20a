/** When a holder of the lock shows that it lives, and when others may take it for dead, in milliseconds. */
export interface Beats {
  /** From one sign of life to the next; the first is due after so long too. */
  readonly every: number;
  /** Without a sign for so long, by the waiter's own clock, a holder that cannot be looked at is dead. */
  readonly silence: number;
}

export const systemBeats: Beats = { every: 2_000, silence: 20_000 };

/**
 * Runs beside the program's own thread, which may be busy or wait for the disk for long. The lock file is opened once
 * and known by its token, so that the one of another holder never gets a sign of life.
 */
const source = `
const { closeSync, futimesSync, openSync, readFileSync } = require('node:fs');
const { workerData: { path, token, every } } = require('node:worker_threads');
const file = openSync(path, 'r+');
if (JSON.parse(readFileSync(file, 'utf8')).token === token) {
  const beat = () => {
    const now = Date.now() / 1000;
    futimesSync(file, now, now);
  };
  beat();
  setInterval(beat, every);
} else closeSync(file);
`;

/** Gives signs of life, as the time at which a lock file was last written, until it is stopped. */
export const startBeating = async (path: string, token: string, every: number): Promise<() => void> => {
  const { Worker } = await import('node:worker_threads');
  const worker = new Worker(source, { eval: true, workerData: { path, token, every }, execArgv: [], env: {} });
  // A lock that is gone, or a disk that fails: then the signs end, as they would if the process died.
  worker.on('error', () => {});
  worker.unref();
  return () => void worker.terminate();
};

/**
 * Has signs of life given once something has lasted for a while: the start takes longer than most changes do.
 *
 * @param start `startBeating`, or what stands for it
 * @returns ends them, or has none begin
 */
export const beatingWhileLong = (start: () => Promise<() => void>, after: number): (() => void) => {
  let stop: (() => void) | undefined;
  let isOver = false;
  const timer = setTimeout(() => {
    start().then(
      (stopBeating) => {
        if (isOver) stopBeating();
        else stop = stopBeating;
      },
      () => {},
    );
  }, after);
  timer.unref();
  return () => {
    isOver = true;
    clearTimeout(timer);
    stop?.();
  };
};
