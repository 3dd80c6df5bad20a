const E164 = /^\+[0-9]{3,15}(;ext=[0-9]{1,15})?$/;
const uriCharacters = /^[!-~]+$/;

/** A part of a URI; what it may not hold is percent-encoded UTF-8. */
const encode = (part: string): string => encodeURIComponent(part.toWellFormed());

/** An account's name as the path of a link has it: without the `@` that people write before it. */
const encodeAccount = (account: string): string => encode(account.trim().replace(/^@/, ''));

/** The `tel:` URI (RFC 3966) of a number in E.164, with or without its extension; undefined for any other text. */
export const telUri = (number: string): string | undefined => (E164.test(number) ? `tel:${number}` : undefined);

/** The `sms:` URI (RFC 5724) of a number in E.164, without its extension; undefined for any other text. */
export const smsUri = (number: string): string | undefined =>
  E164.test(number) ? `sms:${number.replace(/;.*/, '')}` : undefined;

/** A LINE id as its links have it: that of a person after `~`, that of a business with its own `@`. */
const lineId = (id: string): string => (id.startsWith('@') ? encode(id) : `~${encode(id.replace(/^~/, ''))}`);

/** The services with a public link to an account, and that link. */
const chatLinks = {
  whatsapp: (number: string) => (E164.test(number) ? `https://wa.me/${number.slice(1).replace(/;.*/, '')}` : undefined),
  messenger: (account: string) => `https://m.me/${encodeAccount(account)}`,
  line: (account: string) => `https://line.me/R/ti/p/${lineId(account.trim())}`,
  instagram: (account: string) => `https://instagram.com/${encodeAccount(account)}`,
} as const;

export type ChatService = keyof typeof chatLinks;

export const chatServices = Object.keys(chatLinks) as readonly ChatService[];

/** The public link to a messaging account, which opens a conversation with it; undefined for a WhatsApp that is no number. */
export const chatUri = (service: ChatService, account: string): string | undefined => chatLinks[service](account);

/** The `mailto:` URI (RFC 6068) of an address; what a URI may not hold is percent-encoded UTF-8. */
export const mailtoUri = (address: string): string => {
  const at = address.lastIndexOf('@');
  return `mailto:${encode(address.slice(0, at))}@${encode(address.slice(at + 1))}`;
};

/**
 * A text that is an OSC 8 hyperlink where the terminal has them, else the text alone. The text is taken as it is, and
 * may be coloured; a URI with other characters than printable ASCII is left out, since it could end the sequence.
 */
export const hyperlink = (text: string, uri: string | undefined, hyperlinks: boolean): string =>
  hyperlinks && uri !== undefined && uriCharacters.test(uri) ? `\x1b]8;;${uri}\x1b\\${text}\x1b]8;;\x1b\\` : text;
