import { displayName } from '../contacts/contact.js';
import type { LabelDefinition } from '../contacts/settings.js';
import { type FieldSpec, type KeptPath, keptFields, type SectionSpec } from '../fields/catalogue.js';
import type { Contact, Note } from '../fields/contact.js';
import { hyperlink, mailtoUri, telUri } from './links.js';
import type { Paint, Style } from './style.js';
import { visible } from './visible.js';
import { displayWidth, fit, pad, wrap } from './width.js';

export interface CardOptions {
  /** The sections of the contact's category, with the custom fields. */
  readonly sections: readonly SectionSpec[];
  /** The values of a field as people read them, in the order in which the contact holds them. */
  readonly textsOf: (field: FieldSpec, contact: Contact) => readonly string[];
  /** The labels that are defined, for their colours. */
  readonly labels: readonly LabelDefinition[];
  readonly style: Style;
  readonly hyperlinks: boolean;
  /** The terminal's width in cells; where it is absent, as down a pipe, no line is broken. */
  readonly width?: number;
  readonly now: Date;
  /** The IANA zone in which times are told; UTC where it is not given. */
  readonly timeZone?: string;
}

/** A label with the values that stand beside it, and what each of them links to. */
interface Row {
  readonly label: string;
  readonly values: readonly string[];
  readonly uris?: readonly (string | undefined)[];
}

const indent = '  ';
const gap = '  ';
/** A column of values narrower than this goes below its labels. */
const leastValueWidth = 16;

/** A time in a zone; what somebody else wrote in its place stays as it is. */
const timeText = (iso: string, timeZone: string): string => {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return visible(iso);
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(time);
};

