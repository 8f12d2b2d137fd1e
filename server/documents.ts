/**
 * What the desk publishes beside terms and names, and how it is read back: the desk writes these documents, pages and
 * answers read them. The chain carries their digests only.
 */
import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import type { Json } from "../protocol/json.ts";
import type { Statement } from "../protocol/ports/desk.ts";
import type { Bilingual } from "../protocol/ports/views.ts";

export const longestTitle = 200;
export const longestText = 4_000;
export const mostInsurers = 16;

const bilingual = (maxLength: number) => {
  const text = Type.String({ minLength: 1, maxLength });
  return Type.Object({ zh: text, en: text });
};

const StatementDocument = Type.Object({
  kind: Type.Literal("statement"),
  title: bilingual(longestTitle),
  text: bilingual(longestText),
});

const InsurersDocument = Type.Object({
  kind: Type.Literal("insurers"),
  insurers: Type.Array(
    Type.Object({
      name: bilingual(longestTitle),
      shareBps: Type.Integer({ minimum: 1, maximum: 10_000 }),
    }),
    { minItems: 1, maxItems: mostInsurers },
  ),
});

/** In the order of the shares on the chain. */
export type NamedInsurers = Static<typeof InsurersDocument>["insurers"];

const plain = ({ zh, en }: Bilingual): Bilingual => ({ zh, en });

/** What attestations, findings, their answers and closings, and correction notes publish. */
export const statementDocument = ({ title, text }: Statement): Json => ({
  kind: "statement",
  title: { ...plain(title) },
  text: { ...plain(text) },
});

export const insurersDocument = (
  insurers: readonly { readonly name: Bilingual; readonly shareBps: number }[],
): Json => ({
  kind: "insurers",
  insurers: insurers.map(({ name, shareBps }) => ({ name: { ...plain(name) }, shareBps })),
});

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
};

/** The statement that a published document holds; undefined where it holds none. */
export const readStatement = (json: string): Statement | undefined => {
  const document = parsed(json);
  if (!Value.Check(StatementDocument, document)) return undefined;
  return { title: plain(document.title), text: plain(document.text) };
};

/** Who insures a policy period, by name; undefined where the document does not say. */
export const readInsurers = (json: string): NamedInsurers | undefined => {
  const document = parsed(json);
  return Value.Check(InsurersDocument, document) ? document.insurers : undefined;
};
