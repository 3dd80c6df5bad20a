import type { Landing } from '../store/store.js';
import { jsonEscaped, visible } from '../terminal/visible.js';
import { afterLanding } from './commit-point.js';

export interface Interrupted {
  /** What has landed before, which stands. */
  readonly landings: readonly Landing[];
  /** What may stand or not: sentences. */
  readonly doubts: readonly string[];
  readonly isJson: boolean;
}

/** What is said where a signal ends the program, as an error in the form that was asked for. */
export const interruption = (signal: string, { landings, doubts, isJson }: Interrupted): { readonly text: string } => {
  const name = signal.replace(/^SIG/, '');
  const cause = `Interrupted (${name})`;
  const known =
    doubts.length > 0 && landings.length === 0
      ? `${cause}.`
      : afterLanding({ code: 'interrupted', message: `${cause}; nothing was changed.`, hint: undefined }, landings)
          .message;
  const message = [known, ...doubts].join(' ');
  return {
    text: isJson
      ? `${jsonEscaped(JSON.stringify({ error: { code: 'interrupted', message } }))}\n`
      : `error: ${visible(message, { lines: true })}\n`,
  };
};
