/** The score from which two contacts are taken for one person, and the least that is shown unless told. */
export const likelyScore = 0.85;

/**
 * The points at which it is as likely as not that two contacts are one person. A point is a bit of evidence (the binary
 * logarithm of a likelihood ratio, as in Fellegi and Sunter, "A Theory for Record Linkage", 1969).
 */
const evenPoints = 9;

/** The probability, from 0 to 1, that points stand for. */
export const scoreOf = (points: number): number => 1 / (1 + 2 ** (evenPoints - points));

/** The points that a score stands for. */
export const pointsOf = (score: number): number => evenPoints - Math.log2(1 / score - 1);

/**
 * The weights, in points: what speaks for one person, and what against. Each was set by reason and then held against
 * generated people (`npm run bench:duplicates`).
 */
export const weights = {
  /** Given names are shared by many, so that two that agree say less than two that differ: a family shares all else. */
  given: { same: 4, near: 3, loose: 1, unlike: -4, different: -9 },
  /** A family name changes with a marriage. */
  family: { same: 4, near: 3, loose: 1, unlike: -3, different: -5 },
  /** In Han, Kana or Hangul script the two are compared as one. */
  eastAsian: { same: 8, near: 6, loose: 1, unlike: -6, different: -9 },
  /** Junior and senior bear one name and live in one house. */
  generation: { different: -9, onOneSide: -5 },
  /** One in some twenty thousand; a typing error leaves all but one digit, or turns two round. */
  birthDate: { same: 7, near: 4.5, unlike: -2, different: -8 },
  /** Nearly nobody shares a mailbox or an account; a couple does, and so does a company's front desk. */
  account: { same: 13, sameButOtherName: 3, crowded: 3, different: -0.5 },
  mobile: { same: 12.5, sameButOtherName: 2, crowded: 1, different: -1 },
  /** The number of an office or a home. A switchboard says no more than the company's name. */
  phone: { same: 8, sameButOtherName: 1, sameWithAddress: 2, crowded: 5 },
  /** An extension belongs to one desk. */
  extension: { same: 12.5, different: -4 },
  /** A household shares it, and people move. */
  street: { same: 6, near: 4, sameStreet: 1, sameNumber: 2, different: -1 },
  zipCode: { same: 2.5, near: 1.5, different: -0.5 },
  city: { same: 1, different: -0.5 },
  /** Street, zip code and city say much the same thing: together no more, and no less, than this. */
  addressAtMost: 8.5,
  addressAtLeast: -1.5,
  /** Two people of one name seldom work for one company; its people share its address. */
  company: { same: 6, sameButOtherName: 1, different: -1 },
  /** The number of a passport, a policy, a customer. */
  identifier: { same: 7, crowded: 1, different: -1 },
} as const;

/** An evidence that goes against one person by this much is not outweighed by a third contact that fits both. */
export const contradiction = -5;
