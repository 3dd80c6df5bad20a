import { type FoldedLine, LineCutter, linesOf } from './line-cutter.js';
import { indentOf, isBlank, isIndented, LogicalLine } from './logical-line.js';

/** An unfolded line of a card, in the bytes of the file. */
export interface CardLine {
  readonly bytes: Buffer;
  /** The file's line on which it begins, from 1. */
  readonly line: number;
  /** The card within the card that follows `AGENT:` (vCard 2.1). */
  agent?: Card;
}

/** A card of a file. */
export interface Card {
  /** The file's line of its BEGIN, from 1. */
  readonly line: number;
  /** Its lines between BEGIN and END. */
  readonly lines: readonly CardLine[];
  /** The lines as they came, between BEGIN and END. */
  readonly raw: readonly Buffer[];
  /** Why it cannot be read as a whole. */
  readonly fault?: string;
}

/** What stands between cards. */
export interface Gap {
  /** The file's line on which it begins, from 1. */
  readonly line: number;
  /** The component that it is part of: `VLIST`. */
  readonly component: string | undefined;
  /** How its first line begins. */
  readonly sample: string;
  /** How many cards come before it. */
  readonly cardsBefore: number;
}

/** A card that takes more is no card. */
const mostBytes = 256 * 1024 * 1024;

const begin = Buffer.from('BEGIN:VCARD');
const end = Buffer.from('END:VCARD');

class OpenCard implements Card {
  readonly lines: CardLine[] = [];
  readonly raw: Buffer[] = [];
  fault?: string;
  /** How many bytes of the file it takes so far. */
  bytes = 0;
  /** The white space before each of its lines. */
  indent: number;
  /** The card within this one that has not ended yet, and those that have. */
  agent: OpenCard | undefined;
  readonly agents: OpenCard[] = [];

  constructor(
    readonly line: number,
    indent: number,
  ) {
    this.indent = indent;
  }

  add(bytes: Buffer, line: number, parts: readonly Buffer[]): void {
    if (this.agent === undefined) this.lines.push({ bytes, line });
    else this.agent.add(bytes, line, parts);
    for (const part of parts) this.raw.push(part);
  }

  /** Whether the card takes too much memory with some more bytes; what it has is let go then. */
  isTooLargeWith(bytes: number): boolean {
    this.bytes += bytes;
    if (this.bytes <= mostBytes) return false;
    this.fault = 'takes more than 256 MB';
    this.lines.length = 0;
    this.raw.length = 0;
    return true;
  }

  /** The last line that was added, to the card within this one where that has not ended. */
  last(): CardLine | undefined {
    return (this.agent ?? this).lines.at(-1);
  }

  /** Takes back the end of the last line, from a place on. */
  cut(at: number): void {
    this.agent?.cut(at);
    const lines = this.agent === undefined ? this.lines : [];
    const last = lines.pop() ?? this.last();
    const part = this.raw.pop();
    if (last === undefined || part === undefined) return;
    if (this.agent === undefined) lines.push({ bytes: last.bytes.subarray(0, at), line: last.line });
    this.raw.push(part.subarray(0, Math.max(0, part.length - last.bytes.length + at)));
  }
}

/** The name of a component after BEGIN or END, at the start of a line; cards begin and end in the middle of lines, too. */
const marker = /^[\s\0\x1a]*(BEGIN|END)[ \t]*:[ \t]*(VCARD|[A-Za-z][\w-]*)/i;
const markerBytes = 200;
/** The end of a card, the beginning of the next one, or both, behind a value. */
const markerBehind = /(?:(END)[ \t]*:[ \t]*VCARD)?[ \t]*(?:(BEGIN)[ \t]*:[ \t]*VCARD)?[ \t]*$/i;
const agentLine = /^(?:[\w-]+\.)?AGENT\b[^:]*:\s*$/i;

/** Whether a line is the property that a card within a card follows. */
const isAgent = (line: CardLine | undefined): boolean =>
  line !== undefined && line.bytes.length < 100 && agentLine.test(line.bytes.toString('latin1'));

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

const withoutMark = (bytes: Buffer): Buffer =>
  bytes[0] === byteOrderMark[0] && bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes;

const markerOf = (
  bytes: Buffer,
): { readonly ends: boolean; readonly name: string; readonly length: number } | undefined => {
  const found = marker.exec(bytes.toString('latin1', 0, markerBytes));
  if (found === null) return undefined;
  return { ends: found[1]?.toUpperCase() === 'END', name: found[2]?.toUpperCase() ?? '', length: found[0].length };
};

