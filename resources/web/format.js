/** Times and prices as a reader expects them. Pure functions of their arguments. */

import { language, t } from "./i18n.js";

export const locale = () => (language === "zh" ? "zh-CN" : "en-GB");

/** @param {number|string|Date} at */
export function clock(at) {
  return new Date(at).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit", hour12: false });
}

/** Two moments share a key when they fall on one local day. */
export function dayKey(at) {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** Today, yesterday, else the date; the year only when it is another. */
export function day(at, now) {
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (dayKey(at) === dayKey(now)) return t("day.today");
  if (dayKey(at) === dayKey(yesterday)) return t("day.yesterday");
  const date = new Date(at);
  const form = { month: "long", day: "numeric", weekday: "short" };
  if (date.getFullYear() !== new Date(now).getFullYear()) form.year = "numeric";
  return date.toLocaleDateString(locale(), form);
}

/** A day near by, as "12月5日周六". */
export function date(at) {
  return new Date(at).toLocaleDateString(locale(), { month: "short", day: "numeric", weekday: "short" });
}

/** Day and time in one. */
export function moment(at) {
  return date(at) + " " + clock(at);
}

/** Milliseconds → "0:07", for sound and video. */
export function length(ms) {
  const seconds = Math.max(0, Math.round((ms || 0) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Cents → "¥1,299" or "¥99.50" */
export function money(cents) {
  const form = { minimumFractionDigits: cents % 100 ? 2 : 0, maximumFractionDigits: 2 };
  return "¥" + (cents / 100).toLocaleString(locale(), form);
}

/** Minutes after midnight → "10:00" */
export function hour(minutes) {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
