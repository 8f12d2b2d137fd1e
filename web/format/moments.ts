/** Days and moments of Asia/Shanghai as each language writes them. The page's foot names the time zone. */
import { dayOf, dayStart, formatDay, formatInstant } from "../../protocol/calendar.ts";
import type { DayNumber, UnixSeconds } from "../../protocol/ledger/events.ts";
import { html, type Html } from "../html.ts";
import type { Language } from "../words/languages.ts";

const formats = (options: Intl.DateTimeFormatOptions): Readonly<Record<Language, Intl.DateTimeFormat>> => ({
  zh: new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", ...options }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", ...options }),
});

const days = formats({ year: "numeric", month: "long", day: "numeric" });
const months = formats({ year: "numeric", month: "long" });
const times = formats({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** 2019年11月30日, 30 November 2019. */
export const dayText = (day: DayNumber, language: Language): Html =>
  html`<time datetime="${formatDay(day)}">${days[language].format(dayStart(day) * 1000)}</time>`;

/** The day of a moment, without its time. */
export const dayOfText = (instant: UnixSeconds, language: Language): Html =>
  dayText(dayOf(instant), language);

/** 2019年11月, November 2019. */
export const monthText = (instant: UnixSeconds, language: Language): Html =>
  html`<time datetime="${formatDay(dayOf(instant)).slice(0, 7)}"
    >${months[language].format(instant * 1000)}</time
  >`;

/** 2019年11月30日 08:15, 30 November 2019, 08:15. */
export const momentText = (instant: UnixSeconds, language: Language): Html =>
  html`<time datetime="${formatInstant(instant)}"
    >${days[language].format(instant * 1000)}${language === "en" ? ", " : " "}${times[language].format(
      instant * 1000,
    )}</time
  >`;