/** A zone with the day and hour there: `Asia/Hong_Kong (now Tue 18:05)`; a zone that is not known stays alone. */
const withLocalTime = (timeZone: string, now: Date): string => {
  try {
    const options = { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' } as const;
    return `${timeZone} (now ${new Intl.DateTimeFormat('en-GB', options).format(now)})`;
  } catch {
    return timeZone;
  }
};

const isChip = (field: FieldSpec): boolean =>
  field.kind === 'label' || (field.kind === 'choice' && !field.path.startsWith('custom.'));

const chipOf = (
  field: FieldSpec,
  text: string,
  labels: readonly LabelDefinition[],
  style: Style,
  width: number,
): string => {
  const colour = labels.find(({ name }) => name === text)?.color ?? '';
  return style.chip(fit(visible(text), width - 2), field.kind === 'label' ? style.label(colour) : style.choice(text));
};

/** What the values of a phone or email field link to, in the order of the values. */
const urisOf = (field: FieldSpec, contact: Contact): readonly (string | undefined)[] => {
  const [list, kind] = field.path.split('.');
  if (list === 'phones')
    return contact.phones.filter((phone) => phone.kind === kind).map(({ number }) => telUri(number));
  if (list === 'emails') {
    return contact.emails.filter((email) => email.kind === kind).map(({ address }) => mailtoUri(address));
  }
  return field.path === 'social.whatsapp' ? [telUri(contact.social?.whatsapp ?? '')] : [];
};

/** An address as it stands on a letter: the street, then place and state with the zip code, then the country. */
const addressLines = (fields: readonly FieldSpec[], textOf: (field: FieldSpec) => readonly string[]) => {
  const isOfPlace = (field: FieldSpec): boolean => /^address\.(zipCode|city|state)$/.test(field.path);
  const place = fields.filter(isOfPlace).flatMap(textOf).join(' ');
  const isStreet = (field: FieldSpec): boolean => field.path === 'address.street';
  const rest = fields.filter((field) => !isOfPlace(field) && !isStreet(field)).flatMap(textOf);
  return [...fields.filter(isStreet).flatMap(textOf), place, ...rest].filter((line) => line !== '');
};

/** Items side by side, in as many lines as the width wants. */
const flow = (items: readonly string[], width: number): readonly string[] =>
  items.reduce<readonly string[]>((lines, item) => {
    const last = lines.at(-1);
    return last !== undefined && displayWidth(`${last} ${item}`) <= width
      ? [...lines.slice(0, -1), `${last} ${item}`]
      : [...lines, item];
  }, []);

const keptLabel = (path: KeptPath): string => keptFields.find((field) => field.path === path)?.label ?? path;

const keptRows = (contact: Contact, timeZone: string): readonly Row[] => {
  const when = (at: string, by: string): string => `${timeText(at, timeZone)} by ${visible(by)}`;
  return [
    { label: keptLabel('id'), values: [contact.id] },
    { label: keptLabel('createdAt'), values: [when(contact.createdAt, contact.createdBy)] },
    { label: keptLabel('updatedAt'), values: [when(contact.updatedAt, contact.updatedBy)] },
    { label: keptLabel('uids'), values: contact.uids ?? [] },
    { label: keptLabel('mergedIds'), values: contact.mergedIds ?? [] },
  ].filter((row) => row.values.length > 0);
};

/** How the lines of a card are set: where values begin, and how wide they may be. */
interface Layout {
  readonly width: number;
  readonly labelWidth: number;
  /** Values stand beside their labels; else below them. */
  readonly beside: boolean;
  readonly style: Style;
  readonly hyperlinks: boolean;
}

const layoutOf = (labels: readonly string[], { width, style, hyperlinks }: CardOptions): Layout => {
  const whole = width ?? Number.POSITIVE_INFINITY;
  const labelWidth = Math.max(...labels.map((label) => displayWidth(visible(label))));
  const beside = whole - indent.length - labelWidth - gap.length >= leastValueWidth;
  return { width: whole, labelWidth, beside, style, hyperlinks };
};

const same: Paint = (text) => text;

const paragraph = (text: string, left: string, { width }: Layout, paint: Paint = same): readonly string[] =>
  wrap(visible(text, { lines: true }), width - left.length).map((line) => left + paint(line));

const rowLines = ({ label, values, uris = [] }: Row, layout: Layout, labelPaint: Paint): readonly string[] => {
  const { labelWidth, beside, hyperlinks } = layout;
  const shown = indent + labelPaint(pad(visible(label), beside ? labelWidth : 0));
  const left = ' '.repeat(beside ? indent.length + labelWidth + gap.length : 2 * indent.length);
  const lines = values.flatMap((value, index) =>
    paragraph(value, left, layout, (line) => hyperlink(line, uris[index], hyperlinks)),
  );
  return beside
    ? lines.map((line, index) => (index === 0 ? shown + gap + line.slice(left.length) : line))
    : [shown, ...lines];
};

const sectionLines = ({ title, fields }: SectionSpec, contact: Contact, options: CardOptions, layout: Layout) => {
  const textOf = (field: FieldSpec): readonly string[] => options.textsOf(field, contact);
  const rowOf = (field: FieldSpec): Row => ({
    label: field.label,
    values: textOf(field).map((text) => (field.kind === 'timeZone' ? withLocalTime(text, options.now) : text)),
    uris: urisOf(field, contact),
  });
  const isAddress = fields.every((field) => field.path.startsWith('address.'));
  const lines = isAddress
    ? addressLines(fields, textOf).flatMap((line) => paragraph(line, indent, layout))
    : fields.flatMap((field) => rowLines(rowOf(field), layout, layout.style.dim));
  return [layout.style.heading(visible(title)), ...lines];
};

const noteLines = (note: Note, timeZone: string, layout: Layout): readonly string[] => {
  const edited = note.updatedAt === note.createdAt ? '' : ` (edited ${timeText(note.updatedAt, timeZone)})`;
  const about = `${visible(note.id)} · ${visible(note.author)} · ${timeText(note.createdAt, timeZone)}${edited}`;
  return [...paragraph(about, indent, layout, layout.style.dim), ...paragraph(note.text, indent + indent, layout)];
};

const headLines = (contact: Contact, { sections, textsOf, labels }: CardOptions, { width, style }: Layout) => {
  const badge = style.badge(contact);
  const left = ' '.repeat(displayWidth(badge) + 1);
  const nameLines = wrap(visible(displayName(contact)), width - left.length).map(style.heading);
  const chips = sections
    .flatMap(({ fields }) => fields.filter(isChip))
    .flatMap((field) => textsOf(field, contact).map((text) => chipOf(field, text, labels, style, width)));
  return [...nameLines.map((line, index) => (index === 0 ? `${badge} ${line}` : left + line)), ...flow(chips, width)];
};

/**
 * Everything about a contact, for people: the name with its initials, type and labels as chips, the sections that have
 * values, the notes, and what the program keeps. Ends with a line end.
 */
export const renderCard = (contact: Contact, options: CardOptions): string => {
  const { sections, textsOf, style, timeZone = 'UTC' } = options;
  const isRow = (field: FieldSpec): boolean =>
    !isChip(field) && field.kind !== 'note' && textsOf(field, contact).length > 0;
  const filled = sections
    .map(({ title, fields }) => ({ title, fields: fields.filter(isRow) }))
    .filter(({ fields }) => fields.length > 0);
  const kept = keptRows(contact, timeZone);
  const layout = layoutOf(
    [...filled.flatMap(({ fields }) => fields), ...kept].map(({ label }) => label),
    options,
  );
  const notes = contact.notes.flatMap((note) => noteLines(note, timeZone, layout));

  const blocks = [
    headLines(contact, options, layout),
    ...filled.map((section) => sectionLines(section, contact, options, layout)),
    ...(notes.length > 0 ? [[style.heading('Notes'), ...notes]] : []),
    kept.flatMap((row) => rowLines(row, layout, same)).map(style.dim),
  ];
  return `${blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n')}\n`;
};
