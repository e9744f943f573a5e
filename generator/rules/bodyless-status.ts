import { onOperations } from "./visiting/on.ts";

const BODYLESS = ["204", "205", "304"];

/** A 204, 205 or 304 has no body (RFC 9110, 15.3.5, 15.3.6 and 15.4.5): a client would take it for the next answer. */
export const bodylessStatus = onOperations(({ responses }) => {
  for (const [status, response] of responses)
    if (BODYLESS.includes(status) && response.at("content").members().length > 0)
      response.at("content").report(`a ${status} has no body`);
});
