/** Ends waiting early. */

/**
 * What may go wrong beside a promise that is waited for. Promise.race would do, but a promise that stays pending, as
 * the loss of a device does, keeps every result that it was ever raced with.
 */
export class Failure {
  readonly #waiting = new Set<(reason: unknown) => void>();
  #failed: { readonly reason: unknown } | undefined;

  /** Ends all waiting, now and later, with this reason; the first one counts. */
  fail(reason: unknown): void {
    this.#failed ??= { reason };
    for (const reject of this.#waiting) reject(reason);
    this.#waiting.clear();
  }

  /** What the promise gives, unless there is a failure before. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#failed) reject(this.#failed.reason);
      else this.#waiting.add(reject);
      const settled = <V>(settle: (value: V) => void) => {
        return (value: V) => {
          this.#waiting.delete(reject);
          settle(value);
        };
      };
      promise.then(settled(resolve), settled(reject));
    });
  }
}
