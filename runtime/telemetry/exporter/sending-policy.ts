/** How long the collector may take for one batch, in milliseconds: the SDK would wait for ever. */
const TIMEOUT_MS = 10_000;

/** The parts of `PipelinePolicy` (@azure/core-rest-pipeline) that are used here. */
interface Policy {
  readonly name: string;
  sendRequest<Request extends { timeout: number }, Response extends { readonly status: number }>(
    request: Request,
    next: (request: Request) => Promise<Response>,
  ): Promise<Response>;
}

export interface Sending {
  readonly policy: Policy;
  /** Whether the last thing that was sent was not taken. */
  readonly isAway: () => boolean;
}

/** @param onChange hears when the collector stops taking what is sent, and when it takes it again */
export function sendingPolicy(onChange: (isAway: boolean, reason: string) => void): Sending {
  let isAway = false;
  const seen = (away: boolean, reason: string): void => {
    if (away === isAway) return;
    isAway = away;
    onChange(away, reason);
  };
  const policy: Policy = {
    name: "specimen-sending",
    async sendRequest(request, next) {
      request.timeout = TIMEOUT_MS;
      try {
        const response = await next(request);
        // 206: it takes some and says which not. That is no reason to believe it away.
        seen(response.status >= 300, String(response.status));
        return response;
      } catch (error) {
        seen(true, codeOf(error));
        throw error;
      }
    },
  };
  return { policy, isAway: () => isAway };
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
