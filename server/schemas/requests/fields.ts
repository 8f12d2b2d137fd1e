/** Fields that several requests share. */
import { Type } from "typebox";
import { longestText, longestTitle } from "../../documents.ts";
import { closed } from "../common.ts";

export const PolicyPeriod = Type.Integer({ minimum: 1, maximum: 1_000_000 });

/** In a path: a record that has a number and no code. */
export const RecordNumber = Type.String({ pattern: "^[1-9][0-9]{0,9}$" });

/** A number in the foundation's own files. */
export const PaperNumber = (what: string) =>
  Type.String({
    minLength: 1,
    maxLength: 128,
    description: `${what}, for the vault; only a salted commitment to it is published.`,
  });

export const IdNumberText = Type.String({
  minLength: 1,
  maxLength: 40,
  description: "Citizen identity number of 18 characters. It goes to the vault and nowhere else.",
});

/** Seconds since 1970, as a roster's leaf holds them. */
export const Seconds = Type.Integer({ minimum: 0, maximum: 1_099_511_627_775 });

/**
 * No control characters but the new line, and none that turn the direction of what follows: what is published must read
 * the same for everybody.
 */
const readable =
  "^[^\\u0000-\\u0009\\u000b-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]*$";

const bilingual = (maxLength: number) => {
  const text = Type.String({ minLength: 1, maxLength, pattern: readable });
  return Type.Object({ zh: text, en: text }, closed);
};

export const StatementBody = Type.Object(
  { title: bilingual(longestTitle), text: bilingual(longestText) },
  { ...closed, description: "Published for ever, in both languages. No personal data." },
);
