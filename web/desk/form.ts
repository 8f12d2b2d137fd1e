/** A form of the desk as data: its fields, what was typed into them, and what is wrong with that. */
import { InvalidAmount, parseAmount } from "../../protocol/amounts.ts";
import type { Json } from "../../protocol/json.ts";
import type { HtmlValue } from "../html.ts";

interface Field {
  /** As the API names it inside of its request, such as `amount`, or `title.zh`. */
  readonly name: string;
  readonly label: string;
  readonly hint?: HtmlValue;
  readonly isOptional?: boolean;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
}

export type FormField = Field &
  (
    | { readonly kind: "text"; readonly maxLength: number; readonly suggestions?: readonly Choice[] }
    | { readonly kind: "amount" | "day" | "time" | "mark" }
    | { readonly kind: "lines"; readonly maxLength: number }
    | { readonly kind: "choice"; readonly choices: readonly Choice[] }
  );

/** What stands in the fields, by name. A mark that is set is `yes`. */
export type Entries = Readonly<Record<string, string>>;

/** What is wrong, by field; and what is wrong with no field in particular. */
export interface FormErrors {
  readonly fields: Readonly<Record<string, HtmlValue>>;
  readonly others: readonly HtmlValue[];
}

/** What a form asks the API for. */
export interface ApiRequest {
  readonly path: string;
  readonly body: Json;
}

/** A form's entries read: what to ask, or what is wrong. The API has the last word. */
export type Reading =
  | { readonly request: ApiRequest; readonly errors?: never }
  | { readonly errors: Readonly<Record<string, HtmlValue>> };

/** Minor units of an amount that is typed in major ones, such as 12.50; undefined where it reads as none. */
export const minorUnits = (typed: string): string | undefined => {
  try {
    return parseAmount(typed.trim()).toString();
  } catch (error) {
    if (error instanceof InvalidAmount) return undefined;
    throw error;
  }
};
