import { dataProperties } from './logical-line.js';
import { isReading, listOf, type Property, parameterOf, textOf } from './property.js';

/** What no field holds: what it is, for people, and its text. */
export interface Rest {
  readonly title: string;
  readonly text: string;
  /** It is data, such as a picture, that no note can keep. */
  readonly isData?: boolean;
}

/** Properties that say nothing about the person, with the reason; they make no notes. */
const noise: readonly (readonly [reason: string, names: RegExp])[] = [
  [
    'tells how the card is to be read',
    /^(VERSION|PROFILE|KIND|CLIENTPIDMAP|LANGUAGE|X-ADDRESSBOOKSERVER-KIND|X-ABSHOWAS|X-ABADR)$/,
  ],
  ['names the program that wrote the card', /^(PRODID|MAILER|X-PRODID|X-GENERATOR|X-RADICALE-NAME)$/],
  [
    'tells when and where the card was written',
    /^(REV|CREATED|SOURCE|NAME|X-CREATED|X-LAST-MODIFIED|X-CONTACTS-ERROR)$/,
  ],
  [
    'is an id that a program gave',
    /^(UID|X-ABUID|X-EVOLUTION-WEBDAV-(ETAG|HREF)|X-GOOGLE-ETAG|X-IRMC-LUID|X-PHOTO-ID|X-CONTACTS-.*)$/,
  ],
  [
    'is a hash or the type of a picture',
    /^(X-IMAGEHASH|X-IMAGETYPE|X-MS-CARDPICTURE|X-WALLPAPER|X-SHARED-PHOTO-DISPLAY-PREF)$/,
  ],
  [
    'tells how the card is filed, sorted or shown',
    /^(CLASS|SORT-STRING|X-EVOLUTION-FILE-AS|X-ABORDER|X-MOZILLA-HTML|X-MS-(OL|TEXT).*)$/,
  ],
  ['is a setting of a telephone', /^(X-ACTIVITY-ALERT|X-RINGTONE|X-DISPLAY-NAME-PREF)$/],
  ['is the label of another property', /^X-ABLABEL$/],
];

/** Whether a property says nothing about the person. */
export const isNoise = (name: string): boolean => noise.some(([, names]) => names.test(name));

/** Titles that the name of a property does not give. */
const titles: ReadonlyMap<string, string> = new Map([
  ['URL', 'Website'],
  ['TZ', 'Time Zone'],
  ['LANG', 'Language'],
  ['GEO', 'Location'],
  ['BDAY', 'Birthday'],
  ['IMPP', 'IM'],
  ['FBURL', 'Free/Busy URL'],
  ['CALURI', 'Calendar'],
  ['CALADRURI', 'Calendar Requests'],
  ['X-ABRELATEDNAMES', 'Related'],
  ['X-ABDATE', 'Date'],
  ['X-KADDRESSBOOK-X-IMADDRESS', 'IM'],
]);

const otherPrograms = /^X-(AB|EVOLUTION-|MOZILLA-|MS-|KADDRESSBOOK-(X-)?|GOOGLE-|SYNTHESIS-|ANDROID-|PHONETIC-(?=$))?/;

/** What a property is called: `X-PHONETIC-FIRST-NAME` is `Phonetic First Name`. */
export const titleOf = (name: string): string => {
  const known = titles.get(name);
  if (known !== undefined) return known;
  const words = name.replace(otherPrograms, '') || name;
  return words
    .toLowerCase()
    .split(/[-_]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
};

/** `vnd.android.cursor.item/nickname;Mitzi;1;;;`: what Android has no property for. */
const androidItem = /^vnd\.android\.cursor\.item\/([\w-]+);(.*)$/is;

const dataEncodings = /^(b|base64)$/;

/** Whether a property that mostly is data, such as KEY, has an address or a text instead. */
const saysText = (property: Property): boolean => {
  if (parameterOf(property, 'ENCODING').some((encoding) => dataEncodings.test(encoding))) return false;
  if (/^\s*data:/i.test(property.value)) return false;
  return /^\s*[a-z][a-z\d+.-]*:\S/i.test(property.value) || parameterOf(property, 'VALUE').includes('text');
};

/**
 * What a property says that no field holds; nothing where it says nothing about the person.
 *
 * @param label what a person called it
 */
export const restOf = (property: Property, label: string | undefined): Rest | undefined => {
  const { name, value } = property;
  if (isNoise(name)) return undefined;
  if (isReading(property)) {
    const text = textOf(property)
      .split(';')
      .filter((part) => part.trim() !== '')
      .join(' ');
    return text === '' ? undefined : { title: 'Phonetic Name', text };
  }
  if (dataProperties.has(name) && !saysText(property)) {
    return value.trim() === '' ? undefined : { title: titleOf(name), text: `${value.length} characters`, isData: true };
  }
  const isList = name === 'NICKNAME' || name === 'X-NICKNAME';
  const [, item, parts] = androidItem.exec(value) ?? [];
  const whole =
    parts === undefined ? (isList ? listOf(property).join(', ') : textOf(property)) : parts.split(';', 1)[0];
  const text = (whole ?? '').replace(/^[;\s]+|[;\s]+$/g, '');
  if (text === '') return undefined;
  const title = item === undefined ? titleOf(name) : titleOf(item.toUpperCase());
  const [type] = name === 'RELATED' ? parameterOf(property, 'TYPE') : [];
  if (label !== undefined) return { title: name === 'URL' ? `${title} (${label})` : label, text };
  return { title: type === undefined ? title : `${title} (${type})`, text };
};
