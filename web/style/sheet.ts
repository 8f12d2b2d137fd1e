/** The style sheet: each part of the look in a file of its own, served as one. */
import { readFileSync } from "node:fs";

/** In this order: of two rules that are as exact, the later one holds. */
export const parts = [
  "base",
  "head-and-foot",
  "text",
  "forms",
  "desk",
  "tables",
  "charts",
  "timeline",
  "cards",
  "verifier",
  "certificate",
] as const;

export const styleSheet = (): string =>
  parts.map((part) => readFileSync(new URL(`./${part}.css`, import.meta.url), "utf8")).join("\n");
