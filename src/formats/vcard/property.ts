import { isAscii, isUtf8 } from 'node:buffer';
import { dataProperties } from './logical-line.js';

export type VcardVersion = '2.1' | '3.0' | '4.0';

/** A property of a vCard (RFC 6350, section 3.3), its value as it stands there. */
export interface Property {
  /** `item1` of `item1.TEL`, in capitals. */
  readonly group: string;
  /** In capitals. */
  readonly name: string;
  /** By their names in capitals, with all their values; those of vCard 2.1 without a name count as `TYPE`. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  /** Still escaped; for data its length alone counts. */
  readonly value: string;
  /** That of its card, which says how values are escaped; 3.0 where absent. */
  readonly version?: VcardVersion;
}

/** A text as the value of a property (RFC 6350, section 3.4); every line end becomes `\n`, the only one that vCard has. */
export const escapeText = (text: string): string => text.replace(/[\\,;]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');

/**
 * The text of a value. In vCard 3.0 and 4.0 `\n` and `\N` are line ends, and a sign after a backslash stands for itself;
 * 2.1 escapes separators alone, so that its backslashes are those of paths.
 */
export const unescapeText = (value: string, version: VcardVersion = '3.0'): string => {
  if (!value.includes('\\')) return value;
  if (version === '2.1') return value.replace(/\\([,;:])/g, '$1');
  return value.replace(/\\([\\,;:nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));
};

/** The parts of a value between separators that no backslash escapes, still escaped. */
export const splitValue = (value: string, separator: ',' | ';'): readonly string[] => {
  if (!value.includes('\\')) return value.split(separator);
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < value.length; at += 1) {
    const sign = value.charAt(at);
    if (sign === '\\') at += 1;
    else if (sign === separator) {
      parts.push(value.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, value.slice(from)];
};

const lineBytes = 75;

/** The line folded so that none is longer than 75 bytes, no character is cut, and ended by `\r\n`. */
export const foldLine = (line: string): string => {
  let folded = '';
  let bytes = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > lineBytes) {
      folded += '\r\n ';
      bytes = 1;
    }
    folded += character;
    bytes += size;
  }
  return `${folded}\r\n`;
};

/** The encodings that vCard 2.1 names without `ENCODING=`. */
const encodingNames = new Set(['QUOTED-PRINTABLE', 'BASE64', '8BIT', '7BIT', 'B']);

const parameter = /;([^=:;"]+)(?:=((?:"[^"]*"|[^":;,])*(?:,(?:"[^"]*"|[^":;,])*)*))?(?=[;:])/y;

const carets: Readonly<Record<string, string>> = { n: '\n', '^': '^', "'": '"' };

/** A parameter's value with what RFC 6868 escapes. */
const uncaret = (value: string): string => value.replace(/\^([n^'])/g, (_, sign: string) => carets[sign] ?? '');

/** A text as the value of a parameter (RFC 6868). */
export const parameterText = (text: string): string => {
  const escaped = text
    .replace(/\^/g, '^^')
    .replace(/\r\n|\r|\n/g, '^n')
    .replace(/"/g, "^'");
  return /^[\w.@+-]+$/.test(escaped) ? escaped : `"${escaped}"`;
};

const parameterValues = (text: string): readonly string[] =>
  (text.match(/"[^"]*"|[^",]+/g) ?? []).map((value) => uncaret(value.replace(/^"|"$/g, '')));

const plainProperty = /^([A-Z-]+):/;
const noParameters: Property['parameters'] = new Map();

/** The property of an unfolded line, or nothing where the line is none. */
export const readProperty = (line: string): Property | undefined => {
  const plain = plainProperty.exec(line);
  if (plain !== null) {
    return { group: '', name: plain[1] ?? '', parameters: noParameters, value: line.slice(plain[0].length) };
  }
  const start = /^\s*(?:([\w-]+)\.)?([\w-]+)(?=\s*[;:])/.exec(line);
  if (!start) return undefined;
  const parameters = new Map<string, string[]>();
  const add = (name: string, values: readonly string[]): void => {
    const before = parameters.get(name);
    if (before === undefined) parameters.set(name, [...values]);
    else for (const value of values) before.push(value);
  };
  let at = start[0].length;
  while (/\s/.test(line.charAt(at))) at += 1;
  for (;;) {
    while (line.charAt(at) === ';' && /[;:]/.test(line.charAt(at + 1))) at += 1;
    parameter.lastIndex = at;
    const found = parameter.exec(line);
    if (!found) break;
    const [whole, given = '', values] = found;
    const name = given.trim();
    at += whole.length;
    if (values !== undefined) add(name.toUpperCase(), parameterValues(values));
    else add(encodingNames.has(name.toUpperCase()) ? 'ENCODING' : 'TYPE', [name]);
  }
  if (line.charAt(at) !== ':') return undefined;
  return {
    group: (start[1] ?? '').toUpperCase(),
    name: (start[2] ?? '').toUpperCase(),
    parameters,
    value: line.slice(at + 1),
  };
};

const none: readonly never[] = [];

/** The values of a parameter in small letters: `cell`, `voice`; some programs put a list of them in quotes. */
export const parameterOf = ({ parameters }: Property, name: string): readonly string[] =>
  parameters.get(name)?.flatMap((value) =>
    value
      .toLowerCase()
      .split(',')
      .map((word) => word.trim()),
  ) ?? none;

/** The text of a property that holds one. */
export const textOf = ({ value, version }: Property): string => unescapeText(value, version).trim();

/** The first value of a parameter as it stands, without white space around it. */
export const parameterAsIs = ({ parameters }: Property, name: string): string | undefined =>
  parameters.get(name)?.[0]?.trim() || undefined;

/** The items of a property that is a list, which vCard 2.1 has none of: there too where programs write it all the same. */
export const listOf = ({ value, version }: Property): readonly string[] =>
  splitValue(value, ',')
    .map((item) => unescapeText(item, version).trim())
    .filter((item) => item !== '');

/** The components of a structured value as texts, each with the commas that it has. */
export const componentsOf = ({ value, version }: Property): readonly string[] =>
  splitValue(value, ';').map((component) => unescapeText(component, version).trim());

/**
 * The components of a structured value of which each may be a list, as N and ADR are in vCard 3.0 and 4.0 (RFC 6350,
 * section 6.2.2). Its items stand with the joint between; a comma that white space follows is one of a text, as people
 * and most programs write it.
 */
export const listComponentsOf = ({ value, version }: Property, joint: string): readonly string[] =>
  splitValue(value, ';').map((component) => {
    if (version === '2.1') return unescapeText(component, version).trim();
    const items = splitValue(component, ',').filter((item) => item.trim() !== '');
    return items
      .map((item, index) => `${index === 0 ? '' : /^\s/.test(item) ? ',' : joint}${unescapeText(item, version)}`)
      .join('')
      .trim();
  });

const quotedPrintableBytes = (bytes: Buffer): Buffer => {
  const decoded = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    const code = byte === 0x3d ? bytes.toString('latin1', at + 1, at + 3) : '';
    const isCode = /^[\da-f]{2}$/i.test(code);
    decoded[length] = isCode ? Number.parseInt(code, 16) : byte;
    length += 1;
    if (isCode) at += 2;
  }
  return decoded.subarray(0, length);
};

/** What is known of a card's texts beside what they say themselves. */
export interface TextContext {
  readonly version: VcardVersion;
  /** The charset of what names none, as `--encoding` has it; UTF-8 where absent. */
  readonly told: string | undefined;
}

/** What the bytes of a line are. */
export type LineReading =
  /** `isUnicode`: whether its text outside ASCII names no charset and is UTF-8. */
  | { readonly is: 'property'; readonly property: Property; readonly isUnicode: boolean }
  /** The value is text in a charset that is not UTF-8, still to be decoded. */
  | {
      readonly is: 'encoded';
      readonly property: Property;
      readonly bytes: Buffer;
      readonly charset: string;
      readonly sample: string;
    }
  /** The value is not UTF-8, and names no other charset. */
  | { readonly is: 'unknown'; readonly property: Property; readonly sample: string }
  /** A line that is no property. */
  | { readonly is: 'text'; readonly text: string };

const mostHeadBytes = 64 * 1024;

/** A text of which each byte came as a character, as the UTF-8 that it is, if it is. */
const inUnicode = (text: string): string => {
  const bytes = Buffer.from(text, 'latin1');
  return isUtf8(bytes) ? bytes.toString() : text;
};

const inUnicodeAll = (parameters: Property['parameters']): Property['parameters'] =>
  new Map([...parameters].map(([name, values]) => [name, values.map(inUnicode)]));

/** The bytes of a value without what its `ENCODING` adds. */
const bytesOfValue = (raw: Buffer, encoding: string): Buffer => {
  if (encoding === 'quoted-printable') return quotedPrintableBytes(raw);
  return encoding === 'b' || encoding === 'base64' ? Buffer.from(raw.toString('latin1'), 'base64') : raw;
};

/** The value of a property, whose line ends vCard 2.1 writes as CR LF. */
export const valueOf = (text: string): string => (text.includes('\r') ? text.replace(/\r\n|\r/g, '\n') : text);

/** Telephones of Japan write how a name is read as the sound of it: `SOUND;X-IRMC-N:ﾔﾏﾀﾞ;ﾀﾛｳ`. */
export const isReading = (property: Property): boolean =>
  property.name === 'SOUND' && parameterOf(property, 'TYPE').some((type) => type.startsWith('x-irmc-n'));

/**
 * Reads the bytes of an unfolded line: the property's value is decoded by its `ENCODING` and its `CHARSET` (vCard 2.1),
 * else as was told, else as UTF-8.
 */
export const readLine = (bytes: Buffer, { version, told }: TextContext): LineReading => {
  const head = bytes.toString('latin1', 0, mostHeadBytes);
  const found = readProperty(head);
  if (found === undefined) return { is: 'text', text: inUnicode(head).trim() };
  const plain: Property = { ...found, version };
  if (dataProperties.has(found.name) && !isReading(found)) return { is: 'property', property: plain, isUnicode: false };
  const charset = parameterAsIs(found, 'CHARSET') ?? told;
  const isUnicode = charset === undefined || /^utf-?8$/i.test(charset);
  const [encoding = ''] = parameterOf(found, 'ENCODING');
  const isPlain = encoding === '' && bytes.length <= mostHeadBytes && isAscii(bytes);
  if (isPlain && isUnicode) return { is: 'property', property: plain, isUnicode: false };
  const property = { ...plain, parameters: inUnicodeAll(found.parameters) };
  const value = bytesOfValue(bytes.subarray(head.length - found.value.length), encoding);
  const sample = head.slice(0, 80);
  if (!isUnicode) return { is: 'encoded', property, bytes: value, charset, sample };
  if (!isUtf8(value)) return { is: 'unknown', property, sample };
  const isProof = charset === undefined && !isAscii(value);
  return { is: 'property', property: { ...property, value: valueOf(value.toString()) }, isUnicode: isProof };
};
