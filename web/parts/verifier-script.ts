/** Where the check's script and words are served. */
import { asset } from "../assets.ts";
import type { Language } from "../words/languages.ts";

export const verifierScript = (language: Language): { readonly address: string; readonly words: string } => ({
  address: asset("verify.js"),
  words: asset(language === "zh" ? "verify-zh.json" : "verify-en.json"),
});
