const NEEDED = "urn:sokhach:problem:sudo-needed";

/** Asks the person to prove again who they are. False: they would rather not. */
type Ask = () => Promise<boolean>;

let ask: Ask | null = null;
let asking: Promise<boolean> | null = null;

/** Whoever can ask says so; what comes back takes it away. */
export function onSudoNeeded(now: Ask): () => void {
  ask = now;
  return () => {
    if (ask === now) ask = null;
  };
}

async function isNeeded(response: Response): Promise<boolean> {
  if (response.status !== 403) return false;
  try {
    return (await response.clone().json()).type === NEEDED;
  } catch {
    return false;
  }
}

/** Several requests at a time ask once. */
function prove(): Promise<boolean> {
  if (!ask) return Promise.resolve(false);
  asking ??= ask().finally(() => {
    asking = null;
  });
  return asking;
}

/**
 * Sends a request; where the server wants to know again who is there, the person is asked, and the same request goes
 * once more. Who declines gets the server's refusal.
 */
export async function sendWithSudo(
  request: Request,
  send: (request: Request) => Promise<Response>,
): Promise<Response> {
  if (request.method === "GET") return send(request);
  const again = request.clone();
  const response = await send(request);
  if (!(await isNeeded(response)) || !(await prove())) return response;
  return send(again);
}
