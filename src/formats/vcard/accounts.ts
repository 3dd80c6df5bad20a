import type { FieldPath } from '../../fields/field.js';
import { messagingField } from '../csv/header.js';
import { type Property, parameterAsIs, parameterOf, textOf } from './property.js';

/** An account of a messaging service, as a property names it. */
export interface Account {
  /** `LINE`; empty where the property does not say. */
  readonly service: string;
  /** The field of the service, if there is one. */
  readonly path: FieldPath | undefined;
  readonly account: string;
}

/** The services whose web addresses name accounts, by the ends of their hosts. */
const hosts: readonly (readonly [host: RegExp, service: string])[] = [
  [/(^|\.)instagram\.com$/i, 'Instagram'],
  [/(^|\.)(facebook|fb)\.com$/i, 'Facebook'],
  [/^(m\.me|(www\.)?messenger\.com)$/i, 'Messenger'],
  [/^(wa\.me|(api|web|chat)\.whatsapp\.com)$/i, 'WhatsApp'],
  [/^line\.me$/i, 'LINE'],
];

/** Parts of the paths of such addresses that come before the account. */
const beforeAccount = /^(ti|p|R|u|t|people|pages|profile\.php|send|~)$/i;

const webAddress = /^(?:https?:\/\/)?((?:[\w-]+\.)+[a-z]{2,})(?:\/([^?#]*))?(?:\?([^#]*))?/i;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // It is no URI: programs write accounts as they are, too.
    return text;
  }
};

/** The account that a web address of a service names. */
const accountOfAddress = (text: string): { readonly service: string; readonly account: string } | undefined => {
  const [, host = '', path = '', query = ''] = webAddress.exec(text) ?? [];
  const [, service] = hosts.find(([pattern]) => pattern.test(host)) ?? [];
  if (service === undefined) return undefined;
  const fromQuery = /(?:^|&)(?:id|phone)=([^&]+)/.exec(query)?.[1];
  const parts = path.split('/').filter((part) => part !== '' && !beforeAccount.test(part));
  const [account = fromQuery] = parts;
  if (account === undefined || (parts.length > 1 && fromQuery === undefined && service !== 'LINE')) return undefined;
  return { service, account: decoded(account).replace(/^[~@]/, '') };
};

const scheme = /^([a-z][a-z\d+.-]*):(?:\/\/)?(.*)$/is;

/** Schemes that name no service. */
const plainSchemes = /^(x-apple|https?|urn|data|tel|sms|im|xmpp|mailto)$/i;

const asNumber = (account: string): string => (/^\d{7,15}$/.test(account) ? `+${account}` : account);

/** Whether a text can be the number that a WhatsApp account is. */
const isNumber = (text: string): boolean => /^\+?[\d\s().-]{6,}(;ext=\d+)?$/.test(text);

const accountAt = (service: string, account: string): Account => {
  const path = messagingField(service);
  if (path !== 'social.whatsapp') return { service, path, account };
  return isNumber(account) ? { service, path, account: asNumber(account) } : { service, path: undefined, account };
};

/** Properties of which each is a service of its own: `X-LINE`. */
const serviceProperty = /^X-(?:MESSENGER-|IM-)?(LINE|WHATSAPP|MESSENGER|FACEBOOK-MESSENGER|FACEBOOK|INSTAGRAM)(?:-(?:ID|USERNAME|NUMBER))?$/;

/** The properties of which each names the account of any service. */
const accountProperties = new Set(['IMPP', 'X-SOCIALPROFILE', 'SOCIALPROFILE', 'X-IMPP', 'X-IM']);

/** What tells the service in the parameters: of Apple, of RFC 9554, and of programs that write it as a type. */
const serviceOf = (property: Property): string | undefined => {
  const named = ['X-SERVICE-TYPE', 'SERVICE-TYPE', 'X-SERVICE'].map((name) => parameterAsIs(property, name));
  const types = parameterOf(property, 'TYPE');
  return named.find((name) => name !== undefined) ?? types.find((type) => messagingField(type) !== undefined);
};

/**
 * The account that a property names, in all forms in use: `IMPP;X-SERVICE-TYPE=LINE:x-apple:ada`, `IMPP:line:ada`,
 * `X-SOCIALPROFILE;TYPE=instagram;X-USER=ada:http://instagram.com/ada`, `SOCIALPROFILE;SERVICE-TYPE=Line;VALUE=text:ada`
 * (RFC 9554), `X-LINE:ada`, and the web address of an account. Nothing where it names none.
 */
export const accountOf = (property: Property): Account | undefined => {
  const text = textOf(property);
  if (text === '') return undefined;
  if (property.name === 'URL') {
    const found = accountOfAddress(text);
    return found && accountAt(found.service, found.account);
  }
  const own = serviceProperty.exec(property.name)?.[1]?.replace('-', ' ');
  if (own === undefined && !accountProperties.has(property.name)) return undefined;
  const address = accountOfAddress(text.replace(/^x-apple:/i, ''));
  const [, found = '', behind = text] = scheme.exec(text) ?? [];
  const service = own ?? serviceOf(property) ?? address?.service ?? (plainSchemes.test(found) ? '' : found);
  const user = ['X-USER', 'USERNAME', 'X-USERID'].map((name) => parameterAsIs(property, name)).find((name) => name !== undefined);
  const isScheme = plainSchemes.test(found) || messagingField(found) !== undefined || found.toLowerCase() === service.toLowerCase();
  const account = user ?? address?.account ?? decoded(isScheme ? behind : text).trim();
  return accountAt(service, account);
};
