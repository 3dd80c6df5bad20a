import type { Plan } from '../../contacts/change.js';
import { MissingDefinitions } from '../../contacts/soundness.js';
import type { Repair, StoreView } from '../store.js';

/** The plan that defines the labels and custom fields that contacts have and that are not defined. */
export const planDefinitions = async (
  view: StoreView,
  labelColours: readonly string[],
): Promise<{ readonly plan: Plan; readonly repaired: Repair['repaired'] }> => {
  const missing = new MissingDefinitions(await view.settings());
  for await (const contact of view.each({ category: 'all' }, 'stored')) missing.look(contact);
  const { settings, defined } = missing.define(labelColours);
  const repaired = defined.map((what) => `Defined ${what}`);
  return { plan: { edits: [], settings, summary: repaired.join('; ') }, repaired };
};
