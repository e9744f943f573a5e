import { compileEdit, editAttributes, editChildren } from "./edit-values.ts";
import type { EditableValues } from "./edit-values.ts";
import type { RequestUrl } from "../messages/request-url.ts";
import type { Policy } from "../compiler/policy.ts";

/**
 * Assigns, adds or deletes a parameter of the query that goes to the backend. What it does not name stays as it was sent.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - set-query-parameter".
 */
export const setQueryParameter: Policy = {
  name: "set-query-parameter",
  sections: ["inbound", "backend"],
  attributes: editAttributes,
  children: editChildren,
  compile(element, compiler) {
    const edit = compileEdit(element, compiler);
    return (exchange) => edit(editable(exchange.request.url), exchange);
  },
};

function editable(url: RequestUrl): EditableValues {
  return {
    has: (name) => url.query.has(name),
    delete: (name) => url.deleteParameter(name),
    append: (name, values) => url.appendParameter(name, values),
    write(name, values) {
      url.deleteParameter(name);
      url.appendParameter(name, values);
    },
  };
}
