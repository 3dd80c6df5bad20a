import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { render } from '@inquirer/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { InterruptedError, StoreError, UsageError } from '../../src/errors.js';
import type { Ask, Choice } from '../../src/terminal/ask.js';
import { createAsk } from '../../src/terminal/inquirer-ask.js';
import type { Io } from '../../src/terminal/io.js';

// Inquirer reads this when it is loaded; the colour level has to win over it.
vi.hoisted(() => {
  process.env.FORCE_COLOR = '3';
  delete process.env.NO_COLOR;
});

const createIo = (parts: Partial<Io> = {}): Io => ({
  stdin: new PassThrough(),
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  stdinIsTerminal: true,
  stdoutIsTerminal: true,
  stderrIsTerminal: true,
  columns: 80,
  rows: 24,
  colourLevel: 0,
  hyperlinks: false,
  ...parts,
});

/** A question on a screen that can be read, with keys that can be pressed. */
const shown = <Value>(question: (ask: Ask) => Promise<Value>, parts: Partial<Io> = {}) =>
  render((_config: object, { input, output } = {}) => {
    const streams = { stdin: input as Readable, stderr: output as Writable };
    return question(createAsk(createIo({ ...parts, ...streams })));
  }, {});

const choicesOf = (...names: readonly string[]): readonly Choice<string>[] =>
  names.map((name) => ({ value: name.toLowerCase(), name }));

describe('text', () => {
  test('is typed and given', async () => {
    const { answer, events, getScreen } = await shown((ask) => ask.text({ message: 'First Name', hint: 'given name' }));
    expect(getScreen()).toBe('? First Name (given name)');
    events.type('Anna');
    expect(getScreen()).toBe('? First Name (given name) Anna');
    events.keypress('enter');
    expect(await answer).toBe('Anna');
    expect(getScreen()).toBe('✔ First Name Anna');
  });

  test('stands in the field and is edited in place', async () => {
    const { answer, events, getScreen } = await shown((ask) => ask.text({ message: 'Name', initial: 'Anna' }));
    expect(getScreen()).toBe('? Name Anna');
    events.keypress('backspace');
    events.type('e');
    events.keypress('home');
    events.type('J');
    expect(getScreen()).toBe('? Name JAnne');
    events.keypress('enter');
    expect(await answer).toBe('JAnne');
  });

  test('that is pasted goes where the cursor stands', async () => {
    const stdin = new PassThrough();
    const answer = createAsk(createIo({ stdin })).text({ message: 'Name', initial: '陳文' });
    stdin.write('\x1b[D大Ann\r');
    expect(await answer).toBe('陳大Ann文');
  });

  test('that is emptied is empty', async () => {
    const { answer, events, getScreen } = await shown((ask) => ask.text({ message: 'Name', initial: 'An' }));
    events.keypress('backspace');
    events.keypress('backspace');
    events.keypress('backspace');
    expect(getScreen()).toBe('? Name');
    events.keypress('enter');
    expect(await answer).toBe('');
  });

  test('that is wrong is told below the field, and stays to be mended', async () => {
    const check = (text: string): string | undefined => (text.length > 3 ? `"${text}" is too long.` : undefined);
    const { answer, events, getScreen } = await shown((ask) => ask.text({ message: 'Name', initial: 'Anna', check }));
    events.keypress('enter');
    expect(getScreen()).toBe('? Name Anna\n✗ "Anna" is too long.');
    events.type('b');
    expect(getScreen()).toBe('? Name Annab\n✗ "Annab" is too long.');
    events.keypress('backspace');
    events.keypress('backspace');
    expect(getScreen()).toBe('? Name Ann');
    events.keypress('enter');
    expect(await answer).toBe('Ann');
  });

  test('with control characters is shown with escapes, and comes back to the byte', async () => {
    const initial = 'Flat 5\n12 Lane\x1b[2J\u202e';
    const { answer, events, getScreen } = await shown((ask) => ask.text({ message: 'Street', initial }));
    expect(getScreen()).toBe('? Street Flat 5⏎12 Lane\\x1b[2J\\u202e');
    events.keypress('enter');
    expect(await answer).toBe(initial);
  });

  test('of several lines keeps them when it is edited', async () => {
    const { answer, events } = await shown((ask) => ask.text({ message: 'Street', initial: 'Flat 5\n12 Lane' }));
    events.type('s');
    events.keypress('enter');
    expect(await answer).toBe('Flat 5\n12 Lanes');
  });

  test('takes no tab', async () => {
    const stdin = new PassThrough();
    const answer = createAsk(createIo({ stdin })).text({ message: 'Name' });
    stdin.write('An\tna\r');
    expect(await answer).toBe('Anna');
  });
});

