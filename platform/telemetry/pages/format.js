const clock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hourCycle: "h23",
});
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const number = new Intl.NumberFormat();
const short = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 4 });

const seconds = new Intl.DateTimeFormat(undefined, { timeStyle: "medium", hourCycle: "h23" });

export const formatSecond = (ms) => seconds.format(ms);
export const formatTime = (ms) => clock.format(ms);
export const formatDay = (ms) => `${day.format(ms)}, ${clock.format(ms)}`;
export const formatCount = (value) => number.format(value);
export const formatValue = (value) =>
  value === undefined ? "" : Math.abs(value) >= 1000 ? number.format(Math.round(value)) : short.format(value);

/** Three digits are enough to compare by. */
export function formatDuration(ms) {
  if (ms === undefined) return "";
  if (ms >= 60_000) return `${(ms / 60_000).toFixed(1)} min`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms >= 100) return `${ms.toFixed(0)} ms`;
  return `${ms.toFixed(ms >= 10 ? 1 : 2)} ms`;
}

export const formatShare = (part, whole) =>
  whole === 0 ? "0 %" : `${((100 * part) / whole).toFixed(part > 0 && part < whole / 10 ? 1 : 0)} %`;

export const shortId = (id) => id.slice(0, 8);

export const plural = (count, one, many = `${one}s`) => `${formatCount(count)} ${count === 1 ? one : many}`;

/** The address of a transaction, or of one of its spans. */
export const transactionAddress = (traceId, spanId) =>
  `#/transaction/${encodeURIComponent(traceId)}${spanId ? `/${encodeURIComponent(spanId)}` : ""}`;
