import { fold } from '../../fields/fold.js';
import { unifyScripts } from '../east-asian/spellings.js';

const spaces = /\s+/g;
/** Most texts are this. */
const simple = /^[!-~]*(?: [!-~]+)*$/;

/** A folded letter or text as queries compare it: in one of the scripts that stand for each other (`unifyScripts`). */
export const plainLetters = (text: string): string => unifyScripts(fold(text));

/** A text as queries compare it: folded, in unified scripts, and with single spaces as its only white space. */
export const plainText = (text: string): string =>
  simple.test(text) ? text.toLowerCase() : plainLetters(text.replace(spaces, ' '));
