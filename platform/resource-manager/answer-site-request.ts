import { randomBytes } from "node:crypto";
import { armError, resourceNotFound, type Answer } from "./answer.ts";
import { isSameName, notAllowed, only, type AnswerProvider, type ArmRequest } from "./arm-request.ts";
import { readNewKey } from "./read-new-key.ts";

/** The keys of one function app. */
export interface SiteKeys {
  /** The app's functions. */
  readonly functions: readonly string[];
  read(): KeyLists;
  /** Reads, changes and keeps the keys as one step. */
  edit<Result>(change: (keys: KeyLists) => Result): Result;
}

/** Keys by name; the host key `_master` is the master key. */
export interface KeyLists {
  readonly hostKeys: Record<string, string>;
  readonly functionKeys: Record<string, Record<string, string>>;
}

/**
 * `Microsoft.Web`: list, set and delete the keys of a function app's host and of its functions.
 *
 * @param sites by their names
 * @see https://learn.microsoft.com/rest/api/appservice/web-apps/list-host-keys
 * @see https://learn.microsoft.com/rest/api/appservice/web-apps/list-function-keys
 */
export function answerSites(sites: Readonly<Record<string, SiteKeys>>): AnswerProvider {
  return (request) => {
    const [kind, siteName, ...rest] = request.segments;
    const site = Object.entries(sites).find(([name]) => isSameName(siteName, name))?.[1];
    if (!site || !isSameName(kind, "sites")) return undefined;
    const [room, name, action, key, ...more] = rest;
    if (more.length > 0) return undefined;
    if (isSameName(room, "host") && isSameName(name, "default"))
      return answerHostKeys(request, site, action, key);
    const functionName = site.functions.find((one) => isSameName(name, one));
    if (!isSameName(room, "functions") || functionName === undefined) return undefined;
    return answerFunctionKeys(request, site, { functionName, action, key });
  };
}

const MASTER_KEY = "_master";

/** Azure calls the keys that open every function "function keys" of the host. */
function answerHostKeys(
  request: ArmRequest,
  site: SiteKeys,
  action: string | undefined,
  key: string | undefined,
): Promise<Answer> | Answer | undefined {
  if (isSameName(action, "listKeys") && key === undefined)
    return only("POST", request, () => {
      const { [MASTER_KEY]: masterKey, ...functionKeys } = site.read().hostKeys;
      return { status: 200, body: { masterKey, functionKeys, systemKeys: {} } };
    });
  if (!isSameName(action, "functionKeys") || key === undefined) return undefined;
  return changeKey(request, site, key, {
    type: "Microsoft.Web/sites/host/functionKeys",
    keysOf: ({ hostKeys }) => hostKeys,
  });
}

function answerFunctionKeys(
  request: ArmRequest,
  site: SiteKeys,
  {
    functionName,
    action,
    key,
  }: { functionName: string; action: string | undefined; key: string | undefined },
): Promise<Answer> | Answer | undefined {
  if (isSameName(action, "listKeys") && key === undefined)
    return only("POST", request, () => ({
      status: 200,
      body: site.read().functionKeys[functionName] ?? {},
    }));
  if (!isSameName(action, "keys") || key === undefined) return undefined;
  return changeKey(request, site, key, {
    type: "Microsoft.Web/sites/functions/keys",
    keysOf: ({ functionKeys }) => (functionKeys[functionName] ??= {}),
  });
}

interface KeyPlace {
  readonly type: string;
  /** The list that the key is in. */
  readonly keysOf: (keys: KeyLists) => Record<string, string>;
}

function changeKey(
  request: ArmRequest,
  site: SiteKeys,
  name: string,
  place: KeyPlace,
): Promise<Answer> | Answer {
  // A leading underscore is the host's own: `_master` is no key that anybody may set here.
  if (!/^[a-z0-9][\w.-]{0,126}$/i.test(name))
    return armError(
      400,
      "BadRequest",
      "The key's name is invalid; expected letters, digits, '-', '_' and '.'.",
    );
  if (request.method === "PUT") return setKey(request, site, name, place);
  if (request.method === "DELETE") return deleteKey(request, site, name, place);
  return notAllowed(request);
}

async function setKey(request: ArmRequest, site: SiteKeys, name: string, place: KeyPlace): Promise<Answer> {
  const read = readNewKey(await request.readBody(), name);
  if ("refused" in read) return armError(400, "InvalidRequestContent", read.refused);
  const { value = randomBytes(32).toString("base64url") } = read;
  return site.edit((keys) => {
    const list = place.keysOf(keys);
    const known = spellingIn(list, name);
    list[known ?? name] = value;
    return {
      status: known === undefined ? 201 : 200,
      body: { id: request.id, name, type: place.type, properties: { name: known ?? name, value } },
    };
  });
}

function deleteKey(request: ArmRequest, site: SiteKeys, name: string, place: KeyPlace): Answer {
  return site.edit((keys) => {
    const list = place.keysOf(keys);
    const known = spellingIn(list, name);
    if (known === undefined) return resourceNotFound(request.id);
    Reflect.deleteProperty(list, known);
    return { status: 204 };
  });
}

function spellingIn(keys: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.keys(keys).find((known) => isSameName(known, name));
}
