import { linesOf } from './line-cutter.js';

/** The properties whose values are data rather than text. */
export const dataProperties: ReadonlySet<string> = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY']);

/** The properties of vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350, RFC 6474, RFC 6715, RFC 8605, RFC 9554). */
const standardProperties =
  'ADR AGENT ANNIVERSARY BDAY BIRTHPLACE CALADRURI CALURI CATEGORIES CLASS CLIENTPIDMAP CONTACT-URI CREATED DEATHDATE DEATHPLACE EMAIL ' +
  'EXPERTISE FBURL FN GENDER GEO GRAMGENDER HOBBY IMPP INTEREST KEY KIND LABEL LANG LANGUAGE LOGO MAILER MEMBER N NAME NICKNAME NOTE ' +
  'ORG ORG-DIRECTORY PHOTO PROFILE PRODID PRONOUNS RELATED REV ROLE SOCIALPROFILE SORT-STRING SOUND SOURCE TEL TITLE TZ UID URL VERSION XML';

/** The names of properties that the standards know. */
export const knownProperties: ReadonlySet<string> = new Set(standardProperties.split(' '));

const space = 0x20;
const tab = 0x09;
const equals = 0x3d;
const colon = 0x3a;

const isSpace = (byte: number | undefined): boolean => byte === space || byte === tab;

/** Whether a line begins with white space, and so goes on from the one before it (RFC 6350, section 3.2). */
export const isIndented = (bytes: Buffer): boolean => isSpace(bytes[0]);

const blank = /^[\0\x1a\s]*$/;

/** Whether a line says nothing: white space, and what old systems put at the end of files. */
export const isBlank = (bytes: Buffer): boolean => bytes.length < 200 && blank.test(bytes.toString('latin1'));

/** How many bytes of white space a line begins with. */
export const indentOf = (bytes: Buffer): number => {
  let at = 0;
  while (isSpace(bytes[at])) at += 1;
  return at;
};

/** The length without white space at the end. */
const trimmedLength = (bytes: Buffer): number => {
  let length = bytes.length;
  while (length > 0 && isSpace(bytes[length - 1])) length -= 1;
  return length;
};

/** Whether a line of quoted-printable text ends in a soft line break (RFC 2045, section 6.7). */
const endsSoftly = (bytes: Buffer): boolean => bytes[trimmedLength(bytes) - 1] === equals;

/** The name and parameters of a property may take so many bytes, as far as its line breaks are concerned. */
const headBytes = 4096;

