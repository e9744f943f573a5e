import { allSections } from "./all-sections.ts";
import type { Policy } from "../compiler/policy.ts";

/**
 * Writes a message to the gateway's log, and to its telemetry when the severity reaches the diagnostic's verbosity.
 *
 * Source: Microsoft Learn, "Azure API Management policy reference - trace".
 */
export const trace: Policy = {
  name: "trace",
  sections: allSections,
  attributes: {
    source: { required: true, literal: true },
    severity: { literal: true, only: ["verbose", "information", "error"] },
  },
  children: {
    message: { min: 1, max: 1, text: { required: true } },
    metadata: { attributes: { name: { required: true, literal: true }, value: { required: true } } },
  },
  compile(element, compiler) {
    const source = compiler.literal(element, "source");
    const severity = compiler.literal(element, "severity", "verbose");
    const messages = element.children
      .filter(({ name }) => name === "message")
      .map((child) => compiler.content(child));
    const metadata = element.children
      .filter(({ name }) => name === "metadata")
      .map((child) => ({ name: compiler.literal(child, "name"), value: compiler.text(child, "value") }));
    return (exchange) => {
      const event = {
        source,
        severity,
        requestId: exchange.requestId,
        message: messages.map((message) => message(exchange)).join(""),
        metadata: Object.fromEntries(metadata.map(({ name, value }) => [name, value(exchange)])),
      };
      compiler.services.trace(event);
      exchange.recording?.write(event);
    };
  },
};
