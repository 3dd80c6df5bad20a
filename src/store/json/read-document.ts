import { constants } from 'node:buffer';
import type { Contact } from '../../fields/contact.js';
import { ContactLines, rangesBetween } from './contact-lines.js';
import { contactProblem } from './contact-shape.js';
import type { Damage } from './damage.js';
import { Document } from './document.js';
import { type Files, readAll } from './files.js';
import { type Header, headerStart } from './header.js';
import { assertUtf8, checkedHeader, headerOf, headerOfLine, indexLines } from './index-lines.js';

const byteOrderMark = Buffer.from('\ufeff');

const isSpace = (byte: number | undefined) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const beginsWith = (bytes: Buffer, beginning: Buffer): boolean =>
  bytes.length >= beginning.length && bytes.compare(beginning, 0, beginning.length, 0, beginning.length) === 0;

/** The line, counted from 1, of a place in a text. */
const lineAt = (text: string, place: number): number => text.slice(0, place).split('\n').length;

const parseWhole = (bytes: Buffer, otherFrom: number, damage: Damage): unknown => {
  assertUtf8(bytes, 1, damage);
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

/** How many bytes a byte order mark takes at the beginning of an open file; the file is refused where it is blank. */
const markIn = (files: Files, file: number, damage: Damage): number => {
  const beginning = Buffer.alloc(byteOrderMark.length + headerStart.length);
  const length = files.read(file, beginning, 0, beginning.length, 0);
  const mark = beginsWith(beginning.subarray(0, length), byteOrderMark) ? byteOrderMark.length : 0;
  if (length < beginning.length && beginning.subarray(mark, length).every(isSpace)) throw damage('is empty');
  return mark;
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
  const layout = indexLines(files, file, markIn(files, file, damage), damage);
  if ('otherFrom' in layout) return readWhole(files, file, layout.otherFrom, damage);
  const lines = new ContactLines(files, file, rangesBetween(layout.starts), path, damage);
  return new Document(layout.header, undefined, lines);
};

/** The header of an open store whose first contact begins at a place; `undefined` where it is not there. */
export const headerBefore = (files: Files, file: number, end: number, damage: Damage): Header | undefined => {
  const bytes = Buffer.alloc(end);
  const length = files.read(file, bytes, 0, end, 0);
  return length === end ? headerOfLine(bytes.toString(), damage) : undefined;
};

/** The header of an open store; the contacts are not looked at where they stand on lines of their own. */
export const readHeaderAlone = (files: Files, file: number, path: string, damage: Damage): Header =>
  headerOf(files, file, markIn(files, file, damage), damage) ?? readDocument(files, file, path, damage).header;
