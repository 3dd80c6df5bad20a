const E164 = /^\+[0-9]{3,15}(;ext=[0-9]{1,15})?$/;
const uriCharacters = /^[!-~]+$/;
const loneSurrogates = /\p{Surrogate}/gu;

/** The `tel:` URI (RFC 3966) of a number in E.164, with or without its extension; undefined for any other text. */
export const telUri = (number: string): string | undefined => (E164.test(number) ? `tel:${number}` : undefined);

/** The `mailto:` URI (RFC 6068) of an address; what a URI may not hold is percent-encoded UTF-8. */
export const mailtoUri = (address: string): string => {
  const encode = (part: string): string => encodeURIComponent(part.replace(loneSurrogates, '\ufffd'));
  const at = address.lastIndexOf('@');
  return `mailto:${encode(address.slice(0, at))}@${encode(address.slice(at + 1))}`;
};

/**
 * A text that is an OSC 8 hyperlink where the terminal has them, else the text alone. The text is taken as it is, and
 * may be coloured; a URI with other characters than printable ASCII is left out, since it could end the sequence.
 */
export const hyperlink = (text: string, uri: string | undefined, hyperlinks: boolean): string =>
  hyperlinks && uri !== undefined && uriCharacters.test(uri) ? `\x1b]8;;${uri}\x1b\\${text}\x1b]8;;\x1b\\` : text;