describe('choices', () => {
  test('of one: the cursor stands on the initial one', async () => {
    const { answer, events, getScreen } = await shown((ask) =>
      ask.chooseOne({ message: 'Type', choices: choicesOf('Lead', 'Prospect', 'Other'), initial: 'prospect' }),
    );
    expect(getScreen()).toBe('? Type\n  Lead\n❯ Prospect\n  Other\n\n↑↓ navigate · ⏎ select');
    events.keypress('down');
    events.keypress('enter');
    expect(await answer).toBe('other');
    expect(getScreen()).toBe('✔ Type Other');
  });

  test('of several: those that are ticked, in the order of the choices', async () => {
    const { answer, events, getScreen } = await shown((ask) =>
      ask.chooseSeveral({ message: 'Labels', choices: choicesOf('VIP', 'News', 'Old'), initial: ['old'] }),
    );
    expect(getScreen().split('\n').slice(0, 4)).toEqual(['? Labels', '❯◯ VIP', ' ◯ News', ' ◉ Old']);
    events.keypress('space');
    events.keypress('enter');
    expect(await answer).toEqual(['vip', 'old']);
    expect(getScreen()).toBe('✔ Labels VIP, Old');
  });

  test('of none: nothing is asked', async () => {
    const io = createIo();
    expect(await createAsk(io).chooseSeveral({ message: 'Labels', choices: [] })).toEqual([]);
    expect(io.stderr.writableLength + (io.stderr as PassThrough).readableLength).toBe(0);
  });

  test('are cut to the width, with their hints and without control characters', async () => {
    const choices = [
      { value: 1, name: 'Anna\x1b[2J Müller', hint: 'Acme' },
      { value: 2, name: '陳大文陳大文陳大文陳大文', hint: 'x' },
    ];
    const { events, answer, getScreen } = await shown((ask) => ask.chooseOne({ message: 'Who', choices }), {
      columns: 26,
    });
    expect(getScreen().split('\n').slice(1, 3)).toEqual(['❯ Anna\\x1b[2J Müller Ac…', '  陳大文陳大文陳大文陳…']);
    events.keypress('enter');
    expect(await answer).toBe(1);
  });
});

describe('password', () => {
  test('takes what is typed and shows nothing of it', async () => {
    const { answer, events, getScreen } = await shown(async (ask) => ask.password?.('Password of ada'));
    expect(getScreen()).toContain('Password of ada');
    events.type('xyzzy');
    expect(getScreen()).not.toMatch(/xyzzy|\*/);
    events.keypress('enter');
    expect(await answer).toBe('xyzzy');
  });
});

describe('confirm', () => {
  test.each([
    [undefined, '? Delete it? (y/N)', '', false],
    [true, '? Delete it? (Y/n)', '', true],
    [undefined, '? Delete it? (y/N)', 'y', true],
    [true, '? Delete it? (Y/n)', 'n', false],
  ])('with %j at first shows %j, and %j means %j', async (initial, screen, keys, expected) => {
    const question = { message: 'Delete it?', ...(initial !== undefined && { initial }) };
    const { answer, events, getScreen } = await shown((ask) => ask.confirm(question));
    expect(getScreen()).toBe(screen);
    if (keys !== '') events.type(keys);
    events.keypress('enter');
    expect(await answer).toBe(expected);
  });
});

