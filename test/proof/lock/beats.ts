import type { Beats } from '../../../src/store/json/heartbeat.js';
import type { ProcessIdentity } from '../../../src/store/json/process-identity.js';

/** A hundred times shorter than those of the program. */
export const beats: Beats = { every: 20, silence: 200 };

/** A process as it would be in a container of its own. */
export const elsewhere = (own: ProcessIdentity, name: string): ProcessIdentity => ({
  ...own,
  host: `${name} ${own.host}`,
  namespace: `pid:[${name}]`,
});
