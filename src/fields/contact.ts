import type { CataloguePath, Category } from './catalogue.js';

type Part<Prefix extends string> = CataloguePath extends infer P
  ? P extends `${Prefix}.${infer Rest}`
    ? Rest
    : never
  : never;

export type PhoneKind = Part<'phones'>;
export type EmailKind = Part<'emails'>;
export type AddressPart = Part<'address'>;
export type SocialService = Part<'social'>;

/** The fields that stand in a contact itself and hold one text. */
export type TextField = Exclude<CataloguePath, `${string}.${string}` | 'labels' | 'notes'>;

/** E.164, with an extension as RFC 3966 writes it: `+85228765432;ext=12`. */
export interface Phone {
  readonly kind: PhoneKind;
  readonly number: string;
}

export interface Email {
  readonly kind: EmailKind;
  readonly address: string;
}

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly author: string;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What a custom field holds: number fields a number, checkboxes a boolean, multi-selects a list, all others text. */
export type CustomValue = string | number | boolean | readonly string[];

/**
 * What people enter about a contact. Fields without a value are absent; the lists are always there, in the order of
 * entry.
 */
export type ContactData = { readonly [Field in TextField]?: string } & {
  readonly labels: readonly string[];
  readonly phones: readonly Phone[];
  readonly emails: readonly Email[];
  readonly address?: { readonly [P in AddressPart]?: string };
  readonly social?: { readonly [S in SocialService]?: string };
  readonly custom?: { readonly [key: string]: CustomValue };
  readonly notes: readonly Note[];
  /** How other programs know the contact: the UIDs of its vCards. No two contacts share one. */
  readonly uids?: readonly string[];
  /** The cards of its UIDs say only part of it: what they lack of phones and emails stays. */
  readonly uidsPartial?: true;
};

/** What the program keeps about a contact. */
export interface Kept {
  /** 12 characters of `23456789bcdfghjkmnpqrstvwxyz`. */
  readonly id: string;
  readonly category: Category;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly updatedBy: string;
  /** The ids of the contacts merged into this one: they still find it. */
  readonly mergedIds?: readonly string[];
}

export type Contact = Kept & ContactData;

/** A contact's data where nothing was entered. */
export const emptyData: ContactData = { labels: [], phones: [], emails: [], notes: [] };
