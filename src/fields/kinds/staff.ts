import { accepted, cleanText, type Kind, refused } from './kind.js';

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
};

/** An IANA time zone. */
export const timeZone: Kind = {
  valueName: 'zone',
  mostLength: 100,
  hasFewTexts: true,
  schema: () => ({ type: 'string', examples: ['Asia/Hong_Kong'] }),
  read: (given) => {
    const name = cleanText(given).replaceAll(' ', '_');
    // Newer engines take offsets such as +08:00 for zones.
    if (!/^[a-z]/i.test(name) || !isZone(name)) return refused('is not a time zone such as Asia/Hong_Kong');
    const known = Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === name.toLowerCase());
    return accepted(known ?? name);
  },
  show: (value) => value,
};

/** The number under which a staff member is called inside the company. */
export const extension: Kind = {
  valueName: 'number',
  mostLength: 100,
  schema: () => ({ type: 'string', pattern: '^[0-9*#]{1,15}$' }),
  read: (given) => {
    const digits = cleanText(given)
      .normalize('NFKC')
      .replace(/^(?:extension|ext|x)[.:\s]*/i, '');
    return /^[0-9*#]{1,15}$/.test(digits) ? accepted(digits) : refused('is not an extension: up to 15 digits');
  },
  show: (value) => value,
};
