import type { AzureEnvironment } from "../../generated/environment.ts";
import type { Manifest } from "../manifest.ts";
import type { Collection } from "../services/collections.ts";
import type { StackIndex } from "./stack-index.ts";

/** What checks compare the stacks with. */
export interface CheckContext {
  readonly index: StackIndex;
  readonly manifest: Manifest;
  readonly environment: AzureEnvironment;
  /** By API, what its handlers declare. */
  readonly collections: ReadonlyMap<string, readonly Collection[]>;
  /** The text of each file for API Management, by its path in `generated/`. */
  readonly generated: ReadonlyMap<string, string>;
}
