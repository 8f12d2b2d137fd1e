/** What is asked of the desk about funds. */
import { Type } from "typebox";
import { closed, CodeText, Currency, Text } from "../common.ts";

export const OpenFundBody = Type.Object(
  {
    name: Text,
    currency: Currency,
    claimsShareBps: Type.Integer({ minimum: 0, maximum: 10_000 }),
    restrictedTo: Type.Optional(CodeText),
    fallbackTo: Type.Optional(CodeText),
  },
  closed,
);
