/** Holds work up: a paused experiment must not keep the machine busy until its next frame, which may be hours away. */

export class Gate {
  #opened: Promise<void> | undefined;
  #open: () => void = () => undefined;
  readonly #watching = new Set<(shut: boolean) => void>();

  get shut(): boolean {
    return this.#opened !== undefined;
  }

  set shut(shut: boolean) {
    if (shut === this.shut) return;
    if (shut) this.#opened = new Promise((resolve) => (this.#open = resolve));
    else {
      this.#opened = undefined;
      this.#open();
    }
    for (const tell of this.#watching) tell(shut);
  }

  /** Resolves as soon as it is open, at once where it is. */
  async passed(): Promise<void> {
    while (this.#opened) await this.#opened;
  }

  /** Calls with whether it is shut: at every change, until the function that it returns is called. */
  watch(tell: (shut: boolean) => void): () => void {
    this.#watching.add(tell);
    return () => this.#watching.delete(tell);
  }
}
