/** Counts VideoFrames from the hand that opens them to the hand that closes them: at the end both numbers must be equal. */
export class FrameLedger {
  private readonly live = new Set<{ close(): void }>();
  private openedCount = 0;
  private closedCount = 0;

  get opened(): number {
    return this.openedCount;
  }

  get closed(): number {
    return this.closedCount;
  }

  /** Notes a frame that is ours to close, and gives it back. */
  open<T extends { close(): void }>(frame: T): T {
    this.live.add(frame);
    this.openedCount += 1;
    return frame;
  }

  /** Closes a frame; once only, however often it is called. */
  close(frame: { close(): void }): void {
    if (!this.live.delete(frame)) return;
    frame.close();
    this.closedCount += 1;
  }
}
