import type { KindName } from '../catalogue.js';
import { choice, multiSelect } from './choice.js';
import { country } from './country.js';
import { checkbox, number } from './custom.js';
import { date } from './date.js';
import { email } from './email.js';
import { bounded, type Kind } from './kind.js';
import { language } from './language.js';
import { phone } from './phone.js';
import { extension, timeZone } from './staff.js';
import { label, note, text } from './text.js';

/** The behaviour of each kind of value. */
export const kinds = {
  text,
  choice,
  label,
  date: bounded(date),
  language: bounded(language),
  country,
  phone: bounded(phone),
  email: bounded(email),
  timeZone: bounded(timeZone),
  extension: bounded(extension),
  number: bounded(number),
  checkbox: bounded(checkbox),
  multiSelect,
  note,
} as const satisfies Record<KindName, Kind>;
