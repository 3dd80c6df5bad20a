import { InvalidArgumentError } from 'commander';

/** Reads `--min-score`: a number from 0 to 1. */
export const readScore = (text: string): number => {
  const score = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(score >= 0 && score <= 1)) throw new InvalidArgumentError('It takes a number from 0 to 1, such as 0.95.');
  return score;
};
