/**
 * The sequence (OSC 52 of xterm) by which a terminal puts a text into the clipboard of the computer that it runs on, also
 * over SSH. Terminals that do not have it, or have it turned off, show nothing.
 */
export const copySequence = (text: string): string => `\x1b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\x07`;
