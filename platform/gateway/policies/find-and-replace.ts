import type { MessageContent } from "../messages/message-content.ts";
import type { ByteStream } from "../messages/byte-stream.ts";
import { allSections } from "./all-sections.ts";
import type { Policy } from "../compiler/policy.ts";

/**
 * Replaces every occurrence of a text in the body: of the request in inbound and backend, of the response after.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - find-and-replace".
 */
export const findAndReplace: Policy = {
  name: "find-and-replace",
  sections: allSections,
  attributes: { from: { required: true }, to: { required: true } },
  compile(element, compiler) {
    const from = compiler.text(element, "from");
    const to = compiler.text(element, "to");
    const { section } = compiler.place;
    const onRequest = section === "inbound" || section === "backend";
    if (onRequest) compiler.reads.request = true;
    else compiler.reads.response = true;
    return (exchange) => {
      const content = onRequest ? exchange.request.content : exchange.response?.content;
      if (content) replaceIn(content, from(exchange), to(exchange));
    };
  },
};

function replaceIn(content: MessageContent<ByteStream>, from: string, to: string): void {
  const { bytes } = content;
  if (bytes === null || from === "") return;
  content.replace(Buffer.from(bytes.toString().split(from).join(to)));
}
