/** A property of a vCard (RFC 6350, section 3.3), its value as it stands there. */
export interface Property {
  /** `item1` of `item1.TEL`, in capitals. */
  readonly group: string;
  /** In capitals. */
  readonly name: string;
  /** By their names in capitals, with all their values; those of vCard 2.1 without a name count as `TYPE`. */
  readonly parameters: ReadonlyMap<string, readonly string[]>;
  readonly value: string;
}

/** A text as the value of a property (RFC 6350, section 3.4); every line end becomes `\n`, the only one that vCard has. */
export const escapeText = (text: string): string => text.replace(/[\\,;]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');

/** The text of a value: `\n` and `\N` are line ends, any other sign after a backslash stands for itself. */
export const unescapeText = (value: string): string =>
  value.replace(/\\([\\,;:nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign));

/** The parts of a value between separators that no backslash escapes, still escaped. */
export const splitValue = (value: string, separator: ',' | ';'): readonly string[] => {
  const parts: string[] = [];
  let part = '';
  for (let index = 0; index < value.length; index += 1) {
    const sign = value.charAt(index);
    if (sign === '\\') {
      part += value.slice(index, index + 2);
      index += 1;
    } else if (sign === separator) {
      parts.push(part);
      part = '';
    } else {
      part += sign;
    }
  }
  return [...parts, part];
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

const parameter = /;\s*([^=:;"]+?)\s*(?:=((?:"[^"]*"|[^":;,])*(?:,(?:"[^"]*"|[^":;,])*)*))?(?=[;:])/y;

const parameterValues = (text: string): readonly string[] =>
  (text.match(/"[^"]*"|[^",]+/g) ?? []).map((value) => value.replace(/^"|"$/g, ''));

/** The property of an unfolded line, or nothing where the line is none. */
export const readProperty = (line: string): Property | undefined => {
  const start = /^\s*(?:([\w-]+)\.)?([\w-]+)(?=\s*[;:])/.exec(line);
  if (!start) return undefined;
  const parameters = new Map<string, readonly string[]>();
  const add = (name: string, values: readonly string[]): void => {
    parameters.set(name, [...(parameters.get(name) ?? []), ...values]);
  };
  let at = start[0].length;
  while (/\s/.test(line.charAt(at))) at += 1;
  for (;;) {
    parameter.lastIndex = at;
    const found = parameter.exec(line);
    if (!found) break;
    const [whole, name = '', values] = found;
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

/** The values of a parameter in small letters: `cell`, `voice`; some programs put a list of them in quotes. */
export const parameterOf = (property: Property, name: string): readonly string[] =>
  (property.parameters.get(name) ?? []).flatMap((value) => value.toLowerCase().split(','));

const isQuotedPrintable = (property: Property): boolean =>
  parameterOf(property, 'ENCODING').includes('quoted-printable');

/** Whether a line of quoted-printable text goes on in the next one (RFC 2045, section 6.7). */
export const goesOn = (line: string): boolean => {
  if (!line.endsWith('=')) return false;
  const property = readProperty(line);
  return property !== undefined && isQuotedPrintable(property);
};

const quotedPrintableBytes = (text: string): Uint8Array =>
  Buffer.concat(
    [...text.matchAll(/=([0-9a-f]{2})|[^=]+|=/gi)].map(([part, code]) =>
      code === undefined ? Buffer.from(part) : Buffer.from([Number.parseInt(code, 16)]),
    ),
  );

/**
 * The property with its value as text, where it came as quoted-printable in whatever `CHARSET` it names (vCard 2.1).
 * Nothing where the value cannot be decoded.
 */
export const decoded = (property: Property): Property | undefined => {
  if (!isQuotedPrintable(property)) return property;
  const [charset = 'utf-8'] = parameterOf(property, 'CHARSET');
  try {
    const decoder = new TextDecoder(charset, { fatal: true });
    const value = decoder.decode(quotedPrintableBytes(property.value), { stream: true }) + decoder.decode();
    return { ...property, value: value.replace(/\r\n|\r/g, '\n') };
  } catch {
    return undefined;
  }
};
