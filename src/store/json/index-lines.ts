import { constants, isUtf8 } from 'node:buffer';
import { contactStart } from './contact-lines.js';
import type { Damage } from './damage.js';
import type { Files } from './files.js';
import { type Header, headerStart, lastLine, readHeader } from './header.js';
import { wholeLines } from './whole-lines.js';

/** A file that has one contact on a line, or the number (from 1) of the line that is not as this program writes it. */
export type Layout =
  | {
      readonly header: Header;
      /** Where in the file each contact's line starts, and then where the last line does. */
      readonly starts: readonly number[];
    }
  | { readonly otherFrom: number };

const closing = Buffer.from(lastLine.trimEnd());
const opening = Buffer.from(contactStart);
/** Every contact has this key once, and no text can hold it, since its quotes would be escaped there. */
const onceInContact = Buffer.from('"category":');
const [comma, brace] = Buffer.from(',}');

/** @throws StoreError where the bytes, of which the first are on this line of the file, are no UTF-8 (RFC 3629) */
export const assertUtf8 = (bytes: Buffer, firstLine: number, damage: Damage): void => {
  if (isUtf8(bytes)) return;
  let line = firstLine;
  for (let at = 0; ; line++) {
    const newLine = bytes.indexOf('\n', at);
    if (newLine < 0 || !isUtf8(bytes.subarray(at, newLine))) break;
    at = newLine + 1;
  }
  throw damage('holds bytes that are no UTF-8', line);
};

/** @throws StoreError where the value has no header that this build reads */
export const checkedHeader = (value: unknown, damage: Damage, line?: number): Header => {
  const reading = readHeader(value);
  if (reading.ok) return reading.header;
  throw damage(reading.problem, line, reading.newer ? 'Install the newest version of contacts.' : undefined);
};

/** The header that a first line holds, or `undefined` where it is no header of ours. */
export const headerOfLine = (line: string, damage: Damage): Header | undefined => {
  if (!line.startsWith(headerStart) || !line.trimEnd().endsWith('"contacts": [')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(`${line}]}`);
  } catch {
    return undefined;
  }
  return checkedHeader(value, damage, 1);
};

/** Bytes that most headers do not have. */
const mostHeaders = 1 << 13;

/** The header on the first line of an open file, or `undefined` where it is not as this program writes it. */
export const headerOf = (files: Files, file: number, skip: number, damage: Damage): Header | undefined => {
  for (const { bytes } of wholeLines(files, file, skip, mostHeaders)) {
    const end = bytes.indexOf('\n');
    return end < 0 || end > constants.MAX_STRING_LENGTH
      ? undefined
      : headerOfLine(bytes.toString('utf8', 0, end), damage);
  }
  return undefined;
};

const isAt = (bytes: Buffer, at: number, wanted: Buffer): boolean => {
  for (let index = 0; index < wanted.length; index++) if (bytes[at + index] !== wanted[index]) return false;
  return true;
};

const parses = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Whether each of some lines that follow one another is one contact, which is found out without parsing most of them. */
const contactsIn = (bytes: Buffer) => {
  const find = (from: number) => {
    const found = bytes.indexOf(onceInContact, from);
    return found < 0 ? bytes.length : found;
  };
  let next = 0;
  return (at: number, end: number): boolean => {
    if (!isAt(bytes, at, opening) || bytes[end - 1] !== brace) return false;
    const first = next < at ? find(at) : next;
    next = first < end ? find(first + 1) : first;
    const isOnce = first < end && next >= end;
    return isOnce || parses(bytes.toString('utf8', at, end));
  };
};

/**
 * Finds the lines of an open file without parsing them.
 *
 * @param skip how many bytes at its beginning are passed over
 * @throws StoreError where it is no UTF-8, or its header cannot be read
 */
export const indexLines = (files: Files, file: number, skip: number, damage: Damage): Layout => {
  const starts: number[] = [];
  let header: Header | undefined;
  let lines = 0;
  let closed = false;
  let more = true;
  for (const { bytes, position } of wholeLines(files, file, skip)) {
    if (bytes.length > constants.MAX_STRING_LENGTH) return { otherFrom: lines + 1 };
    assertUtf8(bytes, lines + 1, damage);
    const isContact = contactsIn(bytes);
    for (let at = 0; at < bytes.length; ) {
      const newLine = bytes.indexOf(0x0a, at);
      const end = newLine < 0 ? bytes.length : newLine;
      lines += 1;
      if (closed) return { otherFrom: lines };
      if (header === undefined) {
        header = headerOfLine(bytes.toString('utf8', at, end), damage);
        if (header === undefined) return { otherFrom: lines };
      } else if (end - at === closing.length && isAt(bytes, at, closing)) {
        if (more && starts.length > 0) return { otherFrom: lines };
        closed = true;
        starts.push(position + at);
      } else {
        if (!more || newLine < 0) return { otherFrom: lines };
        more = bytes[end - 1] === comma;
        if (!isContact(at, more ? end - 1 : end)) return { otherFrom: lines };
        starts.push(position + at);
      }
      at = end + 1;
    }
  }
  return closed && header !== undefined ? { header, starts } : { otherFrom: lines + 1 };
};
