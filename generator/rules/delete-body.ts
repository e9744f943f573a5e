import { onOperations } from "./visiting/on.ts";

/** DELETE takes no body: caches, proxies and clients drop it (RFC 9110, 9.3.5). Of GET and HEAD the generator says so. */
export const deleteBody = onOperations(({ method, spot }) => {
  if (method === "delete" && "requestBody" in spot.object)
    spot.at("requestBody").report("a DELETE takes no body");
});
