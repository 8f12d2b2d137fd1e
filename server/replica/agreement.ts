/** Tells the operator, who tells everybody, how far a replica came; also where the operator's chain is another now. */
import type { PrivateKeyAccount } from "viem/accounts";
import { address } from "../../protocol/ids.ts";
import { signBlock } from "../heads/statement.ts";
import type { Followed } from "./check-page.ts";
import type { Position } from "./follower.ts";
import type { Source } from "./source.ts";

export interface AgreementOptions {
  readonly key: PrivateKeyAccount;
  readonly source: Pick<Source, "state">;
  readonly say: (line: string) => void;
  /** Milliseconds that never run backwards. */
  readonly nowMs: () => number;
}

/** Between two statements, however fast blocks come. */
const everyMs = 60_000;

export class Agreement {
  readonly #options: AgreementOptions;
  #said: number | undefined;
  #saidAtMs = Number.NEGATIVE_INFINITY;
  #trouble: string | undefined;

  constructor(options: AgreementOptions) {
    this.#options = options;
  }

  /** States the position where it is a new one, at most once a minute. What keeps it from being taken is said in words. */
  async state({ identity }: Followed, { block, hash }: Position): Promise<void> {
    const { key, source, say, nowMs } = this.#options;
    if (block === this.#said || nowMs() - this.#saidAtMs < everyMs) return;
    this.#saidAtMs = nowMs();
    const said = await signBlock(key, "agreement", identity, { block, hash });
    try {
      const { agrees } = await source.state(address(key.address), said);
      this.#said = block;
      this.#trouble = undefined;
      say(
        `stated to the operator: block ${block}; it ${agrees ? "has that block too" : "has another block there"}`,
      );
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      if (trouble !== this.#trouble) say(`not stated: ${trouble}`);
      this.#trouble = trouble;
    }
  }
}
