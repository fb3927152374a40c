/** Frames that came before the key wait for it: so many, and so many bytes. */
const FRAMES = 500;
const BYTES = 4 * 1024 * 1024;

/** What came in before there was a key, in its order. */
export class Early<H> {
  private held: { head: H; frame: Buffer }[] = [];
  private bytes = 0;

  /** False: no more can wait. */
  hold(head: H, frame: Buffer): boolean {
    if (this.held.length >= FRAMES || this.bytes + frame.length > BYTES) return false;
    this.held.push({ head, frame: Buffer.from(frame) });
    this.bytes += frame.length;
    return true;
  }

  /** All, once. */
  release(): { head: H; frame: Buffer }[] {
    const held = this.held;
    this.held = [];
    this.bytes = 0;
    return held;
  }
}
