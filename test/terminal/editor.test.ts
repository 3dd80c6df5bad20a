import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InvalidError, UsageError } from '../../src/errors.js';
import { editText } from '../../src/terminal/editor.js';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contacts-editor-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The command of an editor that runs a script, with the file's path as `file`. */
const editorThat = async (name: string, script: string): Promise<string> => {
  const path = join(folder, `${name}.mjs`);
  const head = `import fs from 'node:fs'; import { dirname } from 'node:path'; const file = process.argv.at(-1);`;
  await writeFile(path, `${head}\n${script}`);
  return `"${process.execPath}" "${path}" --wait`;
};

describe('editText', () => {
  test('gives the editor the text, and takes what it saved', async () => {
    const editor = await editorThat('append', `fs.appendFileSync(file, 'and \u672c more\\n');`);
    expect(await editText('Zoë, the first line\nthe second', 'note', editor)).toBe(
      'Zoë, the first line\nthe second\nand 本 more',
    );
  });

  test('gives an empty file for no text', async () => {
    const editor = await editorThat('size', `fs.writeFileSync(file, String(fs.statSync(file).size));`);
    expect(await editText('', 'note', editor)).toBe('0');
  });

  test.each([
    ['a\\r\\nb\\rc\\n\\n\\n', 'a\nb\nc'],
    ['\\n', ''],
    ['  kept  ', '  kept  '],
  ])('takes %j as %j', async (saved, text) => {
    const editor = await editorThat('write', `fs.writeFileSync(file, "${saved}");`);
    expect(await editText('before', 'note', editor)).toBe(text);
  });

  test('keeps the text from others, under its name, and leaves nothing behind', async () => {
    const seen = join(folder, 'seen.json');
    const editor = await editorThat(
      'look',
      `const mode = (path) => (fs.statSync(path).mode & 0o777).toString(8);
       fs.writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ file, modes: [mode(dirname(file)), mode(file)] }));`,
    );
    await editText('secret', 'note', editor);
    const { file, modes } = JSON.parse(await readFile(seen, 'utf8'));
    expect(modes).toEqual(['700', '600']);
    expect(file).toMatch(/note\.txt$/);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  test('an editor that ends with an error changes nothing', async () => {
    const editor = await editorThat('fail', `fs.writeFileSync(file, 'half'); process.exitCode = 3;`);
    const error = await editText('before', 'note', editor).catch((raised) => raised);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe(`The editor "${editor}" did not do its work: it ended with 3. Nothing was changed.`);
    expect(error.hint).toContain('EDITOR');
  });

  test('what is not UTF-8 is refused', async () => {
    const editor = await editorThat('latin', `fs.writeFileSync(file, Buffer.from([0x5a, 0xeb]));`);
    await expect(editText('before', 'note', editor)).rejects.toBeInstanceOf(InvalidError);
  });
});
