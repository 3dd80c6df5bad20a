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
const plainSchemes = /^(x-apple|https?|urn|data|tel|sms|im|mailto)$/i;

const asNumber = (account: string): string => (/^\d{7,15}$/.test(account) ? `+${account}` : account);

/** Whether a text can be the number that a WhatsApp account is. */
const isNumber = (text: string): boolean => /^\+?[\d\s().-]{6,}(;ext=\d+)?$/.test(text);

const accountAt = (service: string, account: string): Account => {
  const path = messagingField(service);
  if (path !== 'social.whatsapp') return { service, path, account };
  return isNumber(account) ? { service, path, account: asNumber(account) } : { service, path: undefined, account };
};

/** Properties of which each is a service of its own: `X-LINE`. */
const serviceProperty =
  /^X-(?:MESSENGER-|IM-)?(LINE|WHATSAPP|MESSENGER|FACEBOOK-MESSENGER|FACEBOOK|INSTAGRAM)(?:-(?:ID|USERNAME|NUMBER))?$/;

/** The properties of which each names the account of any service. */
const accountProperties = new Set(['IMPP', 'X-SOCIALPROFILE', 'SOCIALPROFILE', 'X-IMPP', 'X-IM']);

/** Types that say whose or how good an account is, and not of which service. */
const plainTypes = /^(home|work|other|pref|internet|main|personal|business)?$/;

/** What tells the service in the parameters: of Apple, of RFC 9554, and of programs that write it as a type. */
const serviceOf = (property: Property): string | undefined => {
  const named = ['X-SERVICE-TYPE', 'SERVICE-TYPE', 'X-SERVICE'].flatMap((name) => parameterAsIs(property, name) ?? []);
  const types = parameterOf(property, 'TYPE').filter((type) => !plainTypes.test(type));
  const [type] = types.filter((name) => messagingField(name) !== undefined);
  const [other] = types;
  return named[0] ?? type ?? (other && other.charAt(0).toUpperCase() + other.slice(1));
};

/** The account in Apple's `x-apple:` address, which escapes it as addresses do. */
const withoutApple = (text: string): string => {
  const [, account] = /^x-apple:(.*)$/is.exec(text) ?? [];
  return account === undefined ? text : decoded(account);
};

const userOf = (property: Property): string | undefined =>
  ['X-USER', 'USERNAME', 'X-USERID'].flatMap((name) => parameterAsIs(property, name) ?? [])[0];

/**
 * The account that a property names, in all forms in use: `IMPP;X-SERVICE-TYPE=LINE:x-apple:ada`, `IMPP:line:ada`,
 * `X-SOCIALPROFILE;TYPE=instagram;X-USER=ada:http://instagram.com/ada`, `SOCIALPROFILE;SERVICE-TYPE=Line;VALUE=text:ada`
 * (RFC 9554), `X-LINE:ada`, and the web address of an account. Nothing where it names none.
 *
 * @param label what a person called the property, which may be the service
 */
export const accountOf = (property: Property, label = ''): Account | undefined => {
  const text = withoutApple(textOf(property));
  if (text === '') return undefined;
  const address = accountOfAddress(text);
  if (property.name === 'URL') return address && accountAt(address.service, address.account);
  const own = serviceProperty.exec(property.name)?.[1]?.replace('-', ' ');
  if (own === undefined && !accountProperties.has(property.name)) return undefined;
  const [, found = '', behind = ''] = scheme.exec(text) ?? [];
  const schemeService = found === '' || plainSchemes.test(found) ? undefined : found;
  const service = own ?? serviceOf(property) ?? address?.service ?? schemeService ?? label;
  if (messagingField(service) === undefined) {
    return {
      service,
      path: undefined,
      account: found.toLowerCase() === service.toLowerCase() && behind !== '' ? decoded(behind) : text,
    };
  }
  const isWeb = /^https?$/i.test(found);
  return accountAt(
    service,
    userOf(property) ?? address?.account ?? (isWeb || found === '' ? text : decoded(behind).trim()),
  );
};
