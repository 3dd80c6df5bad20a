import { systemCode } from '../errors.js';

/** What results are written to: a stream, or a part of one. */
export interface OutputStream {
  write(chunk: string | Uint8Array, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  readonly errored?: Error | null;
}

/**
 * Writes to a descriptor at once. Node's own stream for it takes longer to be made than a short command runs besides.
 *
 * @param writeSync writes some of the bytes from an offset on, and tells how many; throws the system's error
 * @param stream makes Node's stream, which takes over where the descriptor would have to be waited for (EAGAIN)
 */
export const createDescriptorOutput = (
  writeSync: (bytes: Uint8Array, offset: number) => number,
  stream: () => OutputStream,
): OutputStream => {
  const listeners: ((error: Error) => void)[] = [];
  let successor: OutputStream | undefined;

  const succeed = (): OutputStream => {
    const next = stream();
    for (const listener of listeners) next.on('error', listener);
    successor = next;
    return next;
  };

  return {
    write: (chunk, done) => {
      if (successor !== undefined) return successor.write(chunk, done);
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      let written = 0;
      try {
        while (written < bytes.length) written += writeSync(bytes, written);
      } catch (error) {
        if (systemCode(error) === 'EAGAIN') return succeed().write(bytes.subarray(written), done);
        done(error as Error);
        return false;
      }
      done();
      return true;
    },
    on: (event, listener) => (successor === undefined ? listeners.push(listener) : successor.on(event, listener)),
    get errored() {
      return successor?.errored ?? null;
    },
  };
};
