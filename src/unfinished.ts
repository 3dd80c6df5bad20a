/**
 * What would be left half-done if the process ended now. Whoever begins such a thing adds the step that undoes it, and
 * takes the step off again when the thing is done; a signal's handler has all of them carried out.
 */
export class Unfinished {
  readonly #steps = new Set<() => void>();
  readonly #doubts = new Set<string>();

  /**
   * @param step undoes it at once, without waiting for anything
   * @returns takes the step off
   */
  add(step: () => void): () => void {
    // A function of its own each time: the same step may be added twice.
    const own = (): void => step();
    this.#steps.add(own);
    return () => void this.#steps.delete(own);
  }

  /**
   * Notes what may stand or not, as long as nobody knows: a commit that was sent.
   *
   * @param what a sentence that says so, and where to look
   * @returns takes the note off
   */
  doubt(what: string): () => void {
    this.#doubts.add(what);
    return () => void this.#doubts.delete(what);
  }

  get doubts(): readonly string[] {
    return [...this.#doubts];
  }

  /** Undoes everything, the newest first; a step that fails keeps none of the others from being done. */
  undo(): void {
    for (const step of [...this.#steps].toReversed()) {
      this.#steps.delete(step);
      try {
        step();
      } catch {
        // What is left is swept by the next process.
      }
    }
  }
}
