import { type Files, systemFiles } from '../../../src/store/json/files.js';

/** What takes the place of a dead process: no call succeeds any more, and nobody can handle it. */
export class Death extends Error {}

export interface FaultyFiles {
  readonly files: Files;
  /** The names of the calls that were made. */
  readonly calls: readonly string[];
}

/**
 * What happens at a call, instead of it; where it returns, the call itself is made. Of a `write` no more bytes are
 * written then than it returns.
 */
export type Fault = (call: string, number: number) => number | void;

/** Files with a fault before some of their calls, which are counted from 1; the file system itself unless told. */
export const faultyFiles = (fault: Fault, sound: Files = systemFiles): FaultyFiles => {
  const calls: string[] = [];
  const files = new Proxy(sound, {
    get: (target, name: keyof Files) => {
      const call = target[name] as (...values: readonly unknown[]) => unknown;
      return (...values: readonly unknown[]) => {
        calls.push(name);
        const most = fault(name, calls.length);
        if (name !== 'write' || most === undefined) return call(...values);
        const [file, buffer, offset, length] = values;
        return call(file, buffer, offset, Math.min(Number(length), Number(most)));
      };
    },
  });
  return { files, calls };
};

/** An error as the system gives it. */
export const systemError = (code: string, call: string): Error =>
  Object.assign(new Error(`${code}: ${call}`), { code, syscall: call, errno: -1 });
