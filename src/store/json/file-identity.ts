import type { BigIntStats } from 'node:fs';

/** What has to be the same for a file to be the one that was read, with nothing written to it since. */
export const identityOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join(' ');
