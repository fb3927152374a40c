/** Reads again and again, never twice at a time: what asks meanwhile is served by one more reading. */
export class Reader<T> {
  private running = false;
  private again = false;
  private stopped = false;
  private readonly read: () => Promise<T>;
  private readonly give: (value: T) => void;
  private readonly fail: (error: unknown) => void;

  constructor(read: () => Promise<T>, give: (value: T) => void, fail: (error: unknown) => void) {
    this.read = read;
    this.give = give;
    this.fail = fail;
  }

  async ask(): Promise<void> {
    if (this.stopped) return;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    do {
      this.again = false;
      try {
        const value = await this.read();
        if (!this.stopped) this.give(value);
      } catch (error) {
        if (!this.stopped) this.fail(error);
      }
    } while (this.again && !this.stopped);
    this.running = false;
  }

  stop(): void {
    this.stopped = true;
  }
}
