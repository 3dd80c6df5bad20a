import { encode } from 'uqr';
import { InvalidError } from '../errors.js';
import type { Style } from './style.js';

export interface QrCodeOptions {
  readonly style: Style;
  /** The terminal's width in cells; no limit where it is absent. */
  readonly width?: number;
}

/** The light modules around a code without which a camera does not find it; ISO/IEC 18004 wants four, and all take two. */
const quietZone = 2;
/** The bytes that the largest code holds (version 40, level L). */
const mostBytes = 2953;

/** The half block of two modules, one above the other; `ink` fills it where a module is to be drawn. */
const halfBlock = (upper: boolean, lower: boolean): string => {
  if (upper) return lower ? '█' : '▀';
  return lower ? '▄' : ' ';
};

/**
 * A text as a QR code (ISO/IEC 18004), two rows of modules in a line: dark on a white ground, and without colours light
 * blocks on the ground of a terminal, which is dark as a rule. Ends with a line end.
 *
 * @throws InvalidError where the text is too long for a code, or the code is wider than the terminal
 */
export const renderQrCode = (text: string, { style, width }: QrCodeOptions): string => {
  const bytes = [...new TextEncoder().encode(text)];
  if (bytes.length > mostBytes) {
    throw new InvalidError(
      `A QR code holds ${mostBytes.toLocaleString('en-US')} bytes, and this has ${bytes.length.toLocaleString('en-US')}.`,
      'Share it as a file, without --qr.',
    );
  }
  const { data, size } = encode(bytes, { ecc: 'L', border: quietZone });
  if (width !== undefined && size > width) {
    throw new InvalidError(
      `The QR code is ${size} cells wide, and the terminal ${width}.`,
      'Make the window wider, or share it as a file, without --qr.',
    );
  }
  const isInked = (row: number, column: number): boolean => {
    const isDark = data[row]?.[column] ?? false;
    return style.level > 0 ? isDark : !isDark && row < size;
  };
  const lines: string[] = [];
  for (let row = 0; row < size; row += 2) {
    const blocks = Array.from({ length: size }, (_, column) =>
      halfBlock(isInked(row, column), isInked(row + 1, column)),
    );
    lines.push(style.paper(blocks.join('')));
  }
  return `${lines.join('\n')}\n`;
};
