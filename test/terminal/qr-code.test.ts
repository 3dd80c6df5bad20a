import jsQR from 'jsqr';
import { describe, expect, test } from 'vitest';
import { InvalidError } from '../../src/errors.js';
import { renderQrCode } from '../../src/terminal/qr-code.js';
import { createStyle } from '../../src/terminal/style.js';

// Its types say that the function is the module's `default`; it is the module.
const readCode = jsQR as unknown as typeof jsQR.default;

const pixelsOfModule = 4;
const inksUpper = '█▀';
const inksLower = '█▄';

/** What a camera reads off the lines, where ink is as light or as dark as given. */
const readOff = (drawn: string, inkIsDark: boolean): string | undefined => {
  const lines = drawn.trimEnd().split('\n');
  const rows = lines.flatMap((line) => [inksUpper, inksLower].map((inks) => [...line].map((c) => inks.includes(c))));
  const width = (rows[0]?.length ?? 0) * pixelsOfModule;
  const height = rows.length * pixelsOfModule;
  const image = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inked = rows[Math.floor(y / pixelsOfModule)]?.[Math.floor(x / pixelsOfModule)] ?? false;
      image.fill(inked === inkIsDark ? 0 : 255, (y * width + x) * 4, (y * width + x) * 4 + 3);
      image[(y * width + x) * 4 + 3] = 255;
    }
  }
  const code = readCode(image, width, height, { inversionAttempts: 'dontInvert' });
  return code ? new TextDecoder().decode(Uint8Array.from(code.binaryData)) : undefined;
};

describe('renderQrCode', () => {
  test.each(['tel:+85291234567', 'FN:王小明 García 🙂', 'x'.repeat(900)])('draws what a camera reads as %s', (text) => {
    expect(readOff(renderQrCode(text, { style: createStyle(0) }), false)).toBe(text);
  });

  test('is black on white where there are colours', () => {
    const [first = '', ...rest] = renderQrCode('hello', { style: createStyle(3) })
      .trimEnd()
      .split('\n');
    const [start, end] = ['\x1b[38;2;0;0;0m\x1b[48;2;255;255;255m', '\x1b[49m\x1b[39m'];
    const inner = (line: string): string => {
      expect(line.startsWith(start) && line.endsWith(end)).toBe(true);
      return line.slice(start.length, -end.length);
    };
    expect(readOff([first, ...rest].map(inner).join('\n'), true)).toBe('hello');
  });

  test('says that the terminal is too narrow', () => {
    expect(() => renderQrCode('hello', { style: createStyle(0), width: 24 })).toThrow(
      new InvalidError(
        'The QR code is 25 cells wide, and the terminal 24.',
        'Make the window wider, or share it as a file, without --qr.',
      ),
    );
    expect(renderQrCode('hello', { style: createStyle(0), width: 25 })).toContain('█');
  });

  test('says that a text is too long', () => {
    expect(() => renderQrCode('é'.repeat(1477), { style: createStyle(0) })).toThrow(
      new InvalidError('A QR code holds 2,953 bytes, and this has 2,954.', 'Share it as a file, without --qr.'),
    );
  });
});
