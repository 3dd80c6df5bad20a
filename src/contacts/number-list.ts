const firstCapacity = 1 << 8;

type Numbers = Uint32Array | Float64Array;

/** Numbers of which nobody knows beforehand how many there will be, in the memory that one of the typed arrays takes. */
class TypedList<Array extends Numbers> {
  length = 0;
  #values: Array;
  readonly #make: (length: number) => Array;

  constructor(make: (length: number) => Array) {
    this.#make = make;
    this.#values = make(firstCapacity);
  }

  push(value: number): void {
    if (this.length === this.#values.length) this.#grow(this.length + 1);
    this.#values[this.length] = value;
    this.length += 1;
  }

  /** Adds each of some numbers. */
  append(values: Array): void {
    const length = this.length + values.length;
    if (length > this.#values.length) this.#grow(length);
    this.#values.set(values, this.length);
    this.length = length;
  }

  /** The number at a place that is there. */
  at(index: number): number {
    return this.#values[index] as number;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  /** Takes all numbers out. */
  take(): Array {
    const taken = this.#values.slice(0, this.length) as Array;
    this.length = 0;
    return taken;
  }

  #grow(least: number): void {
    const larger = this.#make(Math.max(least, this.#values.length * 2));
    larger.set(this.#values);
    this.#values = larger;
  }
}

/** Whole numbers from 0 to 2³² - 1: four bytes each. */
export class NumberList extends TypedList<Uint32Array> {
  constructor() {
    super((length) => new Uint32Array(length));
  }
}

/** Whole numbers up to 2⁵³ - 1: eight bytes each. */
export class LargeNumberList extends TypedList<Float64Array> {
  constructor() {
    super((length) => new Float64Array(length));
  }
}
