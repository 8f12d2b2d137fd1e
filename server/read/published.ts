/** What published documents say, read once: a digest always names the same text. */
import type { Bytes32 } from "../../protocol/ids.ts";
import type { DocumentStore } from "./options.ts";
import { Recent } from "./recent.ts";

const remembered = 5_000;

export class Published<Content> {
  readonly #documents: DocumentStore;
  readonly #read: (json: string) => Content | undefined;
  readonly #known = new Recent<Content>(remembered);

  /** `read` answers undefined for a document that holds no such content. */
  constructor(documents: DocumentStore, read: (json: string) => Content | undefined) {
    this.#documents = documents;
    this.#read = read;
  }

  /** What the document of this digest says; undefined where this gateway does not have it, or it says something else. */
  async of(document: Bytes32): Promise<Content | undefined> {
    const known = this.#known.get(document);
    if (known !== undefined) return known;
    const json = await this.#documents.document(document);
    const content = json === undefined ? undefined : this.#read(json);
    // A document can be published later: only one that was found is remembered.
    if (content !== undefined) this.#known.set(document, content);
    return content;
  }
}
