import fc from 'fast-check';

/** Random inputs, and what holds for each of them. */
export interface Target {
  readonly name: string;
  /** Tries so many; what is wrong with the smallest that fails, `undefined` where all hold. */
  check(runs: number, seed: number): Promise<string | undefined>;
}

export const target = <Value>(
  name: string,
  values: fc.Arbitrary<Value>,
  holds: (value: Value) => Promise<void>,
): Target => ({
  name,
  check: async (numRuns, seed) => {
    const details = await fc.check(fc.asyncProperty(values, holds), { numRuns, seed });
    return details.failed ? fc.defaultReportMessage(details) : undefined;
  },
});
