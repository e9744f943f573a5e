import { CommandError } from "../errors.ts";
import { maxDocumentBytes } from "../values/document.ts";
import type { Command } from "./command.ts";
import { maxWriteBatchSize } from "./write-statements.ts";

/** The largest message, in bytes, that the server reads. */
export const maxMessageBytes = 48_000_000;

/** `hello` and `isMaster`: a standalone server of MongoDB 7.0's wire version, with sessions and without retryable writes. */
export const hello: Command = {
  fields: [
    ...["helloOk", "client", "compression", "loadBalanced", "saslSupportedMechs", "speculativeAuthenticate"],
    ...["topologyVersion", "maxAwaitTimeMS", "hostInfo", "backpressure"],
  ],
  run: (_body, { now }) => ({
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize,
    localTime: now(),
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    ok: 1,
  }),
};

/** `ping`. */
export const ping: Command = { fields: [], run: () => ({ ok: 1 }) };

/** `endSessions`: sessions hold no state here. */
export const endSessions: Command = { fields: [], run: () => ({ ok: 1 }) };

/** `buildInfo`. */
export const buildInfo: Command = {
  fields: [],
  run: () => ({
    version: "7.0.0",
    versionArray: [7, 0, 0, 0],
    modules: ["specimen-embedded"],
    bits: 64,
    maxBsonObjectSize: maxDocumentBytes,
    ok: 1,
  }),
};

/** The commands of authentication, of which there is none. */
export const authenticate: Command = {
  fields: ["mechanism", "payload", "autoAuthorize", "options", "conversationId", "user"],
  run: () => {
    throw new CommandError(
      "AuthenticationFailed",
      "The embedded development database has no users: take the credentials out of the URI",
    );
  },
};
