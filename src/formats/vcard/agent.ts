import { componentsOf, type Property, readProperty, textOf } from './property.js';

/** The name, numbers and addresses of the person that a card within a card is about, in one line. */
export const agentText = (properties: readonly Property[]): string => {
  const textsOf = (name: string): readonly string[] =>
    properties.filter((property) => property.name === name).map(textOf);
  const [name] = textsOf('FN');
  const [names] = properties.filter((property) => property.name === 'N').map(componentsOf);
  const whole = name ?? [names?.[1], names?.[0]].filter((part) => part).join(' ');
  return [whole, ...textsOf('ORG'), ...textsOf('TEL'), ...textsOf('EMAIL')].filter((text) => text !== '').join(', ');
};

/** Who the AGENT of a card is: a card as its value (RFC 2426, section 3.5.4), or what the value says. */
export const inlineAgent = (property: Property): string => {
  const text = textOf(property);
  if (!/^BEGIN\s*:\s*VCARD/i.test(text)) return text;
  return agentText(text.split('\n').flatMap((line) => readProperty(line) ?? []));
};
