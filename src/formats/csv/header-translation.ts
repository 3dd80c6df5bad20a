import { nameOfField } from '../../fields/field.js';
import { headerSets } from './header-sets.js';

/** The headers of one program in one locale, or of lists made by hand in one language. */
interface HeaderSet {
  /** `de`, `de_CH`. */
  readonly locale: string;
  /**
   * The English names of each header, by the header's name as `nameOfField` makes it: several where the program writes
   * one header for several columns, in their order.
   */
  readonly english: ReadonlyMap<string, readonly string[]>;
}

const readSets = (): readonly HeaderSet[] =>
  headerSets
    .trim()
    .split('\n')
    .map((line) => {
      const [, locale = '', entries = ''] = /^([^:]*):[^:]*:(.*)$/.exec(line) ?? [];
      const english = new Map<string, string[]>();
      for (const entry of entries.split('~')) {
        const [name = '', headers = ''] = entry.split('=');
        for (const header of new Set(headers.split('|').map(nameOfField))) {
          english.set(header, [...(english.get(header) ?? []), name]);
        }
      }
      return { locale, english };
    });

/** What sets say of a name, where they agree. */
const agreed = (sets: readonly HeaderSet[], name: string): string | undefined => {
  const meanings = new Set(sets.flatMap(({ english }) => english.get(name) ?? []));
  return meanings.size === 1 ? [...meanings][0] : undefined;
};

const languageOf = ({ locale }: HeaderSet): string => locale.slice(0, 2);

/** Turns the headers of other languages and programs into English ones. */
export interface HeaderTranslator {
  /** Whether any program, in any language, has such a header. */
  knows(header: string): boolean;
  /** The headers in English, those that no program has as they are. */
  translate(headers: readonly string[]): readonly string[];
}

/**
 * Makes a translator. One header means different things to different programs (`Nome` is a first or a whole name), so the
 * program and locale are chosen that explain most of the row, and of several those with the fewest other headers; for
 * what these have not, other programs of the language are asked, then all, and count where they agree.
 *
 * @param isKnown whether a header is known in English
 */
export const createHeaderTranslator = (isKnown: (header: string) => boolean): HeaderTranslator => {
  const sets = readSets();
  return {
    knows: (header) => sets.some(({ english }) => english.has(nameOfField(header))),
    translate: (headers) => {
      const columns = headers.map((header) => ({ header, name: nameOfField(header), isEnglish: isKnown(header) }));
      const filled = columns.filter(({ name }) => name !== '');
      const [best] = sets
        .map((set) => ({
          set,
          hits: filled.filter(({ name }) => set.english.has(name)).length,
          explained: filled.filter(({ name, isEnglish }) => isEnglish || set.english.has(name)).length,
        }))
        .sort(
          (one, other) =>
            other.explained - one.explained || other.hits - one.hits || one.set.english.size - other.set.english.size,
        );
      if (best === undefined || best.explained === filled.filter(({ isEnglish }) => isEnglish).length) return headers;
      const fitsRow = best.hits * 2 >= filled.length;
      const seen = new Map<string, number>();
      /** What the program means by a header that it writes for the first, second … time. */
      const meantByBest = (name: string): string | undefined => {
        const meanings = best.set.english.get(name);
        const time = seen.get(name) ?? 0;
        seen.set(name, time + 1);
        return meanings?.[Math.min(time, meanings.length - 1)];
      };
      const others = sets.filter((set) => languageOf(set) === languageOf(best.set));
      return columns.map(({ header, name, isEnglish }) => {
        if (isEnglish && !fitsRow) return header;
        const own = meantByBest(name);
        if (own !== undefined || isEnglish) return own ?? header;
        return agreed(others, name) ?? agreed(sets, name) ?? header;
      });
    },
  };
};
