import { armError, resourceNotFound, type Answer } from "./answer.ts";
import { isSameName, type AnswerProvider, type ArmRequest } from "./arm-request.ts";
import { authorize } from "./authorize.ts";

/** A request, read from the wire. */
export interface WireRequest {
  readonly method: string;
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readBody(): Promise<string | undefined>;
}

/** What stands behind the resource manager. */
export interface ArmContext {
  /** `/subscriptions/…/resourceGroups/…`: the one group that there is. */
  readonly resourceGroup: string;
  readonly identityOf: (token: string) => string | undefined;
  /** By the provider's name, such as `Microsoft.Web`. */
  readonly providers: Readonly<Record<string, AnswerProvider>>;
}

/**
 * Decides in Azure Resource Manager's order: the token, `api-version`, what the identity may do, whether the resource exists,
 * and last whether it can do what is asked.
 *
 * @see https://learn.microsoft.com/rest/api/azure/
 */
export async function answerArmRequest(request: WireRequest, context: ArmContext): Promise<Answer> {
  const id = decode(request.pathname);
  if (id === undefined) return armError(400, "InvalidRequestUri", "The request URI is invalid.");
  const refused = authorize(request.authorization, { method: request.method, id }, context.identityOf);
  if (refused?.status === 401) return refused;
  const wrongVersion = refuseApiVersion(request.query.get("api-version"));
  if (wrongVersion) return wrongVersion;
  if (refused) return refused;
  const place = findProvider(id, context);
  const { method } = request;
  const answer = await place?.provider({
    ...{ method, id, segments: place.segments },
    readBody: () => request.readBody(),
  });
  return answer ?? resourceNotFound(id);
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname).replace(/\/$/, "");
  } catch {
    return undefined;
  }
}

/** Which versions Azure knows differs from provider to provider; what is asked of each is the same in all of them here. */
function refuseApiVersion(version: string | null): Answer | undefined {
  if (!version)
    return armError(
      400,
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  if (/^\d{4}-\d{2}-\d{2}(-preview)?$/.test(version)) return undefined;
  return armError(400, "InvalidApiVersionParameter", "The api-version is invalid; expected yyyy-MM-dd.");
}

function findProvider(
  id: string,
  { resourceGroup, providers }: ArmContext,
): (Pick<ArmRequest, "segments"> & { provider: AnswerProvider }) | undefined {
  const prefix = `${resourceGroup}/providers/`;
  if (!isSameName(id.slice(0, prefix.length), prefix)) return undefined;
  const [name, ...segments] = id.slice(prefix.length).split("/");
  const provider = Object.entries(providers).find(([known]) => isSameName(name, known))?.[1];
  return provider && { provider, segments };
}
