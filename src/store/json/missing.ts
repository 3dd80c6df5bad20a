import { StoreError } from '../../errors.js';
import { lastGoodCopy, type StateSources } from './states.js';
import { attempt, unless } from './system-error.js';

/** What of a store lies beside its file's place: it tells that a store was there. */
export const remainsOf = ({ files, paths, history }: StateSources): readonly string[] => {
  const hasBackup = attempt('read', paths.backup, () => unless(['ENOENT'], () => files.status(paths.backup)));
  return [...(history.latestRevision() > 0 ? ['history'] : []), ...(hasBackup ? ['backup'] : [])];
};

/** The error for a store that is missing, though there was one. */
export const missingStore = (sources: StateSources, remains: readonly string[]): StoreError =>
  new StoreError(
    `${sources.paths.store} is missing, but its ${remains.join(' and its ')} ${remains.length > 1 ? 'are' : 'is'} there. Nothing was changed.`,
    `${lastGoodCopy(sources)} To begin anew, run \`contacts store init\`; what is there is kept aside.`,
  );