const head = /^(?:[^":]|"[^"]*")*:/;

/** Data and pictures are base64; what pictures show nobody reads here. */
type Encoding = 'quoted-printable' | 'data' | 'picture' | 'text';

/** How a property's value is encoded, by what stands before its colon; nothing where there is no colon yet. */
const encodingOf = (bytes: Buffer): Encoding | undefined => {
  const text = bytes.toString('latin1', 0, headBytes);
  const end = head.exec(text)?.[0].length ?? text.indexOf(':') + 1;
  if (end === 0) return undefined;
  const parameters = text.slice(0, end - 1).toUpperCase();
  if (/[;=]\s*"?QUOTED-PRINTABLE\b/.test(parameters)) return 'quoted-printable';
  const name = parameters.split(';', 1)[0]?.split('.').at(-1)?.trim() ?? '';
  if (dataProperties.has(name)) return 'picture';
  return /[;=]\s*"?(?:BASE64|B)"?\s*(?:;|$)/.test(parameters) ? 'data' : 'text';
};

const propertyLine = /^(?:[\w-]+\.)?(X-[\w-]+|[A-Z][A-Z-]*)\s*(?:;[^:]*)?:/;

/** Whether a line is surely a property, and not the rest of a text that happens to have a colon. */
const isPropertyLine = (bytes: Buffer): boolean => {
  const name = propertyLine.exec(bytes.toString('latin1', 0, headBytes))?.[1];
  return name !== undefined && (name.startsWith('X-') || knownProperties.has(name));
};

const base64 = /^[\w+/-]+=*\s*$/;

const isBase64 = (bytes: Buffer): boolean => base64.test(bytes.toString('latin1', 0, 1000));

/** Lines one after the other, those that are indented without the first byte. */
const joined = (lines: readonly Buffer[]): Buffer => {
  const from = (line: Buffer, index: number): number => (index > 0 && isIndented(line) ? 1 : 0);
  const whole = Buffer.allocUnsafe(lines.reduce((sum, line, index) => sum + line.length - from(line, index), 0));
  let at = 0;
  for (const [index, line] of lines.entries()) at += line.copy(whole, at, from(line, index));
  return whole;
};

/**
 * Quoted-printable text without its soft line breaks. Lines after such a break stand as they are; where all are indented,
 * that is the folding of vCard on top of it, and goes.
 */
const quotedPrintable = (lines: readonly Buffer[]): Buffer => {
  const [, ...further] = lines;
  const isFolded = further.every(isIndented);
  const indent = isFolded ? further.reduce((least, line) => Math.min(least, indentOf(line)), headBytes) : 0;
  const pieces: Buffer[] = [];
  let breaks = false;
  for (const [index, line] of lines.entries()) {
    const from = index === 0 ? 0 : breaks ? indent : Math.min(1, indentOf(line));
    breaks = endsSoftly(line);
    pieces.push(line.subarray(from, breaks ? trimmedLength(line) - 1 : line.length));
  }
  return Buffer.concat(pieces);
};

/** How much of long data is looked at. */
const dataBytes = 8192;

/** A line of a card out of the lines of the file that it was folded into. */
export class LogicalLine {
  /** The file's line on which it begins, from 1. */
  readonly number: number;
  readonly #parts: Buffer[];
  #hasFolds: boolean;
  #encoding: Encoding | undefined;
  #hasEnded = false;

  /** @param hasFolds whether there are line ends in it */
  constructor(first: Buffer, number: number, hasFolds: boolean) {
    this.#parts = [first];
    this.#hasFolds = hasFolds;
    this.number = number;
  }

  /** The lines that it came in. */
  get parts(): readonly Buffer[] {
    return this.#parts;
  }

  /** Takes up what comes next in the file, and tells whether that belonged to this one. */
  takesUp(bytes: Buffer, hasFolds: boolean): boolean {
    if (!isIndented(bytes)) {
      if (this.#hasEnded) return false;
      if (bytes.length === 0) {
        this.#hasEnded = true;
        return true;
      }
      if (!this.#goesOnWith(bytes)) return false;
    }
    this.#parts.push(bytes);
    this.#hasFolds ||= hasFolds;
    return true;
  }

  /** The bytes without the line breaks that are none of the value's; of long pictures and the like the beginning alone. */
  unfolded(): Buffer {
    const [first = Buffer.alloc(0)] = this.#parts;
    const encoding = this.#encodingHere();
    if (this.#parts.length === 1 && !this.#hasFolds && encoding !== 'quoted-printable') return first;
    if (encoding === 'picture' && first.length > dataBytes) return joined(linesOf(first.subarray(0, dataBytes)));
    const lines = this.#lines();
    return encoding === 'quoted-printable' ? quotedPrintable(lines) : joined(lines);
  }

  #lines(): readonly Buffer[] {
    return this.#hasFolds ? this.#parts.flatMap(linesOf) : this.#parts;
  }

  /** Whether a line that is not indented goes on from here: quoted-printable text, or data of vCard 2.1. */
  #goesOnWith(bytes: Buffer): boolean {
    // Nearly all lines are told at a glance: quoted-printable text ends in "=", and base64 has no colon.
    const isSoft = endsSoftly(this.#parts.at(-1) as Buffer);
    if (!isSoft && bytes.includes(colon)) return false;
    const encoding = this.#encodingHere();
    if (encoding === 'quoted-printable') return isSoft && !isPropertyLine(bytes);
    return (encoding === 'picture' || encoding === 'data') && isBase64(bytes);
  }

  #encodingHere(): Encoding | undefined {
    if (this.#encoding !== undefined) return this.#encoding;
    const [first = Buffer.alloc(0)] = this.#parts;
    const isShort = this.#parts.length > 1 && first.length < dataBytes;
    // What stands before the colon may be folded, too.
    this.#encoding = encodingOf(joined(isShort ? this.#lines().slice(0, 100) : linesOf(first.subarray(0, dataBytes))));
    return this.#encoding;
  }
}
