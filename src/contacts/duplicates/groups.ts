import type { Contact } from '../../fields/contact.js';
import { candidatePairs } from './candidates.js';
import { type Comparison, compare, type Finding, type IsCrowded, mostPoints } from './compare.js';
import { contradiction, pointsOf, scoreOf } from './evidence.js';
import { type Features, featuresOf, isSharedMailbox } from './features.js';

/** Contacts that look like one person. */
export interface DuplicateGroup {
  /** How likely the least likely of the links is that hold the group together, from 0 to 1, in hundredths. */
  readonly score: number;
  /** What speaks for it, and then what against, the weightiest first: `same mobile`, `names 0.96 alike`. */
  readonly reasons: readonly string[];
  /** Two or more, in the order of the store. */
  readonly ids: readonly string[];
}

/** Pairs of ids that people said are not one person. */
export type Apart = readonly (readonly [string, string])[];

/** A number or an account that more contacts than this have says little about any of them. */
const crowd = 4;

/** Gathers contacts one by one, and then finds those that look like one person. */
export interface DuplicateSearch {
  add(contact: Contact): void;
  /**
   * The groups, best first.
   *
   * @param minScore the least score of a link, over 0 and below 1
   */
  groups(minScore: number, apart: Apart): readonly DuplicateGroup[];
}

interface Link extends Comparison {
  readonly one: number;
  readonly other: number;
}

/** How many members of a group are held against those of another before the two become one. */
const witnesses = 6;

/** The weightiest reasons; what speaks against is told where it weighs as much as a city for. */
const leastPoints = 1;

/** The findings of the links in words. Where several say how alike something is, the one that says it least stands for all. */
const reasonsOf = (links: readonly Link[]): readonly string[] => {
  const weakest = new Map<string, Finding>();
  for (const finding of links.flatMap(({ findings }) => findings)) {
    const known = weakest.get(finding.about);
    if (known === undefined || finding.points < known.points) weakest.set(finding.about, finding);
  }
  return [...weakest.values()]
    .filter(({ points }) => Math.abs(points) >= leastPoints)
    .sort((a, b) => b.points - a.points)
    .map(({ text }) => text);
};

/** Tells what more contacts have than belong to one person. */
const crowdCounter = (): { readonly add: (features: Features) => void; readonly isCrowded: IsCrowded } => {
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

/** The ids that stand for one contact: its own, and those merged into it. */
const pairName = (one: string, other: string): string => (one < other ? `${one} ${other}` : `${other} ${one}`);

/**
 * A search for duplicates. Only what is compared is held of each contact, and each is compared with few others, so that
 * time and memory grow with the number of contacts.
 */
export const createDuplicateSearch = (): DuplicateSearch => {
  const all: Features[] = [];
  const counter = crowdCounter();
  const survivors = new Map<string, string>();

  const linksFrom = (least: number, isApart: (one: number, other: number) => boolean): readonly Link[] => {
    const links: Link[] = [];
    for (const [one, other] of candidatePairs(all)) {
      const [features, others] = [all[one], all[other]];
      if (!features || !others || mostPoints(features, others) < least) continue;
      const comparison = compare(features, others, counter.isCrowded);
      if (comparison.points >= least && !isApart(one, other)) links.push({ one, other, ...comparison });
    }
    return links.sort((a, b) => b.points - a.points || a.one - b.one || a.other - b.other);
  };

  /** Whether two contacts that a third one links may be in one group. */
  const areCompatible = (
    one: number,
    other: number,
    least: number,
    isApart: (one: number, other: number) => boolean,
  ): boolean => {
    const [features, others] = [all[one], all[other]];
    if (!features || !others || isApart(one, other)) return false;
    const { points, findings } = compare(features, others, counter.isCrowded);
    return points >= least || !findings.some((finding) => finding.points <= contradiction);
  };

  return {
    add: (contact) => {
      const features = featuresOf(contact);
      all.push(features);
      counter.add(features);
      for (const id of contact.mergedIds ?? []) survivors.set(id, contact.id);
    },
    groups: (minScore, apart) => {
      const least = pointsOf(minScore);
      const kept = new Set(
        apart.map((pair) => pairName(...(pair.map((id) => survivors.get(id) ?? id) as [string, string]))),
      );
      const isApart = (one: number, other: number): boolean =>
        kept.size > 0 && kept.has(pairName(all[one]?.id ?? '', all[other]?.id ?? ''));
      const groupOf = new Map<number, { members: number[]; links: Link[] }>();
      const groupAt = (place: number) => {
        const group = groupOf.get(place) ?? { members: [place], links: [] };
        groupOf.set(place, group);
        return group;
      };
      for (const link of linksFrom(least, isApart)) {
        const [one, other] = [groupAt(link.one), groupAt(link.other)];
        if (one === other) continue;
        const fits = one.members
          .slice(0, witnesses)
          .every((member) =>
            other.members.slice(0, witnesses).every((stranger) => areCompatible(member, stranger, least, isApart)),
          );
        if (!fits) continue;
        one.members.push(...other.members);
        one.links.push(...other.links, link);
        for (const member of other.members) groupOf.set(member, one);
      }
      return [...new Set(groupOf.values())]
        .filter(({ members }) => members.length > 1)
        .map(({ members, links }) => ({
          members: members.sort((a, b) => a - b),
          links,
          points: Math.min(...links.map(({ points }) => points)),
        }))
        .sort((a, b) => b.points - a.points || (a.members[0] ?? 0) - (b.members[0] ?? 0))
        .map(({ members, links, points }) => ({
          score: Math.floor(scoreOf(points) * 100) / 100,
          reasons: reasonsOf(links),
          ids: members.map((member) => all[member]?.id ?? ''),
        }));
    },
  };
};
