const free = 0;
const firstCapacity = 1024;

/** Which row came first with each key, by the keys' hashes: a table with open addressing, in a fifth of a map's memory. */
export class RowsOfKeys {
  #hashes = new Float64Array(firstCapacity);
  /** One more than the row; 0 is a free place. */
  #rows = new Uint32Array(firstCapacity);
  #count = 0;

  /** The row of a hash. */
  get(hash: number): number | undefined {
    const row = this.#rows[this.#placeOf(hash)] ?? free;
    return row === free ? undefined : row - 1;
  }

  /** Gives the hash to a row unless another has it; that one comes back. */
  claim(hash: number, row: number): number | undefined {
    const place = this.#placeOf(hash);
    const holder = this.#rows[place] ?? free;
    if (holder !== free) return holder - 1;
    this.#hashes[place] = hash;
    this.#rows[place] = row + 1;
    this.#count += 1;
    if (this.#count * 3 > this.#rows.length * 2) this.#grow();
    return undefined;
  }

  #placeOf(hash: number): number {
    const last = this.#rows.length - 1;
    let place = hash & last;
    while (this.#rows[place] !== free && this.#hashes[place] !== hash) place = (place + 1) & last;
    return place;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const rows = this.#rows;
    this.#hashes = new Float64Array(rows.length * 2);
    this.#rows = new Uint32Array(rows.length * 2);
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at] ?? free;
      if (row === free) continue;
      const hash = hashes[at] ?? 0;
      const place = this.#placeOf(hash);
      this.#hashes[place] = hash;
      this.#rows[place] = row;
    }
  }
}
