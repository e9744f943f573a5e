import type { IncomingMessage, ServerResponse } from "node:http";
import { ConfigurationError } from "../configuration/configuration-error.ts";
import { StaticMount } from "./static-mount.ts";

/**
 * Answers the requests to a mount. A rejection becomes the answer to an internal error, or closes the connection.
 *
 * @param path as sent, without query
 */
export type ServeMount = (path: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Pages beside the APIs, by the path that they stand at: `/portal`. */
export interface MountOptions {
  /** Directories. */
  readonly staticMounts?: Readonly<Record<string, string>>;
  /** Pages that are made. */
  readonly mounts?: Readonly<Record<string, ServeMount>>;
}

/** A path that is not the APIs', with everything below it. */
export interface Mount {
  /** `/portal`, without a slash at its end. */
  readonly prefix: string;
  readonly serve: ServeMount;
}

/**
 * All mounts, the one with the longest prefix first.
 *
 * @throws ConfigurationError for a prefix that is none, or that two have
 */
export function mountsOf({ staticMounts = {}, mounts = {} }: MountOptions): Mount[] {
  const made = Object.entries(mounts).map(([prefix, serve]) => madeAt(prefix, serve));
  const all = [
    ...Object.entries(staticMounts).map(([prefix, directory]) => directoryAt(prefix, directory)),
    ...made,
  ];
  for (const { prefix } of all)
    if (!/^(\/[^/?#]+)+$/.test(prefix))
      throw new ConfigurationError(`mount ${prefix}`, "expected a path without a slash at its end: /portal");
  const twice = made.find(({ prefix }) => Object.hasOwn(staticMounts, prefix));
  if (twice) throw new ConfigurationError(`mount ${twice.prefix}`, "a directory is mounted there already");
  return all.sort((one, other) => other.prefix.length - one.prefix.length);
}

/** True when the path is the mount's to answer. */
export function owns({ prefix }: Mount, path: string): boolean {
  return path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === "/");
}

function directoryAt(prefix: string, directory: string): Mount {
  const mount = new StaticMount(prefix, directory);
  return { prefix, serve: (path, request, response) => mount.serve(path, request, response) };
}

/** What a page throws at once becomes a rejection too. */
function madeAt(prefix: string, serve: ServeMount): Mount {
  return { prefix, serve: async (path, request, response) => await serve(path, request, response) };
}
