import { nameOfField } from '../field.js';
import { accepted, cleanText, type Kind, refused } from './kind.js';

/** The languages, by BCP 47 tag: the name that is shown, and others that are read. */
const languages: Readonly<Record<string, readonly [string, ...string[]]>> = {
  en: ['English', 'en-US', 'en-GB'],
  ja: ['Japanese', '日本語', 'ja-JP'],
  'zh-Hans': ['Simplified Chinese', 'Chinese (Simplified)', '简体中文', '简体', 'zh-CN', 'zh-SG', 'zh'],
  'zh-Hant': ['Traditional Chinese', 'Chinese (Traditional)', '繁體中文', '繁體', 'zh-TW', 'zh-HK', 'zh-MO'],
};

/** The name of a language that a field holds. */
export const languageName = (tag: string): string => languages[tag]?.[0] ?? tag;

/** The tag for a language's tag or name. */
export const languageTag = (text: string): string | undefined => {
  const wanted = nameOfField(text);
  return Object.entries(languages).find(([tag, names]) =>
    [tag, ...names].some((name) => nameOfField(name) === wanted),
  )?.[0];
};

/** A language, kept as its BCP 47 tag and shown as its name. */
export const language: Kind = {
  valueName: 'language',
  mostLength: 100,
  hasFewTexts: true,
  schema: (field) => ({ type: 'string', enum: field.choices }),
  read: (given, field) => {
    const tag = languageTag(cleanText(given));
    if (tag !== undefined && field.choices?.includes(tag)) return accepted(tag);
    return refused(`is not one of ${field.choices?.map((choice) => `${languageName(choice)} (${choice})`).join(', ')}`);
  },
  show: languageName,
};
