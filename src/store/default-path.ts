import { join } from 'node:path';
import { UsageError } from '../errors.js';

/** What of a process says where a user's data are. */
export interface UserFolders {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** The home folder; throws, or is empty, where the user has none. */
  readonly home: () => string;
}

const homeFolder = (home: UserFolders['home']): string => {
  let folder = '';
  let cause: unknown;
  try {
    folder = home();
  } catch (error) {
    // A user id without an account and without HOME, as rootless containers have it.
    cause = error;
  }
  if (folder !== '') return folder;
  throw new UsageError(
    'This user has no home folder to keep contacts in.',
    'Name the store with --store PATH or CONTACTS_STORE, or set HOME.',
    { cause },
  );
};

/**
 * The path of a user's own store: `contacts/contacts.json` in the data folder, which is `XDG_DATA_HOME` (an absolute path)
 * or `~/.local/share` (XDG Base Directory Specification 0.8), `~/Library/Application Support` on macOS, `LOCALAPPDATA` on
 * Windows.
 *
 * @throws UsageError where the user has no home folder
 */
export const defaultStorePath = ({ platform, env, home }: UserFolders): string => {
  const dataFolder = (): string => {
    if (platform === 'darwin') return join(homeFolder(home), 'Library', 'Application Support', 'contacts');
    if (platform === 'win32') {
      return join(env.LOCALAPPDATA || join(homeFolder(home), 'AppData', 'Local'), 'contacts', 'Data');
    }
    const { XDG_DATA_HOME: data = '' } = env;
    return join(data.startsWith('/') ? data : join(homeFolder(home), '.local', 'share'), 'contacts');
  };
  return join(dataFolder(), 'contacts.json');
};
