/** How long something took, in the two largest units, rounded up so that "within" stays true. */
import { html, type Html } from "../html.ts";
import type { Words } from "../words/languages.ts";

const minuteSeconds = 60;
const hourSeconds = 3600;
const daySeconds = 86_400;

const roundedUp = (seconds: number, unitSeconds: number): number =>
  Math.ceil(seconds / unitSeconds) * unitSeconds;

/** Whole seconds, 0 or more: 2 days 3 hours, 40 minutes; nothing is shorter than a minute. */
export const durationText = (seconds: number, { duration: say }: Words): Html => {
  const unit = seconds > daySeconds ? hourSeconds : minuteSeconds;
  const whole = Math.max(minuteSeconds, roundedUp(seconds, unit));
  const days = Math.floor(whole / daySeconds);
  const hours = Math.floor((whole % daySeconds) / hourSeconds);
  const minutes = Math.floor((whole % hourSeconds) / minuteSeconds);
  const parts = [
    days > 0 && say.days(days),
    hours > 0 && say.hours(hours),
    minutes > 0 && days === 0 && say.minutes(minutes),
  ].filter((part) => part !== false);
  return html`${parts.join(" ")}`;
};
