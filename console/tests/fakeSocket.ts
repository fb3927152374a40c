/** A socket that the test speaks for. */
export class FakeSocket {
  static readonly all: FakeSocket[] = [];
  readonly sent: string[] = [];
  closed = false;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly url: string;

  constructor(url: string | URL) {
    this.url = String(url);
    FakeSocket.all.push(this);
  }

  send(data: string): void {
    this.sent.push(data);
  }

  close(): void {
    this.closed = true;
  }

  /** The server says something. */
  says(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** The line breaks. */
  breaks(code = 1006): void {
    this.onclose?.({ code });
  }
}
