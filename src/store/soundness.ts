import type { Settings } from '../contacts/settings.js';
import type { Soundness } from '../contacts/soundness.js';

/**
 * Loads what finds faults of contacts that can be read; it reads every value again, so it needs the parsers.
 *
 * @param now for dates that must not be in the future
 */
export const loadSoundness = async (now: Date): Promise<(settings: Settings) => Soundness> => {
  const [{ createParsers }, checks] = await Promise.all([
    import('../fields/parsers.js'),
    import('../contacts/soundness.js'),
  ]);
  const context = { parsers: createParsers(), today: now.toISOString().slice(0, 10) };
  return (settings) => new checks.Soundness(settings, context);
};
