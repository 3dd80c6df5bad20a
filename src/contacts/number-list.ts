const firstCapacity = 1 << 12;

/** Whole numbers from 0 to 2³² - 1, of which nobody knows beforehand how many there will be: four bytes each. */
export class NumberList {
  #values = new Uint32Array(firstCapacity);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.length] = value;
    this.length += 1;
  }

  /** The number at a place that is there. */
  at(index: number): number {
    return this.#values[index] as number;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }
}
