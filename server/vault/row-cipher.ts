/** AES-256-GCM for single rows. A row is bound to its key column: its box opens in no other row. */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { KeyObject } from "node:crypto";

const ivBytes = 12;
const tagBytes = 16;
/** Random numbers are drawn for this many rows at once: a system call for each would cost more than the cipher. */
const ivsAtOnce = 512;

/** The box was not sealed by this key for this row. */
export class UnreadableRow extends Error {
  constructor() {
    super(
      "vault: a row does not open with this vault key; restore vault.key and the vault from the same backup",
    );
    this.name = "UnreadableRow";
  }
}

export class RowCipher {
  readonly #key: KeyObject;
  #ivs = Buffer.alloc(0);

  /** `key`: 256 bits, for fewer than 2^32 rows (random 96-bit nonces). */
  constructor(key: KeyObject) {
    this.#key = key;
  }

  /** iv ‖ ciphertext ‖ tag. */
  seal(row: Uint8Array, content: string): Buffer {
    const iv = this.#nextIv();
    const cipher = createCipheriv("aes-256-gcm", this.#key, iv, { authTagLength: tagBytes }).setAAD(row);
    return Buffer.concat([iv, cipher.update(content, "utf8"), cipher.final(), cipher.getAuthTag()]);
  }

  /** Throws {@link UnreadableRow}. */
  unseal(row: Uint8Array, box: Buffer): string {
    if (box.length < ivBytes + tagBytes) throw new UnreadableRow();
    const iv = box.subarray(0, ivBytes);
    const tag = box.subarray(box.length - tagBytes);
    try {
      const decipher = createDecipheriv("aes-256-gcm", this.#key, iv, { authTagLength: tagBytes })
        .setAAD(row)
        .setAuthTag(tag);
      const content = decipher.update(box.subarray(ivBytes, box.length - tagBytes));
      return Buffer.concat([content, decipher.final()]).toString("utf8");
    } catch {
      throw new UnreadableRow();
    }
  }

  #nextIv(): Buffer {
    if (this.#ivs.length === 0) this.#ivs = randomBytes(ivBytes * ivsAtOnce);
    const iv = this.#ivs.subarray(0, ivBytes);
    this.#ivs = this.#ivs.subarray(ivBytes);
    return iv;
  }
}
