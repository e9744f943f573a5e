import { onOperations } from "./visiting/on.ts";

/** A response header says what it means. */
export const headerDescription = onOperations(({ responses }) => {
  for (const [, response] of responses) {
    for (const [name, header] of response.at("headers").members())
      if (header.exists && !header.object.description)
        header.report(`the header ${name} needs a description`);
  }
});
