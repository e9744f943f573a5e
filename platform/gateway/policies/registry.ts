import { authenticationManagedIdentity } from "./authentication-managed-identity.ts";
import { cacheLookupValue } from "./cache-lookup-value.ts";
import { cacheRemoveValue } from "./cache-remove-value.ts";
import { cacheStoreValue } from "./cache-store-value.ts";
import { checkHeader } from "./check-header.ts";
import { choose } from "./choose.ts";
import { findAndReplace } from "./find-and-replace.ts";
import { forwardRequest } from "./forward-request.ts";
import { ipFilter } from "./ip-filter.ts";
import type { Policy } from "../compiler/policy.ts";
import { rateLimitByKey } from "./rate-limit-by-key.ts";
import { rateLimit } from "./rate-limit.ts";
import { retry } from "./retry.ts";
import { returnResponse } from "./return-response.ts";
import { rewriteUri } from "./rewrite-uri.ts";
import { sendRequest } from "./send-request.ts";
import { setBackendService } from "./set-backend-service.ts";
import { setBody } from "./set-body.ts";
import { setHeader } from "./set-header.ts";
import { setMethod } from "./set-method.ts";
import { setQueryParameter } from "./set-query-parameter.ts";
import { setStatus } from "./set-status.ts";
import { setVariable } from "./set-variable.ts";
import { trace } from "./trace.ts";

/**
 * Every policy that the local gateway executes, by element name. `<base/>` is not among them: it is resolved when scopes are
 * flattened. A name that is not here stops the start.
 */
export const policies: ReadonlyMap<string, Policy> = new Map(
  [
    authenticationManagedIdentity,
    cacheLookupValue,
    cacheRemoveValue,
    cacheStoreValue,
    checkHeader,
    choose,
    findAndReplace,
    forwardRequest,
    ipFilter,
    rateLimit,
    rateLimitByKey,
    retry,
    returnResponse,
    rewriteUri,
    sendRequest,
    setBackendService,
    setBody,
    setHeader,
    setMethod,
    setQueryParameter,
    setStatus,
    setVariable,
    trace,
  ].map((policy) => [policy.name, policy]),
);
