const MAX_INT = 2_147_483_647;
/** The quotient of a quotient is a little more than a whole number. */
const ROUNDING = 1e-9;

/**
 * Whether a trace is among those that are recorded. The trace id decides, in the way of Application Insights: gateway and apps
 * come to the same answer by themselves, so a trace is recorded whole or not at all.
 * Source: Microsoft Learn, "Sampling in Application Insights" (fixed-rate sampling by operation id).
 * @param ratio from 0 (none) to 1 (all)
 */
export function isSampled(traceId: string, ratio: number): boolean {
  return ratio >= 1 || scoreOf(traceId) < ratio;
}

/** The largest ratio up to the given one of which one item stands for a whole number of them: that is what is counted. */
export function countableRatio(ratio: number): number {
  return ratio <= 0 ? 0 : 1 / Math.ceil(1 / ratio - ROUNDING);
}

/** From 0 to 1: the hash of Application Insights' SDKs. */
function scoreOf(traceId: string): number {
  let hash = 5381;
  for (let index = 0; index < traceId.length; index++)
    hash = ((hash << 5) + hash + traceId.charCodeAt(index)) | 0;
  return Math.min(Math.abs(hash), MAX_INT) / MAX_INT;
}
