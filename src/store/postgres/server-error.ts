import { ConflictError, ContactsError, NotFoundError, StoreError, systemCode } from '../../errors.js';

/** The classes of errors after which there is no connection any more (PostgreSQL's documentation, appendix A). */
const lostConnection = /^(08|57P0[1-5]$|ECONNRESET$|EPIPE$|ETIMEDOUT$)/;

/** Whether the connection broke: what was under way may or may not have happened. */
export const isLost = (error: unknown): boolean =>
  lostConnection.test(systemCode(error) ?? '') ||
  (error instanceof Error && /^(Connection terminated|Client has encountered a connection error)/.test(error.message));

/** Whether the server may take connections in a moment: it starts, it is full, or it is about to be started again. */
export const isPassing = (error: unknown): boolean =>
  isLost(error) || ['57P03', '53300', 'ECONNREFUSED'].includes(systemCode(error) ?? '');

const withoutPassword = /password must be a string/;

/** Whether another password may help: there is none, or it is refused. */
export const wantsPassword = (error: unknown): boolean =>
  systemCode(error) === '28P01' || (error instanceof Error && withoutPassword.test(error.message));

/** Whether the tables are not there. */
export const isUnprepared = (error: unknown): boolean => systemCode(error) === '42P01';

const nothingChanged = 'Nothing was changed.';

const untrusted = [
  'no authority that is trusted has signed the certificate of the server',
  'Name the file with the certificate of the authority by sslrootcert in the URL, or ask whoever runs the server.',
] as const;

/** What a code means, and what to do. */
const explanations: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  ECONNREFUSED: ['the server does not answer', 'See that it runs, and that host and port are right.'],
  ENOTFOUND: ['there is no such host', 'Look at the host in the URL.'],
  EAI_AGAIN: ['the name of the host cannot be resolved now', 'Look at the network, and run the command again.'],
  ETIMEDOUT: ['the server does not answer', 'Look at the network and at firewalls, and run the command again.'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'the certificate of the server is that of another host',
    'Write the host in the URL by the name that the certificate has, or ask whoever runs the server.',
  ],
  CERT_HAS_EXPIRED: ['the certificate of the server has expired', 'Ask whoever runs the server.'],
  sslrootcert: [
    'with sslmode=verify-ca an authority has to be named',
    'Name the file with its certificate by sslrootcert in the URL, or use sslmode=verify-full.',
  ],
  '28P01': ['the password is wrong, or there is none', 'Look at the URL, PGPASSWORD or ~/.pgpass.'],
  '28000': ['the server refuses this user', 'Ask whoever runs the server, and look at sslmode in the URL.'],
  '3D000': ['there is no such database', 'Create it, or look at the name in the URL.'],
  '42501': ['this user may not do that', 'Ask for a role that may write; docs/teams.md has its rights.'],
  '25006': ['the database is read-only here', 'Write to the primary server, or with a role that may write.'],
  '53300': ['the server has too many connections', 'Run the command again in a moment, or raise max_connections.'],
  '53100': ['the disk of the server is full', 'Make room there, and run the command again.'],
  '57014': [
    'the server cancelled the statement',
    'Run the command again; a longer statement_timeout gives it more time.',
  ],
  '57P01': ['the server was shut down', 'Run the command again when it is back.'],
  '57P02': ['the server crashed', 'Run the command again when it is back.'],
  '57P03': ['the server is starting or shutting down', 'Run the command again in a moment.'],
};

/** What the messages of the driver's own errors mean. */
const driverMessages: readonly (readonly [RegExp, keyof typeof explanations])[] = [
  [/timeout exceeded when trying to connect|timeout expired/, 'ETIMEDOUT'],
  [/requires specifying a CA with sslrootcert/, 'sslrootcert'],
];

/**
 * An error of the server or of the way to it, as a user is told of it: a conflict where another writer was first, else
 * exit 7.
 *
 * @param location the URL without its password
 */
export const serverError = (error: unknown, location: string): unknown => {
  if (error instanceof ContactsError || !(error instanceof Error)) return error;
  const code = systemCode(error) ?? driverMessages.find(([pattern]) => pattern.test(error.message))?.[1] ?? '';
  if (code === '55P03') {
    return new ConflictError(
      `${location}: another writer held the store too long.`,
      `${nothingChanged} Run the command again, or give it longer with --lock-timeout.`,
    );
  }
  if (code === '40001' || code === '40P01') {
    return new ConflictError(`${location}: another writer was first.`, `${nothingChanged} Run the command again.`);
  }
  if (code === '23505') {
    return new ConflictError(
      `${location}: an email address or extension is taken by another staff member.`,
      `${nothingChanged} No two staff members share it.`,
    );
  }
  if (code === 'ENOENT' && 'syscall' in error && error.syscall === 'open' && 'path' in error) {
    return new NotFoundError(
      `${location}: there is no file ${error.path}.`,
      'Look at sslrootcert, sslcert and sslkey in the URL.',
    );
  }
  const explained = explanations[code];
  if (explained) return new StoreError(`${location}: ${explained[0]}.`, `${nothingChanged} ${explained[1]}`);
  if (isLost(error)) {
    return new StoreError(
      `${location}: the connection to the server was lost.`,
      `${nothingChanged} Run the command again when the server is back.`,
    );
  }
  if (withoutPassword.test(error.message)) {
    return new StoreError(
      `${location}: the server wants a password.`,
      'Give it in PGPASSWORD, in ~/.pgpass, or in the URL.',
    );
  }
  if (/^[0-9A-Z]{5}$/.test(code) || /SSL|certificate|TLS/i.test(`${code} ${error.message}`)) {
    return new StoreError(`${location}: ${error.message}.`, nothingChanged);
  }
  return error;
};
