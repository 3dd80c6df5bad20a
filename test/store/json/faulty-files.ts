import { type Files, systemFiles } from '../../../src/store/json/files.js';

/** What takes the place of a dead process: no call succeeds any more, and nobody can handle it. */
export class Death extends Error {}

export interface FaultyFiles {
  readonly files: Files;
  /** The names of the calls that were made. */
  readonly calls: readonly string[];
}

/** What happens at a call, instead of it; where it returns, the call itself is made. */
type Fault = (call: string, number: number) => void;

/** The file system with a fault before some of its calls, which are counted from 1. */
export const faultyFiles = (fault: Fault): FaultyFiles => {
  const calls: string[] = [];
  const files = new Proxy(systemFiles, {
    get: (target, name: keyof Files) => {
      const call = target[name] as (...values: readonly unknown[]) => unknown;
      return (...values: readonly unknown[]) => {
        calls.push(name);
        fault(name, calls.length);
        return call(...values);
      };
    },
  });
  return { files, calls };
};

/** An error as the system gives it. */
export const systemError = (code: string, call: string): Error =>
  Object.assign(new Error(`${code}: ${call}`), { code, syscall: call, errno: -1 });
