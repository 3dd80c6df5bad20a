/** What stands in a password's place. */
const redacted = '***';

/**
 * `scheme://user:password@`, mistyped forms too: one slash, and none after `postgres:`. Passwords may have any character
 * but white space and quotation marks; how long a part may be keeps a long text from costing its square.
 */
const inAuthority = /(\b(?:[a-z][a-z0-9+.-]{0,20}:\/{1,3}|postgres(?:ql)?:)[^\s/:@"'?]{0,128}):[^\s"']{0,512}@/gi;

/** `?password=…`, `&sslpassword=…`, and `password=…` among libpq's keywords. */
const inParameter = /((?:^|[\s?&"'])(?:ssl|pg)?password=)[^\s&"'#]+/gi;

/** A text in which the passwords of URLs and connection strings are blotted out. */
export const redactPasswords = (text: string): string =>
  text.replace(inAuthority, `$1:${redacted}@`).replace(inParameter, `$1${redacted}`);
