import type { IsCrowded } from './compare.js';
import { type Features, isSharedMailbox } from './features.js';

/** A number or an account that more contacts than this have says little about any of them. */
const crowd = 4;

/** Tells what more contacts have than belong to one person. */
export const crowdCounter = (): { readonly add: (features: Features) => void; readonly isCrowded: IsCrowded } => {
  const holders = new Map<string, number>();
  return {
    add: ({ accounts, phones, identifiers }) => {
      for (const value of new Set([...accounts, ...phones.map(({ key }) => key), ...identifiers])) {
        holders.set(value, (holders.get(value) ?? 0) + 1);
      }
    },
    isCrowded: (value) => (holders.get(value) ?? 0) > crowd || isSharedMailbox(value),
  };
};
