/** Names of funds and programmes: from their published documents, or their codes where a document is missing. */
import { Type } from "typebox";
import { Value } from "typebox/value";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { Bilingual } from "../../protocol/ports/views.ts";
import type { DocumentStore } from "./options.ts";
import { Published } from "./published.ts";

const Named = Type.Object({
  name: Type.Object({
    zh: Type.String({ minLength: 1, maxLength: 200 }),
    en: Type.String({ minLength: 1, maxLength: 200 }),
  }),
});

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
  readonly #names: Published<Bilingual>;

  constructor(documents: DocumentStore) {
    this.#names = new Published(documents, nameIn);
  }

  /** The name that the document of this digest gives, or `code` in both languages. */
  async of(document: Bytes32, code: string): Promise<Bilingual> {
    return (await this.#names.of(document)) ?? { zh: code, en: code };
  }
}
