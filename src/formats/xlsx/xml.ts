import { SaxesParser } from 'saxes';
import { type Source, textOf } from '../encoding.js';
import { BadArchive, type Part } from './zip.js';

/** What is told of an XML text while it is read; names are without their prefixes. */
export interface XmlEvents {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  /** A piece of text between two tags; several may follow each other. */
  readonly text?: (text: string) => void;
}

/** Characters of XML without a tag: more are no cell that a spreadsheet program wrote. */
const mostBetweenTags = 2 ** 21;

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * An attribute by its name, whatever prefix it has.
 *
 * @param attributes as `XmlEvents.open` gives them
 */
export const attribute = (attributes: Readonly<Record<string, string>>, name: string): string | undefined =>
  attributes[name] ?? Object.entries(attributes).find(([key]) => key.endsWith(`:${name}`))?.[1];

/**
 * Reads a part of a workbook as XML, and gives control back after each piece.
 *
 * @throws BadArchive where it is no XML, declares a DTD (which ECMA-376 forbids), or is damaged
 */
export async function* readXml(part: Part, events: XmlEvents): AsyncGenerator<void, void> {
  const parser = new SaxesParser({ position: false, xmlns: false });
  let sinceTag = 0;
  const fail = (message: string): never => {
    throw new BadArchive(`${part.name} ${message}`);
  };
  parser.on('error', () => fail('is not valid XML'));
  parser.on('doctype', () => fail('declares a document type'));
  parser.on('opentag', ({ name, attributes }) => {
    sinceTag = 0;
    events.open?.(local(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    sinceTag = 0;
    events.close?.(local(name));
  });
  const text = (found: string): void => events.text?.(found);
  parser.on('text', text);
  parser.on('cdata', text);
  const source: Source = { name: part.name, open: () => part.open() };
  try {
    for await (const piece of textOf(source)) {
      sinceTag += piece.length;
      parser.write(piece);
      if (sinceTag > mostBetweenTags) fail('has more than 2 MB of text in one place');
      yield;
    }
    parser.close();
  } catch (error) {
    if (error instanceof Error && 'candidates' in error) fail('is not UTF-8');
    throw error;
  }
}

/** Reads a small part of a workbook whole; a part that is not there is empty. */
export const readWholeXml = async (part: Part | undefined, events: XmlEvents): Promise<void> => {
  if (part === undefined) return;
  for await (const _ of readXml(part, events));
};
