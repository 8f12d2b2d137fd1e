/** Names of funds and programmes: from their published documents, or their codes where a document is missing. */
import { Type } from "typebox";
import { Value } from "typebox/value";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { Bilingual } from "../../protocol/ports/views.ts";
import type { DocumentStore } from "./options.ts";
import { Recent } from "./recent.ts";

const Named = Type.Object({
  name: Type.Object({
    zh: Type.String({ minLength: 1, maxLength: 200 }),
    en: Type.String({ minLength: 1, maxLength: 200 }),
  }),
});

const rememberedNames = 5_000;

const nameIn = (json: string): Bilingual | undefined => {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!Value.Check(Named, content)) return undefined;
  const { zh, en } = content.name;
  return { zh, en };
};

export class Names {
  readonly #documents: DocumentStore;
  readonly #known = new Recent<Bilingual>(rememberedNames);

  constructor(documents: DocumentStore) {
    this.#documents = documents;
  }

  /** The name that the document of this digest gives, or `code` in both languages. */
  async of(document: Bytes32, code: string): Promise<Bilingual> {
    const known = this.#known.get(document);
    if (known !== undefined) return known;
    const json = await this.#documents.document(document);
    const name = json === undefined ? undefined : nameIn(json);
    // A document can be published later: only a name that was found is remembered.
    if (name === undefined) return { zh: code, en: code };
    this.#known.set(document, name);
    return name;
  }
}
