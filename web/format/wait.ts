/** How long to wait, in words: seconds up to a minute, then whole minutes, rounded up. */
import type { Words } from "../words/languages.ts";

export const waitText = (seconds: number, words: Words): string =>
  seconds < 60 ? words.wait.seconds(seconds) : words.wait.minutes(Math.ceil(seconds / 60));
