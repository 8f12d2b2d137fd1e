/** The languages of the explorer, Chinese first, and which of them a browser prefers. */
import { en } from "./en.ts";
import { zh, type Words } from "./zh.ts";

export type { Words };

export const languages = ["zh", "en"] as const;
export type Language = (typeof languages)[number];

export const words: Readonly<Record<Language, Words>> = { zh, en };

export const otherLanguage = (language: Language): Language => (language === "zh" ? "en" : "zh");

export const isLanguage = (text: string | undefined): text is Language => text === "zh" || text === "en";

interface Wish {
  readonly tag: string;
  readonly weight: number;
}

const parsedWishes = (header: string): readonly Wish[] =>
  header
    .slice(0, 500)
    .split(",")
    .map((part): Wish => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters
        .map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1])
        .find(Boolean);
      return { tag, weight: quality === undefined ? 1 : Number(quality) };
    })
    .filter((wish) => wish.weight > 0);

/** The language of an Accept-Language header: English where it is wished for before Chinese, else Chinese. */
export const preferredLanguage = (acceptLanguage: string | undefined): Language => {
  const weightOf = (language: Language): number =>
    Math.max(
      0,
      ...parsedWishes(acceptLanguage ?? "")
        .filter((wish) => wish.tag === language || wish.tag.startsWith(`${language}-`))
        .map((wish) => wish.weight),
    );
  return weightOf("en") > weightOf("zh") ? "en" : "zh";
};
