/** Why a conversation went; null where nobody said. */
type Reason = string | null;

/** Conversations that went out of this person's sight while they were here, until they come back into it. */
export class LostConversations {
  private readonly reasons = new Map<number, Reason>();
  private readonly listeners = new Set<() => void>();
  private told: string | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  has(id: number): boolean {
    return this.reasons.has(id);
  }

  reasonOf(id: number): Reason {
    return this.reasons.get(id) ?? null;
  }

  /** A reason that comes later than the loss itself is kept. */
  add(id: number, reason: Reason = null): void {
    if (this.reasons.has(id) && reason === null) return;
    this.reasons.set(id, reason);
    this.tell();
  }

  /** It is in sight again, or nobody looks at where it was. */
  remove(id: number): void {
    if (this.reasons.delete(id)) this.tell();
  }

  clear(): void {
    this.reasons.clear();
    this.tell();
  }

  /** What the list says to somebody who was led back to it. */
  get notice(): string | null {
    return this.told;
  }

  setNotice(words: string | null): void {
    this.told = words;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
