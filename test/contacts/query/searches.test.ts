import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../../helpers/run.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.ok(['add', '--from-json', '-'], { stdin: await readFile('fixtures/names-in-seven-scripts.ndjson') });
});
afterAll(() => workspace.remove());

/** What is typed, and the name of the contact that has to come first. */
const searches: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'Han characters': [
    ['陳大文', '陳大文'],
    ['陈大文', '陳大文'],
    ['陈', '陈雨桐'],
    ['陳雨桐', '陈雨桐'],
    ['雨桐 陳', '陈雨桐'],
    ['大文陳', '陳大文'],
    ['陳 大文', '陳大文'],
    ['大文', '陳大文'],
    ['远东贸易', '陳大文'],
    ['張偉', '張偉'],
    ['张伟', '張偉'],
    ['台湾', '張偉'],
    ['欧阳', '歐陽修'],
    ['喜欢', '歐陽修'],
  ],
  pinyin: [
    ['chen dawen', '陳大文'],
    ['chendawen', '陳大文'],
    ['dawen chen', '陳大文'],
    ['Chen Da Wen', '陳大文'],
    ['cdw', '陳大文'],
    ['dwc', '陳大文'],
    ['yutong', '陈雨桐'],
    ['cyt', '陈雨桐'],
    ['wang xiaoming', '王小明'],
    ['wxm', '王小明'],
    ['zeng guohua', '曾国华'],
    ['ceng guohua', '曾国华'],
    ['shan xiong', '单雄'],
    ['lv bu', '吕布'],
    ['lubu', '吕布'],
    ['lü bu', '吕布'],
    ['ouyang', '歐陽修'],
    ['oyx', '歐陽修'],
    ['yuandong', '陳大文'],
    ['ｃｈｅｎ　ｄａｗｅｎ', '陳大文'],
  ],
  'kana and romaji': [
    ['たなか', 'たなかたろう'],
    ['タナカ', 'たなかたろう'],
    ['ﾀﾅｶ', 'たなかたろう'],
    ['tanaka', 'たなかたろう'],
    ['tanaka taro', 'たなかたろう'],
    ['taro tanaka', 'たなかたろう'],
    ['tarou', 'たなかたろう'],
    ['さとう', 'サトウハナコ'],
    ['サトウ ハナコ', 'サトウハナコ'],
    ['sato', 'サトウハナコ'],
    ['satou hanako', 'サトウハナコ'],
    ['しみず', 'Kenji Shimizu'],
    ['シミズ', 'Kenji Shimizu'],
    ['けんじ しみず', 'Kenji Shimizu'],
    ['shinjo yuko', 'しんじょうゆうこ'],
    ['sinzyou', 'しんじょうゆうこ'],
    ['jon sumisu', 'スミスジョン'],
    ['渡辺', '渡邊一郎'],
    ['渡边', '渡邊一郎'],
    ['沢田', '渡邊一郎'],
    ['泽田', '渡邊一郎'],
    ['ｻｸﾗ', 'たなかたろう'],
  ],
  Hangul: [
    ['김민준', '김민준'],
    ['민준', '김민준'],
    ['민준 김', '김민준'],
    ['예시', '김민준'],
    ['이서연', '이서연'],
  ],
  Cyrillic: [
    ['иванов', 'Иван Иванов'],
    ['ИВАНОВ ИВАН', 'Иван Иванов'],
    ['данаэк', 'Иван Иванов'],
    ['алена королева', 'Алёна Королёва'],
    ['корол', 'Алёна Королёва'],
  ],
  Greek: [
    ['ελενη', 'Ελένη Παπαδοπούλου'],
    ['ΠΑΠΑΔΟΠΟΥΛΟΥ', 'Ελένη Παπαδοπούλου'],
    ['γιωργοσ', 'Γιώργος Αντωνίου'],
  ],
  Arabic: [
    ['محمد', 'محمد الأحمد'],
    ['المثال', 'محمد الأحمد'],
  ],
  Latin: [
    ['garcia', 'María García'],
    ['garcia maria', 'María García'],
    ['garci', 'María García'],
    ['GARCÍA', 'María García'],
    ['gracia', 'María García'],
    ['nunez', 'José Nuñez'],
    ['acai', 'José Nuñez'],
    ['strauss', 'Zoë Müller-Strauß'],
    ['muller', 'Zoë Müller-Strauß'],
    ['obrien', 'Seán O’Brien'],
    ["o'brien", 'Seán O’Brien'],
    ['AT&T (HK)', 'Seán O’Brien'],
    ['lukasz zolc', 'Łukasz Żółć'],
    ['nguyen dang', 'Đặng Nguyễn'],
    ['ipek isik', 'İpek Işık'],
    ['chen wen', 'Chen Wen Trading'],
  ],
  'numbers and addresses': [
    ['9123 4567', '陳大文'],
    ['+852 9123-4567', '陳大文'],
    ['138 9872 6570', '陈雨桐'],
    ['(495) 123-45-67', 'Иван Иванов'],
    ['086 123 4567', 'Seán O’Brien'],
    ['maria@acme.example', 'María García'],
    ['tmchan', '陳大文'],
    ['company:远东', '陳大文'],
  ],
};

describe.each(Object.entries(searches))('in %s', (_script, cases) => {
  it.each(cases)('%s finds %s first', async (typed, name) => {
    const { stdout } = await workspace.run(['search', typed, '--limit', '1', '--fields', 'name']);
    expect(stdout).toBe(`${name}\n`);
  });
});
