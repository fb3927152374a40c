/** One login by QR code. */

import { LoginQRCallbackEventType as Step } from "zca-js";
import { Caller } from "./caller.ts";
import { Failure, failureOf } from "./failure.ts";
import { asLoginFailure, zaloOf } from "./login.ts";
import type { LoginQr, QrEvent } from "./protocol.gen.ts";
import type { Environment } from "./session.ts";
import { Wire } from "./wire.ts";

/** How long zca-js waits for a scan. */
const CODE_MS = 100_000;

export class QrLogin {
  private over = false;
  private stop: (() => unknown) | null = null;
  private name: string | null = null;
  private avatar: string | null = null;
  private readonly wire: Wire;

  constructor(
    private readonly asked: LoginQr,
    private readonly environment: Environment,
    private readonly onOver: () => void,
  ) {
    this.wire = new Wire({ proxy: asked.proxy ?? null, standIn: environment.standIn });
  }

  begin(): void {
    this.run().then(
      () => {},
      (error) => this.end("failed", { error: wordsOf(error) }),
    );
  }

  abort(): void {
    this.finish();
  }

  private async run(): Promise<void> {
    const { user_agent, language, proxy } = this.asked;
    const api = await zaloOf(this.wire, proxy ?? null).loginQR(
      { userAgent: user_agent, language: language ?? "vi" },
      (event) => {
        this.stop = event.actions?.abort ?? null;
        if (this.over) {
          this.stop?.();
          return;
        }
        if (event.type === Step.QRCodeGenerated) {
          this.tell("code", { image: event.data.image, expires_at_ms: Date.now() + CODE_MS });
        } else if (event.type === Step.QRCodeScanned) {
          this.name = event.data.display_name ?? null;
          this.avatar = event.data.avatar ?? null;
          this.tell("scanned");
        } else if (event.type === Step.QRCodeDeclined) this.end("declined");
        else if (event.type === Step.QRCodeExpired) this.end("expired");
      },
    );
    const caller = Caller.of(api);
    this.end("done", { uid: caller.uid, credentials: caller.credentials() });
  }

  private end(step: QrEvent["step"], facts: Partial<QrEvent> = {}): void {
    if (this.over) return;
    this.tell(step, facts);
    this.finish();
  }

  private finish(): void {
    if (this.over) return;
    this.over = true;
    this.stop?.();
    this.wire.close();
    this.onOver();
  }

  private tell(step: QrEvent["step"], facts: Partial<QrEvent> = {}): void {
    const { name, avatar } = this;
    this.environment.emit({ ev: "qr", login: this.asked.login, step, name, avatar, ...facts });
  }
}

function wordsOf(error: unknown): string {
  const failure = error instanceof Failure ? error : asLoginFailure(error);
  const { kind, code, message } = failureOf(failure);
  return code === null ? `${kind}: ${message}` : `${kind} ${code}: ${message}`;
}
