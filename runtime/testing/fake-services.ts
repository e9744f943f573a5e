import type { Services } from "../pipeline.ts";
import { replyValidator } from "../reply-validation/reply-validator.ts";
import type { ReplyValidationOptions } from "../reply-validation/reply-validator.ts";
import { noTelemetry } from "../telemetry/telemetry.ts";
import { fakeClock } from "./fake-clock.ts";
import { recordingLog } from "./recording-log.ts";
import type { RecordingLog } from "./recording-log.ts";
import { recordingSink } from "./recording-sink.ts";
import type { RecordingSink } from "./recording-sink.ts";

/** The first id that a request gets names it; the second is for what it creates. */
export const REQUEST_ID = "0198c0de-0000-7000-8000-000000000101";
export const NEW_ID = "0198c0de-0000-7000-8000-000000000102";

export interface FakeServices extends Services<string> {
  readonly audit: RecordingSink;
  readonly recorded: RecordingLog;
}

/**
 * Services of an app whose handlers get the text `context`.
 * @param options of the validation of replies; an answer that breaks the contract is thrown unless they say otherwise
 */
export function fakeServices(
  changes: Partial<FakeServices> = {},
  options: Partial<ReplyValidationOptions> = {},
): FakeServices {
  const recorded = recordingLog();
  const clock = fakeClock();
  let made = 0;
  return {
    service: "patient",
    audit: recordingSink(),
    clock,
    ids: () => `0198c0de-0000-7000-8000-${String(101 + made++).padStart(12, "0")}`,
    recorded,
    log: recorded.write,
    telemetry: noTelemetry,
    replies: replyValidator({
      validation: "throw",
      rate: 1,
      random: () => 0,
      clock,
      log: recorded.write,
      ...options,
    }),
    searchTerms: () => Promise.resolve([]),
    context: () => Promise.resolve("context"),
    ...changes,
  };
}
