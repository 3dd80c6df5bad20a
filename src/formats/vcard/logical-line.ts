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

const isSpace = (byte: number | undefined): boolean => byte === space || byte === tab;

/** Whether a line begins with white space, and so goes on from the one before it (RFC 6350, section 3.2). */
export const isIndented = (bytes: Buffer): boolean => isSpace(bytes[0]);

const blank = /^[\0\x1a\s]*$/;

/** Whether a line says nothing: white space, and what old systems put at the end of files. */
export const isBlank = (bytes: Buffer): boolean => bytes.length < 200 && blank.test(bytes.latin1Slice());

const indentOf = (bytes: Buffer): number => {
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

type Encoding = 'quoted-printable' | 'data' | 'text';

/** How a property's value is encoded, by what stands before its colon; nothing where there is no colon yet. */
const encodingOf = (bytes: Buffer): Encoding | undefined => {
  const text = bytes.latin1Slice(0, headBytes);
  const end = head.exec(text)?.[0].length ?? text.indexOf(':') + 1;
  if (end === 0) return undefined;
  const parameters = text.slice(0, end - 1).toUpperCase();
  if (/[;=]\s*"?QUOTED-PRINTABLE\b/.test(parameters)) return 'quoted-printable';
  const name = parameters.split(';', 1)[0]?.split('.').at(-1)?.trim() ?? '';
  const isData = dataProperties.has(name) || /[;=]\s*"?(?:BASE64|B)"?\s*(?:;|$)/.test(parameters);
  return isData ? 'data' : 'text';
};

const propertyLine = /^(?:[\w-]+\.)?(X-[\w-]+|[A-Z][A-Z-]*)\s*(?:;[^:]*)?:/;

/** Whether a line is surely a property, and not the rest of a text that happens to have a colon. */
const isPropertyLine = (bytes: Buffer): boolean => {
  const name = propertyLine.exec(bytes.latin1Slice(0, headBytes))?.[1];
  return name !== undefined && (name.startsWith('X-') || knownProperties.has(name));
};

const base64 = /^[\w+/-]+=*\s*$/;

const isBase64 = (bytes: Buffer): boolean => base64.test(bytes.latin1Slice(0, 1000));

/** A line of a card out of the lines of the file that it was folded into. */
export class LogicalLine {
  /** The file's line on which it begins, from 1. */
  readonly number: number;
  readonly #parts: Buffer[];
  #encoding: Encoding | undefined;
  #hasEnded = false;

  constructor(first: Buffer, number: number) {
    this.#parts = [first];
    this.number = number;
  }

  /** The lines that it came in. */
  get parts(): readonly Buffer[] {
    return this.#parts;
  }

  /** Takes up the file's next line, and tells whether that belonged to this one. */
  takesUp(bytes: Buffer): boolean {
    if (isIndented(bytes)) {
      this.#parts.push(bytes);
      return true;
    }
    if (this.#hasEnded) return false;
    if (bytes.length === 0) {
      this.#hasEnded = true;
      return true;
    }
    const goesOn = this.#goesOnWith(bytes);
    if (goesOn) this.#parts.push(bytes);
    return goesOn;
  }

  /** The bytes with all line breaks taken out that are none of the value's. */
  unfolded(): Buffer {
    const [first = Buffer.alloc(0)] = this.#parts;
    if (this.#encodingHere() === 'quoted-printable') return this.#quotedPrintable();
    return this.#parts.length === 1 ? first : this.#joined(() => 1);
  }

  /** Whether a line that is not indented goes on from here: quoted-printable text, or data of vCard 2.1. */
  #goesOnWith(bytes: Buffer): boolean {
    const encoding = this.#encodingHere();
    if (encoding === 'quoted-printable') return endsSoftly(this.#last()) && !isPropertyLine(bytes);
    return encoding === 'data' && isBase64(bytes);
  }

  #last(): Buffer {
    return this.#parts.at(-1) as Buffer;
  }

  #encodingHere(): Encoding | undefined {
    if (this.#encoding !== undefined) return this.#encoding;
    const [first = Buffer.alloc(0)] = this.#parts;
    // A long head is folded, too.
    this.#encoding = encodingOf(this.#parts.length === 1 ? first : this.#joined(() => 1, headBytes));
    return this.#encoding;
  }

  /** The parts one after the other, those that are indented without so many bytes of white space. */
  #joined(indent: (part: Buffer) => number, most = Number.POSITIVE_INFINITY): Buffer {
    const from = (part: Buffer, index: number): number => (index > 0 && isIndented(part) ? indent(part) : 0);
    let length = 0;
    let count = 0;
    for (const part of this.#parts) {
      if (length >= most) break;
      length += part.length - from(part, count);
      count += 1;
    }
    const whole = Buffer.allocUnsafe(length);
    let at = 0;
    for (let index = 0; index < count; index += 1) {
      const part = this.#parts[index] as Buffer;
      at += part.copy(whole, at, from(part, index));
    }
    return whole;
  }

  /**
   * Quoted-printable text without its soft line breaks. Lines after such a break stand as they are; where all are indented,
   * that is the folding of vCard on top of it, and goes.
   */
  #quotedPrintable(): Buffer {
    const [, ...further] = this.#parts;
    const isFolded = further.every(isIndented);
    const indent = isFolded ? further.reduce((least, part) => Math.min(least, indentOf(part)), headBytes) : 0;
    const pieces: Buffer[] = [];
    let breaks = false;
    for (const [index, part] of this.#parts.entries()) {
      const from = index === 0 ? 0 : breaks ? indent : 1;
      breaks = endsSoftly(part);
      pieces.push(part.subarray(from, breaks ? trimmedLength(part) - 1 : part.length));
    }
    return Buffer.concat(pieces);
  }
}
