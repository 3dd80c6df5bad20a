import type { Contact } from '../../fields/contact.js';
import { type Apart, apartTest } from './apart.js';
import { eachCandidatePair } from './candidates.js';
import { type Comparison, compare, reasonsOf } from './compare.js';
import { crowdCounter } from './crowd.js';
import { contradiction, pointsOf, scoreOf } from './evidence.js';
import { type Features, featuresOf } from './features.js';

/** Contacts that look like one person. */
export interface DuplicateGroup {
  /** How likely the least likely of the links is that hold the group together, from 0 to 1, in hundredths. */
  readonly score: number;
  /** What speaks for it, and then what against, the weightiest first: `same mobile`, `names 0.96 alike`. */
  readonly reasons: readonly string[];
  /** Two or more, in the order of the store. */
  readonly ids: readonly string[];
}

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

interface Cluster {
  readonly members: number[];
  readonly links: Link[];
}

/** Tells something of two contacts by their places. */
type PairTest = (one: number, other: number) => boolean;

/** How many members of a group are held against those of another before the two become one. */
const witnesses = 6;

/** Joins what links join, the strongest first, where no two members speak against it. */
const clustersOf = (links: readonly Link[], mayJoin: (one: Cluster, other: Cluster) => boolean): readonly Cluster[] => {
  const clusters = new Map<number, Cluster>();
  const clusterAt = (place: number): Cluster => {
    const cluster = clusters.get(place) ?? { members: [place], links: [] };
    clusters.set(place, cluster);
    return cluster;
  };
  for (const link of links) {
    const pair = [clusterAt(link.one), clusterAt(link.other)] as const;
    const [larger, smaller] = pair[0].members.length < pair[1].members.length ? [pair[1], pair[0]] : pair;
    if (larger === smaller || !mayJoin(larger, smaller)) continue;
    larger.links.push(link);
    for (const further of smaller.links) larger.links.push(further);
    for (const member of smaller.members) {
      larger.members.push(member);
      clusters.set(member, larger);
    }
  }
  return [...new Set(clusters.values())].filter(({ members }) => members.length > 1);
};

/**
 * A search for duplicates. Only what is compared is held of each contact, and each is compared with few others, so that
 * time and memory grow with the number of contacts.
 */
export const createDuplicateSearch = (): DuplicateSearch => {
  const all: Features[] = [];
  const counter = crowdCounter();
  const survivors: { readonly id: string; readonly mergedIds: readonly string[] }[] = [];

  const comparisonOf = (one: number, other: number, least?: number): Comparison | undefined => {
    const [features, others] = [all[one], all[other]];
    return features && others && compare(features, others, counter.isCrowded, least);
  };

  const linksFrom = (least: number, isApart: PairTest): readonly Link[] => {
    const links: Link[] = [];
    eachCandidatePair(all, (one, other) => {
      const comparison = comparisonOf(one, other, least);
      if (comparison && !isApart(one, other)) links.push({ one, other, ...comparison });
    });
    return links.sort((a, b) => b.points - a.points || a.one - b.one || a.other - b.other);
  };

  /** Whether two contacts that a third one links may be one person. */
  const areCompatible = (one: number, other: number, least: number): boolean => {
    const { points = 0, findings = [] } = comparisonOf(one, other) ?? {};
    return points >= least || !findings.some((finding) => finding.points <= contradiction);
  };

  return {
    add: (contact) => {
      const features = featuresOf(contact);
      all.push(features);
      counter.add(features);
      if (contact.mergedIds) survivors.push({ id: contact.id, mergedIds: contact.mergedIds });
    },
    groups: (minScore, apart) => {
      const least = pointsOf(minScore);
      const areApart = apartTest(apart, survivors);
      const isApart: PairTest = (one, other) => areApart(all[one]?.id ?? '', all[other]?.id ?? '');
      const mayJoin = ({ members }: Cluster, { members: others }: Cluster): boolean =>
        (apart.length === 0 || !members.some((member) => others.some((other) => isApart(member, other)))) &&
        members
          .slice(0, witnesses)
          .every((member) => others.slice(0, witnesses).every((other) => areCompatible(member, other, least)));
      const leastOf = ({ links }: Cluster): number =>
        links.reduce((lowest, { points }) => Math.min(lowest, points), Number.POSITIVE_INFINITY);
      return clustersOf(linksFrom(least, isApart), mayJoin)
        .map((cluster) => ({ ...cluster, members: cluster.members.sort((a, b) => a - b), points: leastOf(cluster) }))
        .sort((a, b) => b.points - a.points || (a.members[0] ?? 0) - (b.members[0] ?? 0))
        .map(({ members, links, points }) => ({
          score: Math.floor(scoreOf(points) * 100) / 100,
          reasons: reasonsOf(links.flatMap(({ findings }) => findings)),
          ids: members.map((member) => all[member]?.id ?? ''),
        }));
    },
  };
};