describe('search', () => {
  const people = ['Anna', 'Anton', 'Bea'];
  const find = async (text: string): Promise<readonly Choice<string>[]> =>
    people.filter((name) => name.toLowerCase().includes(text)).map((name) => ({ value: name, name, hint: 'Acme' }));

  test('narrows while the text is typed, and shows what the cursor is on', async () => {
    const { answer, events, getScreen, nextRender } = await shown((ask) =>
      ask.search({ message: 'Find', find, preview: (name) => `Name  ${name}\nMore` }),
    );
    await nextRender();
    expect(getScreen()).toBe(
      '? Find\n❯ Anna Acme\n  Anton Acme\n  Bea Acme\n\nName  Anna\nMore\n↑↓ navigate · ⏎ select',
    );
    events.type('an');
    await nextRender();
    events.keypress('down');
    expect(getScreen()).toBe('? Find an\n  Anna Acme\n❯ Anton Acme\n\nName  Anton\nMore\n↑↓ navigate · ⏎ select');
    events.keypress('enter');
    expect(await answer).toBe('Anton');
  });

  test('begins with the initial text', async () => {
    const { answer, events, getScreen, nextRender } = await shown((ask) =>
      ask.search({ message: 'Find', find, initial: 'be' }),
    );
    await nextRender();
    expect(getScreen()).toContain('? Find be\n❯ Bea Acme');
    events.keypress('enter');
    expect(await answer).toBe('Bea');
  });

  test('tells that a text cannot be read, and goes on', async () => {
    const reading = async (text: string): Promise<readonly Choice<string>[]> => {
      if (text.includes('(')) throw new UsageError('An open "(".');
      return find(text);
    };
    const { answer, events, getScreen, nextRender } = await shown((ask) =>
      ask.search({ message: 'Find', find: reading }),
    );
    await nextRender();
    events.type('(');
    await nextRender();
    expect(getScreen()).toContain('✗ An open "(".');
    events.keypress('backspace');
    await nextRender();
    events.keypress('enter');
    expect(await answer).toBe('Anna');
  });

  test('ends with any other error', async () => {
    const failing = async (): Promise<readonly Choice<string>[]> => {
      throw new StoreError('The store is damaged.');
    };
    await expect(createAsk(createIo()).search({ message: 'Find', find: failing })).rejects.toThrow(
      'The store is damaged.',
    );
  });

  test('keeps its preview within the screen', async () => {
    const { answer, events, getScreen, nextRender } = await shown(
      (ask) => ask.search({ message: 'Find', find, preview: () => 'line\n'.repeat(100) }),
      { rows: 15 },
    );
    await nextRender();
    expect(getScreen().split('\n').length).toBeLessThan(15);
    events.keypress('enter');
    await answer;
  });
});

describe('a question that is broken off', () => {
  const questions: readonly (readonly [string, (ask: Ask) => Promise<unknown>])[] = [
    ['text', (ask) => ask.text({ message: 'Name' })],
    ['one choice', (ask) => ask.chooseOne({ message: 'Type', choices: choicesOf('Lead', 'Other') })],
    ['several choices', (ask) => ask.chooseSeveral({ message: 'Labels', choices: choicesOf('VIP', 'Old') })],
    ['a confirmation', (ask) => ask.confirm({ message: 'Delete?' })],
    ['a search', (ask) => ask.search({ message: 'Find', find: async () => choicesOf('Anna') })],
  ];
  const endings: readonly (readonly [string, (input: PassThrough) => void])[] = [
    ['Ctrl-C', (input) => input.write('\x03')],
    ['Ctrl-D', (input) => input.write('\x04')],
    ['the end of the input', (input) => input.end()],
    ['an input that is closed', (input) => input.destroy()],
  ];

  test.each(questions.flatMap(([what, question]) => endings.map((ending) => [what, ...ending, question] as const)))(
    '%s, by %s',
    async (_what, _by, end, question) => {
      const stdin = new PassThrough();
      const answer = question(createAsk(createIo({ stdin })));
      const interrupted = expect(answer).rejects.toBeInstanceOf(InterruptedError);
      await turn();
      end(stdin);
      await interrupted;
      expect(stdin.listenerCount('pause')).toBe(0);
    },
  );

  test('is not asked at all where the input has ended', async () => {
    const stdin = new PassThrough();
    stdin.end();
    stdin.resume();
    await new Promise((resolve) => stdin.once('close', resolve));
    const io = createIo({ stdin });
    await expect(createAsk(io).text({ message: 'Name' })).rejects.toBeInstanceOf(InterruptedError);
    expect((io.stderr as PassThrough).readableLength).toBe(0);
  });
});

