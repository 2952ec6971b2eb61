/** Times as the person at the browser reads them: its zone, its language, its clock. */

const DAY_MS = 86_400_000;
const RELATIVE = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** 22:45, or 10:45 PM. */
export const timeOf = (unix) => format(unix, { hour: "2-digit", minute: "2-digit" });

/** Everything about a moment. */
export const momentOf = (unix) => format(unix, { dateStyle: "full", timeStyle: "long" });

/** A time with seconds and their thousandths. */
export const preciseTimeOf = (unix) =>
  format(unix, { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hour12: false });

/** The day that a message belongs to: the same for two exactly when they share a day here. */
export const dayKey = (unix) => new Date(unix * 1000).toDateString();

/** Today, Yesterday, March 17, March 17, 2022. */
export function dayOf(unix, now = new Date()) {
  const days = daysAgo(unix, now);
  if (days === 0 || days === 1) return days ? "Yesterday" : "Today";
  const year = new Date(unix * 1000).getFullYear() === now.getFullYear() ? undefined : "numeric";
  return format(unix, { day: "numeric", month: "long", year });
}

/** What a list of chats shows: the time today, the weekday this week, else the date. */
export function briefly(unix, now = new Date()) {
  const days = daysAgo(unix, now);
  if (days === 0) return timeOf(unix);
  return format(unix, days < 7 ? { weekday: "short" } : { day: "numeric", month: "short", year: "2-digit" });
}

/**
 * A `date_time` entity: *shape* is the Bot API's `r|w?[dD]?[tT]?`; empty: the words as they stand.
 * core.telegram.org/bots/api#date-time-entity-formatting
 */
export function dateTimeOf(unix, shape, words, now = Date.now()) {
  if (!shape) return words;
  if (shape === "r") return relative(unix - now / 1000);
  return format(unix, {
    ...(shape.includes("w") ? { weekday: shape.includes("d") ? "short" : "long" } : {}),
    ...(shape.includes("d") ? { day: "2-digit", month: "2-digit", year: "2-digit" } : {}),
    ...(shape.includes("D") ? { day: "numeric", month: "long", year: "numeric" } : {}),
    ...(/[tT]/.test(shape) ? { hour: "2-digit", minute: "2-digit" } : {}),
    ...(shape.includes("T") ? { second: "2-digit" } : {}),
  });
}

function relative(seconds) {
  const [unit, length] = RELATIVE.find(([, length]) => Math.abs(seconds) >= length) ?? RELATIVE.at(-1);
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.trunc(seconds / length), unit);
}

function daysAgo(unix, now) {
  const midnight = (date) => new Date(date).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(unix * 1000)) / DAY_MS);
}

function format(unix, options) {
  return new Intl.DateTimeFormat(undefined, options).format(unix * 1000);
}
