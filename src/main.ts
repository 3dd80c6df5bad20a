import { CommanderError } from 'commander';
import { shieldValues, unshield, wantsJson } from './commands/arguments.js';
import { afterLanding, type ErrorReport } from './commands/commit-point.js';
import { createProgram } from './commands/program.js';
import { type App, createSession, type Session } from './commands/session.js';
import { ContactsError, exitCodes, Reported, UsageError } from './errors.js';
import { createMessages, createOutput, OutputClosed } from './terminal/io.js';
import { loadStyle } from './terminal/looks.js';
import { jsonEscaped, visible } from './terminal/visible.js';

const hintOf = async ({ hint }: ContactsError): Promise<string | undefined> => {
  if (typeof hint !== 'object') return hint;
  const { nearestHint } = await import('./contacts/nearest.js');
  return nearestHint(hint.given, hint.among, hint.otherwise);
};

const reportOf = async (error: unknown): Promise<ErrorReport> => {
  if (error instanceof ContactsError) return { code: error.code, message: error.message, hint: await hintOf(error) };
  if (error instanceof CommanderError) {
    const [message = '', ...rest] = unshield(error.message)
      .replace(/^error: /, '')
      .split('\n');
    const hint = rest.join(' ').replace(/^\((.*)\)$/, '$1');
    return { code: 'usage', message, hint: hint === '' ? 'See "contacts --help".' : hint };
  }
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    code: 'internal',
    message: `The program has a fault: ${reason}`,
    hint: 'Nothing was half-done. Please report this line, the command and "contacts --version" where you got the program.',
  };
};

/**
 * Runs one command line.
 *
 * @param argv the arguments after the program's name
 * @returns the exit code (contract.md, "Exit codes"); nothing is thrown
 */
export const main = async (argv: readonly string[], app: App): Promise<number> => {
  const { io } = app;
  let help = '';
  let session: Session | undefined;
  try {
    const style = await loadStyle(io.colourLevel);
    const output = { writeOut: (text: string) => void (help += text), width: io.stdoutIsTerminal ? io.columns : 80 };
    const created = await createProgram(argv, (globals) => createSession(app, style, globals), app.version, output);
    session = created.session;
    try {
      await created.program.parseAsync(shieldValues(argv), { from: 'user' });
    } catch (error) {
      if (!(error instanceof CommanderError && error.exitCode === 0)) throw error;
      await createOutput(io.stdout).write(help);
    }
    return 0;
  } catch (error) {
    if (error instanceof OutputClosed) return 0;
    if (error instanceof Reported) return error.exitCode;
    const { code, message, hint } = afterLanding(await reportOf(error), session?.landings ?? []);
    const messages = createMessages(io.stderr);
    if (wantsJson(argv)) {
      const json = JSON.stringify({ error: { code, message, ...(hint !== undefined && { hint }) } });
      await messages.write(`${io.stderrIsTerminal ? jsonEscaped(json) : json}\n`);
    } else {
      const style = await loadStyle(io.colourLevel);
      const isHelp = error instanceof UsageError && message.startsWith('Usage:');
      const lines = isHelp ? [message] : [`${style.error('error:')} ${visible(message, { lines: true })}`];
      if (hint !== undefined) lines.push(`${style.dim('hint:')} ${visible(hint, { lines: true })}`);
      await messages.write(`${lines.join('\n')}\n`);
    }
    return exitCodes[code];
  } finally {
    // What is left to be closed holds nothing back: all that was to be written is written by now.
    await session?.close().catch(() => {});
  }
};
