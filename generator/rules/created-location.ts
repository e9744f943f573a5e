import { onOperations } from "./visiting/on.ts";

/** A 201 says in `Location` where the new resource is (RFC 9110, 15.3.2). */
export const createdLocation = onOperations(({ responses, isPublic }) => {
  for (const [status, response] of responses) {
    const headers = Object.keys(response.at("headers").object).map((name) => name.toLowerCase());
    if (isPublic && status === "201" && response.exists && !headers.includes("location"))
      response.report("a 201 says in the header Location where the new resource is");
  }
});
