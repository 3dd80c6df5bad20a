import { execFile } from 'node:child_process';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', '..', '..', 'bin', 'contacts.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs lines of bash in a folder, in which `contacts` is the built program on a store there, and nothing else is set. */
export const shell = (folder: string, lines: string): Promise<Ended> =>
  new Promise((resolve) => {
    const script = `contacts() { '${process.execPath}' '${program}' "$@"; }\n${lines}`;
    const environment = { PATH: process.env.PATH, HOME: folder, CONTACTS_STORE: join(folder, 'contacts.json') };
    const options = { cwd: folder, env: environment, maxBuffer: 1 << 28 };
    const child = execFile('bash', ['-c', script], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
    child.stdin?.end();
  });
