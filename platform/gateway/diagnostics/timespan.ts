/** Milliseconds as Application Insights writes durations: `hh:mm:ss.fffffff`, with days in front as `d.` when there are any. */
export function timespan(milliseconds: number): string {
  const whole = Math.max(0, Math.floor(milliseconds));
  const [days, hours, minutes, seconds] = [
    Math.floor(whole / 86_400_000),
    Math.floor(whole / 3_600_000) % 24,
    Math.floor(whole / 60_000) % 60,
    Math.floor(whole / 1000) % 60,
  ];
  const clock = [hours, minutes, seconds].map((part) => String(part).padStart(2, "0")).join(":");
  return `${days > 0 ? `${days}.` : ""}${clock}.${String(whole % 1000).padStart(3, "0")}0000`;
}
