import { spawn } from 'node:child_process';
import { UsageError } from '../errors.js';

const schemes = ['tel:', 'sms:', 'mailto:'];
const messagingHosts = ['wa.me', 'm.me', 'line.me', 'instagram.com'];
const printableAscii = /^[!-~]+$/;

/** Whether the system may be asked to open it: a phone number, a message, a mail, or a page of a known messaging service. */
export const mayOpen = (uri: string): boolean => {
  if (!printableAscii.test(uri) || !URL.canParse(uri)) return false;
  const { protocol, host, username } = new URL(uri);
  if (protocol === 'https:') return username === '' && messagingHosts.includes(host);
  return schemes.includes(protocol);
};

/** The program that hands a URI to whatever the system has set for it, and its arguments. None of them is a shell. */
export const handlerOf = (platform: NodeJS.Platform, uri: string): readonly [string, readonly string[]] => {
  if (platform === 'darwin') return ['open', [uri]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', uri]];
  return ['xdg-open', [uri]];
};

/** What is used of a child process. */
interface Child {
  once(event: 'spawn', listener: () => void): unknown;
  once(event: 'error', listener: (error: Error) => void): unknown;
  unref(): void;
}

/** Starts a program that goes on by itself. */
export type Start = (command: string, argv: readonly string[]) => Child;

const startDetached: Start = (command, argv) => spawn(command, argv, { detached: true, stdio: 'ignore', shell: false });

/**
 * Has the system open a URI: the phone, the mail program, the browser. Resolves once the handler runs; what becomes of
 * it is not known.
 *
 * @throws UsageError where the URI is none of those that may be opened (`mayOpen`), or the system has no handler
 */
export const openUri = async (uri: string, platform: NodeJS.Platform, start = startDetached): Promise<void> => {
  if (!mayOpen(uri)) {
    throw new UsageError(
      `${uri} is not opened: it is no address that a contact is reached at.`,
      'Print it with --print.',
    );
  }
  const [command, argv] = handlerOf(platform, uri);
  await new Promise<void>((resolve, reject) => {
    const child = start(command, argv);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
    child.once('error', (error) =>
      reject(
        new UsageError(
          `${uri} was not opened: ${command} cannot be run (${error.message}).`,
          'Print it with --print, or install a handler.',
        ),
      ),
    );
  });
};
