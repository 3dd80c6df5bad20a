import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, '..', 'bin', 'contacts.js');
const enter = '\r';
const down = '\u001b[B';
const interrupt = '\u0003';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contacts-form-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The program in a pseudo-terminal, which script(1) makes. */
const openTerminal = (command: string, store: string) => {
  const child: ChildProcess = spawn('script', ['-qefc', `stty cols 90 rows 40; ${command}`, '/dev/null'], {
    env: { PATH: process.env.PATH, HOME: folder, TERM: 'xterm', CONTACTS_STORE: store, CONTACTS_COUNTRY: 'HK' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  let seen = '';
  let from = 0;
  let check = (): void => {};
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    seen += text;
    check();
  });
  /** Waits until a text is shown that was not waited for before. */
  const shows = (text: string): Promise<void> =>
    new Promise((resolve) => {
      check = () => {
        const at = stripVTControlCharacters(seen).indexOf(text, from);
        if (at < 0) return;
        from = at + text.length;
        check = () => {};
        resolve();
      };
      check();
    });
  const press = (keys: string): void => void child.stdin?.write(keys);
  return {
    closed,
    press,
    shows,
    answer: async (question: string, text: string): Promise<void> => {
      await shows(`? ${question}`);
      if (text !== '') {
        press(text);
        await shows(text);
      }
      press(enter);
    },
  };
};

describe('the Create Contact form in a terminal', () => {
  it('saves and opens anew, tells a wrong value at its field, and leaves on Ctrl-C what was saved', async () => {
    const store = join(folder, 'contacts.json');
    const { answer, closed, press, shows } = openTerminal(`'${process.execPath}' '${program}' add`, store);
    await answer('Type', '');
    await answer('First Name', 'Maria');
    await answer('Last Name', 'García');
    await answer('Country Code', '');
    await answer('Mobile', '12');
    await shows('12 is too short to be a phone number');
    press('\u007f\u007f9123 4567');
    await shows('9123 4567');
    press(enter);
    await answer('Email', 'maria@example.com');
    await shows('? Create Contact');
    press(down);
    await shows('❯ Save and create new');
    press(enter);
    await shows('Added Maria García');
    await answer('Type', '');
    await shows('? First Name');
    press(interrupt);
    expect(await closed).toBe(130);
    expect(JSON.parse(await readFile(store, 'utf8')).contacts).toMatchObject([
      {
        type: 'Lead',
        firstName: 'Maria',
        lastName: 'García',
        phones: [{ kind: 'mobile', number: '+85291234567' }],
        emails: [{ kind: 'work', address: 'maria@example.com' }],
      },
    ]);
  });
});