test.skipIf(process.platform === 'win32')('a question goes on after Ctrl-Z, and stops reading at its end', async () => {
  const stdin = new PassThrough();
  // In place of the shell, which would stop the process and continue it.
  const stopped = new Promise<void>((resolve) => {
    process.once('SIGTSTP', () => {
      process.emit('SIGCONT');
      resolve();
    });
  });
  const answer = createAsk(createIo({ stdin })).text({ message: 'Name' });
  stdin.write('An\x1a');
  await stopped;
  await turn();
  stdin.write('na\r');
  expect(await answer).toBe('Anna');
  expect(stdin.isPaused()).toBe(true);
});

test('questions stand on standard error, one after the other', async () => {
  const stdin = new PassThrough();
  const io = createIo({ stdin });
  const ask = createAsk(io);
  for (const message of ['First Name', 'Last Name']) {
    const answer = ask.text({ message });
    stdin.write('Anna\r');
    await answer;
    expect(String((io.stderr as PassThrough).read())).toContain(`✔ ${message} Anna`);
  }
  expect((io.stdout as PassThrough).readableLength).toBe(0);
});

describe('colours', () => {
  const output = async (colourLevel: Io['colourLevel']): Promise<string> => {
    const stdin = new PassThrough();
    const io = createIo({ stdin, colourLevel });
    const ask = createAsk(io);
    const answered = async <Value>(question: Promise<Value>, keys: string): Promise<Value> => {
      await turn();
      stdin.write(keys);
      return question;
    };
    const check = (text: string): string | undefined => (text === 'A' ? 'Too short.' : undefined);
    await answered(ask.text({ message: 'Name', hint: 'hint', check }), 'A\rb\r');
    await answered(ask.chooseOne({ message: 'Type', choices: [{ value: 1, name: 'Lead', hint: 'hint' }] }), '\r');
    await answered(ask.chooseSeveral({ message: 'Labels', choices: choicesOf('VIP'), initial: ['vip'] }), '\r');
    await answered(ask.confirm({ message: 'Delete?' }), 'x\r\x7fy\r');
    await answered(ask.search({ message: 'Find', find: async () => choicesOf('Anna'), preview: () => 'card' }), '\r');
    return String((io.stderr as PassThrough).read());
  };
  const colour = /\x1b\[[\d;]*m/;

  test('there are none at level 0, though the environment wants them', async () => {
    const plain = await output(0);
    expect(plain).toContain('✔ Find Anna');
    expect(plain).not.toMatch(colour);
  });

  test('there are some above', async () => {
    expect(await output(1)).toMatch(colour);
  });
});

describe('longText', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contacts-ask-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const editorThat = async (script: string): Promise<string> => {
    const path = join(folder, 'editor.mjs');
    await writeFile(path, `import fs from 'node:fs'; const file = process.argv.at(-1);\n${script}`);
    return `"${process.execPath}" "${path}"`;
  };
  const appendX = `fs.writeFileSync(file, fs.readFileSync(file, 'utf8').trimEnd() + 'x');`;
  const check = (text: string): string | undefined => (text.length < 3 ? `"${text}" is too short.` : undefined);

  test('is edited in the editor', async () => {
    const ask = createAsk(createIo(), await editorThat(appendX));
    expect(await ask.longText({ what: 'note', initial: 'abc\ndef', check })).toBe('abc\ndefx');
  });

  test('that is wrong goes back into the editor as it was saved', async () => {
    const stdin = new PassThrough();
    const io = createIo({ stdin });
    const answer = createAsk(io, await editorThat(appendX)).longText({ what: 'note', initial: 'a', check });
    await new Promise((resolve) => io.stderr.once('readable', resolve));
    expect(String((io.stderr as PassThrough).read())).toContain('"ax" is too short. Edit it again? (Y/n)');
    stdin.write('\r');
    expect(await answer).toBe('axx');
  });

  test('that is wrong and not edited again changes nothing', async () => {
    const stdin = new PassThrough();
    const io = createIo({ stdin });
    const answer = createAsk(io, await editorThat(appendX)).longText({ what: 'note', check });
    const interrupted = expect(answer).rejects.toBeInstanceOf(InterruptedError);
    await new Promise((resolve) => io.stderr.once('readable', resolve));
    stdin.write('n\r');
    await interrupted;
  });
});
