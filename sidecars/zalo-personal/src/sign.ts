/** Pings that are remembered; a connection that leaves so many unanswered is given up long before. */
const MOST = 16;

/**
 * Until when it is sure that all that was sent has come in: what comes in now may have waited in a socket while the
 * machine slept or nobody read, so only the answer to a ping says so, of the time at which the ping left.
 */
export class SignOfLife {
  at: number | null = null;
  private open: number[] = [];

  /** The connection is made. */
  began(now: number): void {
    this.at = now;
    this.open = [];
  }

  /** What the ping carries. */
  asked(now: number): string {
    this.open = [...this.open.slice(1 - MOST), now];
    return String(now);
  }

  /** `said`: what the ping carried; of an answer that says nothing the oldest ping is believed to be meant. */
  answered(said: Buffer): void {
    const named = Number(said.toString());
    const meant = this.open.includes(named) ? named : this.open[0];
    if (meant === undefined) return;
    this.at = Math.max(this.at ?? 0, meant);
    this.open = meant === named ? this.open.filter((each) => each > named) : [];
  }
}
