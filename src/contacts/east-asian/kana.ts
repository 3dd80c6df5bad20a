/** The syllables of the kana table, row by row, in Hepburn's romanisation. */
const table = `
あa いi うu えe おo かka きki くku けke こko がga ぎgi ぐgu げge ごgo
さsa しshi すsu せse そso ざza じji ずzu ぜze ぞzo たta ちchi つtsu てte とto だda ぢji づzu でde どdo
なna にni ぬnu ねne のno はha ひhi ふfu へhe ほho ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo
まma みmi むmu めme もmo やya ゆyu よyo らra りri るru れre ろro わwa ゐi ゑe をo んn ゔvu
ゃya ゅyu ょyo ぁa ぃi ぅu ぇe ぉo ゎwa ゕka ゖke`;
const syllables: ReadonlyMap<string, string> = new Map(
  table
    .trim()
    .split(/\s+/)
    .map((pair) => [pair.charAt(0), pair.slice(1)]),
);

const katakana = /[\u30a1-\u30f6\u30fd\u30fe]/g;
const betweenTables = 0x60;

/** A text with hiragana for its katakana, each character for one. */
export const toHiragana = (text: string): string =>
  text.replace(katakana, (kana) => String.fromCharCode(kana.charCodeAt(0) - betweenTables));

/** A syllable, and the small kana that turns it into another: `しゃ` is sha, `ふぁ` is fa, `うぃ` is wi. */
const contracted = (syllable: string, small: string): string => {
  const consonant = syllable.slice(0, -1);
  const sound = syllables.get(small) ?? '';
  if (/[ゃゅょ]/.test(small)) return /^(sh|ch|j)$/.test(consonant) ? consonant + sound.slice(1) : consonant + sound;
  return (consonant === '' ? 'w' : consonant) + sound;
};

const hepburn = (hiragana: string): string =>
  hiragana
    .replace(/([ぁ-ゖ])([ゃゅょぁぃぅぇぉ])?/g, (written, kana: string, small?: string) =>
      kana === 'っ'
        ? written
        : small === undefined
          ? (syllables.get(kana) ?? kana)
          : contracted(syllables.get(kana) ?? '', small),
    )
    .replace(/っ(?=ch)/g, 't')
    .replace(/っ([a-z])/g, '$1$1')
    .replace(/([aeiou])ー/g, '$1$1');

/** Kunrei-shiki, the romanisation that schools teach and many input methods take. */
const kunrei = (romaji: string): string =>
  romaji
    .replace(/tch/g, 'tty')
    .replace(/sh/g, 'sy')
    .replace(/ch/g, 'ty')
    .replace(/j/g, 'zy')
    .replace(/([stz])yi/g, '$1i')
    .replace(/tsu/g, 'tu')
    .replace(/fu/g, 'hu');

/** Without the signs of long vowels: Satou is Sato, Yuuko is Yuko. */
const short = (romaji: string): string =>
  romaji
    .replace(/ou|oo/g, 'o')
    .replace(/uu/g, 'u')
    .replace(/([aei])\1/g, '$1');

/** The text has hiragana in it. */
export const hasHiragana = (text: string): boolean => /[ぁ-ゖ]/.test(text);

/**
 * How a text in hiragana is written in Latin letters: by Hepburn and in Kunrei-shiki, each with long vowels written out
 * and without. What is no kana stays.
 */
export const romajiOf = (hiragana: string): readonly string[] => {
  const systems = [hepburn(hiragana), kunrei(hepburn(hiragana))];
  return [...new Set(systems.flatMap((romaji) => [romaji, short(romaji)]))];
};
