/** Work on one thing, one piece after another, in the order in which it was asked. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();
  private newest = 0;

  /** Everything asked so far; never fails. */
  get done(): Promise<unknown> {
    return this.last;
  }

  /** Waits for its turn; what fails holds nothing up. */
  take<T>(work: () => Promise<T>): Promise<T> {
    const taken = this.last.then(work);
    this.last = taken.catch(() => undefined);
    return taken;
  }

  /** As `take`, but left out when another was asked so before its turn came. */
  takeNewest(work: () => Promise<void>): Promise<void> {
    this.newest += 1;
    const own = this.newest;
    return this.take(() => (own === this.newest ? work() : Promise.resolve()));
  }
}
