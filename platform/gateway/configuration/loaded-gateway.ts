import type { BackendAddress } from "../backends/backend-address.ts";
import type { ExpressionApi, ExpressionOperation } from "../expressions/context.ts";
import type { ApiTable } from "../matching/api-table.ts";
import type { RouteTable } from "../matching/route-table.ts";
import type { Pipeline, Statement } from "../pipeline/statement.ts";
import type { AccessRules } from "../subscriptions/decide-access.ts";

/** Everything the gateway matches requests against. */
export interface LoadedGateway {
  readonly apis: ApiTable<LoadedApi>;
  /** What runs for a request that matches no operation. */
  readonly globalOnError: readonly Statement[];
}

/** One API, ready to match. */
export interface LoadedApi {
  readonly info: ExpressionApi;
  /** Number of segments of its path. */
  readonly depth: number;
  readonly access: AccessRules;
  /** The service URL. */
  readonly backend: BackendAddress;
  readonly routes: RouteTable<Route>;
}

/** One operation, ready to run in the context of any product of its API. */
export interface Route {
  readonly operation: ExpressionOperation;
  /** By product id; the empty key is for no product. */
  readonly pipelines: ReadonlyMap<string, Pipeline>;
}
