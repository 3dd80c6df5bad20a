import type { UsageError } from '../../errors.js';
import type { Misreading } from './misreadings.js';
import { unreadable } from './unreadable.js';

/** A piece of a query that was taken as text, and what may have been meant. */
export interface TakenAsText {
  readonly written: string;
  readonly meant: readonly string[];
  /** It is not even looked for: an operator that joins nothing. */
  readonly isIgnored?: boolean;
}

/** What may not have been meant as it reads: refused in a strict query, noted in another. */
export interface Doubts {
  readonly strict: boolean;
  readonly asText: readonly TakenAsText[];
  /** @throws UsageError in a strict query, with a caret under `from` */
  raise(from: number, to: number, misreading: Misreading): void;
  /** Like `raise`, but where the query is not strict only `ignored` is noted: an operator that joins nothing. */
  refuse(at: number, problem: string, hint: string, ignored?: string): void;
  /** Whether it is worth finding out what is doubtful: it takes time, and no more is told. */
  mayRaise(): boolean;
  error(at: number, problem: string, hint: string): UsageError;
}

const toldAtMost = 5;

/** The hint that names what may have been meant, or else says what to do. */
export const hintOf = (meant: readonly string[], otherwise: string): string => {
  if (meant.length === 0) return otherwise;
  return [`Did you mean ${meant.join(' or ')}?`, otherwise].filter((part) => part !== '').join(' ');
};

export const createDoubts = (text: string, strict: boolean): Doubts => {
  const asText: TakenAsText[] = [];
  const error = (at: number, problem: string, hint: string): UsageError => unreadable(text, at, problem, hint);
  const mayRaise = (): boolean => strict || asText.length < toldAtMost;
  return {
    strict,
    asText,
    raise: (from, to, { problem, meant, hint = '', isHarmless }) => {
      if (strict) throw error(from, problem, hintOf(meant, hint));
      const written = text.slice(from, to);
      // A value may be doubtful in itself, and one that the field never has.
      const isNoted = asText.at(-1)?.written === written;
      if (mayRaise() && !isHarmless && !isNoted) asText.push({ written, meant });
    },
    refuse: (at, problem, hint, ignored) => {
      if (strict) throw error(at, problem, hint);
      if (ignored !== undefined && mayRaise()) asText.push({ written: ignored, meant: [], isIgnored: true });
    },
    mayRaise,
    error,
  };
};