/** What may be the end of a card behind the value of its last line. */
interface Behind {
  readonly at: number;
  readonly ends: boolean;
  readonly begins: boolean;
}

const behindOf = (bytes: Buffer): Behind | undefined => {
  const last = (bytes[bytes.length - 1] ?? 0) | 0x20;
  if (last !== 0x64 && last !== 0x20 && last !== 0x29) return undefined;
  const from = Math.max(0, bytes.length - 64);
  const found = markerBehind.exec(bytes.toString('latin1', from));
  if (found === null || (found[1] === undefined && found[2] === undefined)) return undefined;
  return { at: from + found.index, ends: found[1] !== undefined, begins: found[2] !== undefined };
};

/** Finds the cards in the bytes of a file. */
class CardFinder {
  /** Cards that have ended, until somebody takes them. */
  readonly cards: Card[] = [];
  readonly #gapFound: (gap: Gap) => void;
  #count = 0;
  #card: OpenCard | undefined;
  #open: LogicalLine | undefined;
  #behind: Behind | undefined;
  #components: string[] = [];
  #isInGap = false;

  constructor(gapFound: (gap: Gap) => void) {
    this.#gapFound = gapFound;
  }

  /** Takes up the next line of the file, with those that were folded off it. */
  take({ bytes, number, folds }: FoldedLine): void {
    if (folds > 0 && !this.#isFolded(bytes)) {
      for (const [index, line] of linesOf(bytes).entries()) this.#takeLine(line, number + index, false);
    } else {
      this.#takeLine(bytes, number, folds > 0);
    }
  }

  /** Whether indented lines are surely the rest of this one, and not lines of a card that is indented as a whole. */
  #isFolded(bytes: Buffer): boolean {
    const card = this.#card;
    if (card === undefined || card.indent > 0 || (card.lines.length === 0 && this.#open === undefined)) return false;
    return /^[\w-]/.test(bytes.toString('latin1', 0, 1)) && markerOf(bytes) === undefined;
  }

  #takeLine(line: Buffer, number: number, hasFolds: boolean): void {
    const card = this.#card;
    const unmarked = withoutMark(line);
    const bytes = card === undefined ? unmarked : this.#withoutIndent(card, unmarked);
    const isWhole = !(card !== undefined && isIndented(bytes)) && this.#isMarkerAlone(bytes);
    if (card?.isTooLargeWith(line.length)) {
      this.#open = undefined;
      if (!isWhole) return;
    }
    if (!isWhole && this.#mayGoOn() && this.#open?.takesUp(bytes, hasFolds)) return;
    this.#finish();
    if (isWhole) this.#takeWhole(bytes, number, [bytes]);
    else if (!isBlank(bytes)) this.#open = new LogicalLine(bytes, number, hasFolds);
  }

  end(): void {
    this.#finish();
    this.#settleBehind(undefined);
    if (this.#card !== undefined) this.#close(false);
  }

  /** Outside of cards no more than a marker is looked for, which takes few lines however it is folded. */
  #mayGoOn(): boolean {
    return this.#card !== undefined || (this.#open?.parts.length ?? 0) < 20;
  }

  /** The line without the white space that stands before each line of the card. */
  #withoutIndent(card: OpenCard, bytes: Buffer): Buffer {
    const isFirst = card.lines.length === 0 && this.#open === undefined;
    if (!isIndented(bytes) || (isFirst && isBlank(bytes))) return bytes;
    if (isFirst) card.indent = indentOf(bytes);
    return indentOf(bytes) >= card.indent ? bytes.subarray(card.indent) : bytes;
  }

