/** What the URI of a telephone says. */
export type DialReading =
  | { readonly is: 'number'; readonly number: string }
  | { readonly is: 'other'; readonly text: string };

/**
 * Reads the value of TEL: a number as people write it, or a URI. Of `tel:` (RFC 3966) the extension stays, and a local
 * number gets the digits of its context; other URIs, such as `sip:`, are no numbers.
 */
export const readDialNumber = (text: string): DialReading => {
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*):(.*)$/is.exec(text) ?? [];
  if (scheme === '') return { is: 'number', number: text };
  if (!/^(tel|callto|fax|modem|sms|phone)$/i.test(scheme)) return { is: 'other', text };
  const [number = '', ...parameters] = rest.replace(/^\/\//, '').split(';');
  const valueOf = (name: string): string | undefined =>
    parameters.find((parameter) => parameter.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const context = valueOf('phone-context');
  const extension = valueOf('ext');
  const isGlobal = number.trim().startsWith('+');
  if (!isGlobal && context !== undefined && !context.startsWith('+')) return { is: 'other', text };
  const digits = isGlobal || context === undefined ? number : `${context}${number.replace(/^\D+/, '')}`;
  return { is: 'number', number: extension === undefined ? digits : `${digits};ext=${extension}` };
};
