import { constants, isUtf8 } from 'node:buffer';
import type { Contact } from '../../fields/contact.js';
import { ContactLines, contactStart } from './contact-lines.js';
import { contactProblem } from './contact-shape.js';
import type { Damage } from './damage.js';
import { Document } from './document.js';
import { type Files, readAll } from './files.js';
import { type Header, headerStart, lastLine, readHeader } from './header.js';
import { wholeLines } from './whole-lines.js';

const byteOrderMark = Buffer.from('\ufeff');
const closing = Buffer.from(lastLine.trimEnd());
const start = Buffer.from(contactStart);
const onceInContact = Buffer.from('"category":');

/** A file that has one contact on a line, or the number (from 1) of the line that is not as this program writes it. */
type Layout = { readonly header: Header; readonly starts: readonly number[] } | { readonly otherFrom: number };

const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const beginsWith = (bytes: Buffer, beginning: Buffer): boolean =>
  bytes.length >= beginning.length && bytes.compare(beginning, 0, beginning.length, 0, beginning.length) === 0;

/** The header that a first line holds, or `undefined` where it is no header of ours. */
const headerOfLine = (line: string, damage: Damage): Header | undefined => {
  if (!line.startsWith(headerStart) || !line.trimEnd().endsWith('"contacts": [')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(`${line}]}`);
  } catch {
    return undefined;
  }
  return checkedHeader(value, damage, 1);
};

const checkedHeader = (value: unknown, damage: Damage, line?: number): Header => {
  const reading = readHeader(value);
  if (reading.ok) return reading.header;
  throw damage(reading.problem, line, reading.newer ? 'Install the newest version of contacts.' : undefined);
};

const notUtf8 = 'holds bytes that are no UTF-8';

/** The number, counted from 1, of the line that is no UTF-8. */
const lineThatIsNotUtf8 = (bytes: Buffer): number => {
  let lines = 1;
  for (let at = 0; at < bytes.length; lines++) {
    const newLine = bytes.indexOf('\n', at);
    const end = newLine < 0 ? bytes.length : newLine + 1;
    if (!isUtf8(bytes.subarray(at, end))) break;
    at = end;
  }
  return lines;
};

const parses = (line: Buffer): boolean => {
  try {
    JSON.parse(line.toString());
    return true;
  } catch {
    return false;
  }
};

/**
 * Whether a line that begins and ends like a contact is no more than one. Every contact has one such key, which no text
 * can hold, since its quotes would be escaped there; where the line has it once, it need not be parsed.
 */
const isOneContact = (line: Buffer, comma: boolean): boolean => {
  const first = line.indexOf(onceInContact);
  const isOnce = first >= 0 && line.indexOf(onceInContact, first + 1) < 0;
  return isOnce || parses(comma ? line.subarray(0, -1) : line);
};

const indexLines = (files: Files, file: number, skip: number, damage: Damage): Layout => {
  const starts: number[] = [];
  let header: Header | undefined;
  let lines = 0;
  let closed = false;
  let more = true;
  for (const { bytes, position } of wholeLines(files, file, skip)) {
    if (bytes.length > constants.MAX_STRING_LENGTH) return { otherFrom: lines + 1 };
    if (!isUtf8(bytes)) throw damage(notUtf8, lines + lineThatIsNotUtf8(bytes));
    for (let at = 0; at < bytes.length; ) {
      const newLine = bytes.indexOf('\n', at);
      const end = newLine < 0 ? bytes.length : newLine;
      const line = bytes.subarray(at, end);
      lines += 1;
      if (header === undefined) {
        header = headerOfLine(line.toString(), damage);
        if (header === undefined) return { otherFrom: 1 };
      } else if (closed) {
        return { otherFrom: lines };
      } else if (line.equals(closing)) {
        if (more && starts.length > 0) return { otherFrom: lines };
        closed = true;
        starts.push(position + at);
      } else {
        if (!more || !beginsWith(line, start)) return { otherFrom: lines };
        more = line.at(-1) === 0x2c;
        if (line.at(more ? -2 : -1) !== 0x7d || newLine < 0) return { otherFrom: lines };
        if (!isOneContact(line, more)) return { otherFrom: lines };
        starts.push(position + at);
      }
      at = end + 1;
    }
  }
  return closed && header !== undefined ? { header, starts } : { otherFrom: lines + 1 };
};

/** The line, counted from 1, of a place in a text. */
const lineAt = (text: string, place: number): number => text.slice(0, place).split('\n').length;

const parseWhole = (bytes: Buffer, otherFrom: number, damage: Damage): unknown => {
  if (!isUtf8(bytes)) throw damage(notUtf8, lineThatIsNotUtf8(bytes));
  const text = new TextDecoder('utf-8').decode(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's message may quote the file's contents; only the place is taken from it.
    const place = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
    const atEnd = error instanceof Error && error.message.includes('end of JSON input');
    if (atEnd) throw damage('is cut short: its end is missing', lineAt(text.trimEnd(), text.length));
    const ours = text.startsWith(headerStart) ? otherFrom : undefined;
    throw damage('is no valid JSON', place === undefined ? ours : lineAt(text, Number(place)));
  }
};

/** Reads a store that somebody laid out in another way (`jq`, an editor); the next write lays it out again. */
const readWhole = (files: Files, file: number, otherFrom: number, damage: Damage): Document => {
  if (files.statusOf(file).size > constants.MAX_STRING_LENGTH) {
    throw damage('does not have one contact on a line, and is too large to be read otherwise', otherFrom);
  }
  const value = parseWhole(readAll(files, file), otherFrom, damage);
  const header = checkedHeader(value, damage);
  const contacts: unknown =
    typeof value === 'object' && value !== null && 'contacts' in value ? value.contacts : undefined;
  if (!Array.isArray(contacts)) throw damage('has no list under "contacts"');
  for (const [index, contact] of contacts.entries()) {
    const problem = contactProblem(contact);
    if (problem !== undefined) throw damage(`holds a contact (number ${index + 1}) that ${problem}`);
  }
  return new Document(header, contacts as Contact[]);
};

/**
 * The state that an open store holds. A byte order mark is passed over; all else is read strictly: UTF-8 (RFC 3629),
 * JSON (RFC 8259), the shape of the header, and of each contact when it is parsed. Nothing is ever made up for a file
 * that is there.
 *
 * @param path the file's, for messages
 * @throws StoreError where the file is damaged, no store, or of a newer schema
 */
export const readDocument = (files: Files, file: number, path: string, damage: Damage): Document => {
  const beginning = Buffer.alloc(byteOrderMark.length + headerStart.length);
  const length = files.read(file, beginning, 0, beginning.length, 0);
  const skip = beginsWith(beginning.subarray(0, length), byteOrderMark) ? byteOrderMark.length : 0;
  if (beginning.subarray(skip, length).every(isSpace) && length < beginning.length) throw damage('is empty');
  const layout = indexLines(files, file, skip, damage);
  if ('otherFrom' in layout) return readWhole(files, file, layout.otherFrom, damage);
  const lines = new ContactLines(files, file, layout.starts, path, damage);
  return new Document(
    layout.header,
    Array.from({ length: lines.count }, (_, index) => index),
    lines,
  );
};
