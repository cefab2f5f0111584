/** Measures how long an experiment runs, without its pauses. */

const now = (): number => performance.now() / 1000;

export class Stopwatch {
  #started = now();
  #pausedAt: number | undefined;
  #idle = 0;
  #ended: number | undefined;

  /** From here on time counts, once it is not paused. */
  start(): void {
    this.#started = now();
    this.#idle = 0;
    if (this.#pausedAt !== undefined) this.#pausedAt = this.#started;
  }

  pause(): void {
    this.#pausedAt ??= now();
  }

  resume(): void {
    if (this.#pausedAt !== undefined) this.#idle += now() - this.#pausedAt;
    this.#pausedAt = undefined;
  }

  /** The seconds stay as they are. */
  stop(): void {
    this.#ended ??= this.#pausedAt ?? now();
  }

  /** Seconds so far, pauses left out. */
  get seconds(): number {
    return (this.#ended ?? this.#pausedAt ?? now()) - this.#started - this.#idle;
  }

  /** Seconds since the start, pauses included. */
  get sinceStart(): number {
    return now() - this.#started;
  }
}