  #isMarkerAlone(bytes: Buffer): boolean {
    if (bytes.length > markerBytes) return false;
    const found = markerOf(bytes);
    return found?.name === 'VCARD' && isBlank(bytes.subarray(found.length));
  }

  #finish(): void {
    const open = this.#open;
    this.#open = undefined;
    if (open !== undefined) this.#takeWhole(open.unfolded(), open.number, open.parts);
  }

  /** Takes up an unfolded line: it begins or ends a card or another component, or belongs to one. */
  #takeWhole(bytes: Buffer, number: number, parts: readonly Buffer[]): void {
    let rest = bytes;
    while (!isBlank(rest)) {
      this.#settleBehind(rest);
      const found = markerOf(rest);
      if (found === undefined || (found.name !== 'VCARD' && this.#card !== undefined)) {
        if (this.#card === undefined) this.#skip(rest, number);
        else this.#add(this.#card, rest, number, rest === bytes ? parts : [rest]);
        return;
      }
      if (found.name !== 'VCARD') this.#pass(found.name, found.ends);
      else if (found.ends) this.#endCard(rest, number);
      else this.#begin(number, rest);
      rest = rest.subarray(found.length);
    }
  }

  /** Begins or ends a component that is no card, which may have cards in it. */
  #pass(name: string, ends: boolean): void {
    const at = this.#components.lastIndexOf(name);
    if (!ends) this.#components = [...this.#components.slice(-9), name];
    else if (at >= 0) this.#components.length = at;
    this.#isInGap = false;
  }

  #begin(number: number, bytes: Buffer): void {
    const outer = this.#card;
    if (outer !== undefined && outer.agent === undefined && isAgent(outer.last())) {
      outer.agent = new OpenCard(number, outer.indent);
      outer.raw.push(begin);
      return;
    }
    if (outer !== undefined) this.#close(false);
    this.#card = new OpenCard(number, indentOf(bytes));
    this.#isInGap = false;
  }

  #endCard(bytes: Buffer, number: number): void {
    const card = this.#card;
    if (card === undefined) this.#skip(bytes, number);
    else if (card.agent === undefined) this.#close(true);
    else {
      const last = card.lines.at(-1);
      if (last !== undefined) last.agent = card.agent;
      card.agents.push(card.agent);
      card.agent = undefined;
      card.raw.push(end);
    }
  }

  #close(hasEnd: boolean): void {
    const card = this.#card;
    this.#card = undefined;
    if (card === undefined) return;
    if (hasEnd) return this.#give(card);
    card.fault = 'has no END:VCARD';
    this.#give(card);
    // What follows the AGENT of a card that does not end may as well be other cards.
    for (const agent of card.agents) this.#give(agent);
    if (card.agent !== undefined) this.#give(Object.assign(card.agent, { fault: card.fault }));
  }

  #give(card: Card): void {
    this.#count += 1;
    this.cards.push(card);
  }

  #add(card: OpenCard, bytes: Buffer, number: number, parts: readonly Buffer[]): void {
    if (card.fault !== undefined) return;
    card.add(bytes, number, parts);
    this.#behind = behindOf(bytes);
  }

  /** Decides whether a card ended behind the value of the last line, by the line that follows: nothing at the end. */
  #settleBehind(next: Buffer | undefined): void {
    const behind = this.#behind;
    this.#behind = undefined;
    const card = this.#card;
    if (behind === undefined || card === undefined) return;
    const found = next === undefined ? undefined : markerOf(next);
    const last = card.last();
    if (last === undefined) return;
    const isEnd = behind.begins
      ? next !== undefined
      : next === undefined || (found !== undefined && !(found.ends && found.name === 'VCARD'));
    if (!isEnd) return;
    const number = last.line;
    card.cut(behind.at);
    if (behind.ends) this.#endCard(end, number);
    if (behind.begins) this.#begin(number, begin);
  }

  #skip(bytes: Buffer, line: number): void {
    if (this.#isInGap) return;
    this.#isInGap = true;
    const sample = bytes.toString('utf8', 0, 80).trim().slice(0, 60);
    this.#gapFound({ line, component: this.#components.at(-1), sample, cardsBefore: this.#count });
  }
}

/**
 * The cards of a file one by one, unfolded (RFC 6350, section 3.2), in the bytes of the file. They begin and end anywhere.
 * One that has no end comes with that as its fault, and takes no other along. Time grows with the file and no faster;
 * memory is that of a card.
 *
 * @param gapFound is told what stands between cards
 */
export async function* cardsOf(
  pieces: AsyncIterable<Uint8Array>,
  gapFound: (gap: Gap) => void = () => undefined,
): AsyncGenerator<Card, void> {
  const finder = new CardFinder(gapFound);
  const lines = new LineCutter((line) => finder.take(line));
  for await (const piece of pieces) {
    lines.push(piece);
    yield* finder.cards.splice(0);
  }
  lines.end();
  finder.end();
  yield* finder.cards;
}
