/**
 * Where a trace stands between 0 and 100: it is kept when that is less than the percentage. Every SDK of Application Insights
 * computes the same, so that all of them keep the same traces.
 *
 * Source: Microsoft Learn, "Sampling in Application Insights"; `SamplingScoreGenerator` of the .NET SDK.
 */
export function samplingScore(traceId: string): number {
  return (hashOf(traceId) / greatest) * 100;
}

const greatest = 0x7fff_ffff;

function hashOf(text: string): number {
  if (text === "") return 0;
  let input = text;
  while (input.length < 8) input += input;
  let hash = 5381;
  for (let index = 0; index < input.length; index++)
    hash = ((hash << 5) + hash + input.charCodeAt(index)) | 0;
  // The least integer has no positive counterpart.
  return Math.min(greatest, Math.abs(hash));
}
