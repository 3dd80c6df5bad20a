/** Says what is wrong with a text and what would be right; undefined where nothing is. */
export type Check = (text: string) => string | undefined;

export interface TextQuestion {
  readonly message: string;
  /** What stands in the field, to be edited in place; emptied, it gives an empty text. */
  readonly initial?: string;
  /** Dim, after the message: a form that is understood, or an example. */
  readonly hint?: string;
  readonly check?: Check;
}

export interface Choice<Value> {
  readonly value: Value;
  /** The plain text to choose by. */
  readonly name: string;
  /** Dim, after the name. */
  readonly hint?: string;
}

export interface ChoiceQuestion<Value> {
  readonly message: string;
  readonly choices: readonly Choice<Value>[];
  /** The value on which the cursor stands at first. */
  readonly initial?: Value;
}

export interface SeveralQuestion<Value> {
  readonly message: string;
  readonly choices: readonly Choice<Value>[];
  /** The values that are ticked at first. */
  readonly initial?: readonly Value[];
}

export interface ConfirmQuestion {
  readonly message: string;
  /** What Enter alone means; no, where it is not given. */
  readonly initial?: boolean;
}

export interface SearchQuestion<Value> {
  readonly message: string;
  /** What is searched for at first. */
  readonly initial?: string;
  /** What matches the text typed so far; a newer text aborts the search. */
  readonly find: (text: string, signal: AbortSignal) => Promise<readonly Choice<Value>[]>;
  /** What is shown below the list about the choice under the cursor: lines with their looks, from a card for example. */
  readonly preview?: (value: Value) => string;
}

export interface LongTextQuestion {
  /** What the text is, for the name of the editor's file and for messages: `note`. */
  readonly what: string;
  readonly initial?: string;
  readonly check?: Check;
}

/**
 * The questions that can be asked at a terminal. They stand on standard error, so that standard output has results alone.
 * What comes from the data is shown with its control characters made visible.
 *
 * Every question throws InterruptedError on Ctrl-C and where standard input ends.
 */
export interface Ask {
  /** A line of text. A wrong one is told below the field and stays there to be mended. */
  text(question: TextQuestion): Promise<string>;
  chooseOne<Value>(question: ChoiceQuestion<Value>): Promise<Value>;
  /** Any number of the choices, in their order; none, unasked, where there are no choices. */
  chooseSeveral<Value>(question: SeveralQuestion<Value>): Promise<readonly Value[]>;
  confirm(question: ConfirmQuestion): Promise<boolean>;
  /** A password, of which nothing is shown while it is typed. Absent where that cannot be. */
  password?(message: string): Promise<string>;
  /**
   * One of what a search finds, while the text is typed. A UsageError of the search is told below the field, where the
   * text can be mended; other errors end the question.
   */
  search<Value>(question: SearchQuestion<Value>): Promise<Value>;
  /** A text of several lines, in the user's editor; line ends are `\n`, those at the end are dropped. */
  longText(question: LongTextQuestion): Promise<string>;
}
