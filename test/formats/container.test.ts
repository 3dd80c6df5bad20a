import { describe, expect, test } from 'vitest';
import { isWorkbook } from '../../src/formats/container.js';
import { sourceOf } from './sources.js';
import { archiveOf } from './xlsx/build.js';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const compound = (stream: string): Buffer =>
  Buffer.concat([
    latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'),
    Buffer.alloc(2000),
    Buffer.from(`${stream}\0`, 'utf16le'),
  ]);

describe('files that have no contacts in a form that can be read are named', () => {
  test.each<readonly [what: string, bytes: Buffer | Promise<Buffer>]>([
    ['an old Excel workbook (.xls)', compound('Workbook')],
    ['an old Excel workbook (.xls)', compound('Book')],
    ['an old Excel workbook (.xls)', latin1('\x09\x08\x10\0\0\x06\x05\0')],
    ['locked by a password (encrypted)', compound('EncryptedPackage')],
    ['an old Office document (.doc, .msg or the like)', compound('WordDocument')],
    ['a binary Excel workbook (.xlsb)', archiveOf({ '[Content_Types].xml': '', 'xl/workbook.bin': 'x' })],
    [
      'an OpenDocument spreadsheet (.ods)',
      archiveOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': 'x' }),
    ],
    ['a Numbers spreadsheet (.numbers)', archiveOf({ 'Index/Document.iwa': 'x' })],
    ['a Word document (.docx)', archiveOf({ '[Content_Types].xml': '', 'word/document.xml': 'x' })],
    ['an archive (ZIP)', archiveOf({ 'contacts.csv': 'First Name' })],
    ['a PDF file', latin1('%PDF-1.7\n')],
    ['a compressed file (gzip)', latin1('\x1f\x8b\x08\0')],
    ['an archive (7z)', latin1('7z\xbc\xaf\x27\x1c\0')],
    ['an archive (tar)', latin1(`${'a'.repeat(257)}ustar`)],
    ['a picture', latin1('\x89PNG\r\n')],
    ['a web page (HTML), whatever its name says', latin1('\n<!-- a --><!-- b --><HTML><table>')],
    ['a web page (HTML), whatever its name says', Buffer.from('\ufeff<html>', 'utf16le')],
    ['a web page (HTML), whatever its name says', latin1('<table border=1><tr>')],
    ['an XML spreadsheet of Excel 2003', latin1('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>')],
    ['a SYLK file (.slk)', latin1('ID;PWXL;N;E\r\n')],
    ['a directory export (LDIF)', latin1('version: 1\n\n# people\ndn: cn=Ada,dc=acme\n')],
    ['a directory export (LDIF)', latin1('dn:: Y249QWRh\n')],
  ])('%s', async (what, bytes) => {
    await expect(isWorkbook(sourceOf(await bytes, 100, 'file.csv'))).rejects.toMatchObject({
      code: 'invalid',
      message: `file.csv is ${what}.`,
    });
  });
});

test('texts with contacts are none of these', async () => {
  const texts = [
    'First Name,dn: x\n',
    'ID,First Name\n',
    'BEGIN:VCARD\n',
    '[{"firstName": "Ada"}]',
    '\tFirst Name\n',
    'Picture\n',
    '',
    'PK,Name\n',
  ];
  for (const text of texts) expect(await isWorkbook(sourceOf(text))).toBe(false);
});

test('what begins like many comments is told at once', async () => {
  await expect(isWorkbook(sourceOf(`${'<!---->'.repeat(500)}<`))).resolves.toBe(false);
  await expect(isWorkbook(sourceOf(`${'#\n\n'.repeat(1200)}d`))).resolves.toBe(false);
});
