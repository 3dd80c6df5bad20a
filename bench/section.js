// The section of bench/RESULTS.md about PostgreSQL, which is measured apart from the others.
const heading = '## In PostgreSQL\n';

/** The section in a text, from its heading to the next one or the end; empty where there is none. */
export const sectionIn = (text) => {
  const start = text.indexOf(heading);
  if (start < 0) return '';
  const next = text.indexOf('\n## ', start + heading.length);
  return text.slice(start, next < 0 ? undefined : next + 1);
};

/** A text with the section in the old one's place, or at its end. */
export const withSection = (text, body) => {
  const old = sectionIn(text);
  const section = `${heading}\n${body.trim()}\n`;
  if (old === '') return `${text.trimEnd()}\n\n${section}`;
  const at = text.indexOf(old);
  const rest = text.slice(at + old.length);
  return `${text.slice(0, at)}${section}${rest === '' ? '' : `\n${rest}`}`;
};
