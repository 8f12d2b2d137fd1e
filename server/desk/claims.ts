/** What requests about several claims have in common: 1 to 50 of them in one transaction, all or none. */
import type { Verb } from "../../chain/verbs.ts";
import type { Evidence } from "../../protocol/evidence.ts";
import type { Bytes32 } from "../../protocol/ids.ts";
import type { Json } from "../../protocol/json.ts";
import { DeskRefusal, type Asking } from "../../protocol/ports/desk.ts";
import type { Actor } from "./actors.ts";
import type { Counter } from "./counter.ts";

export const maxClaimsPerRequest = 50;

export const requireCount = (requests: readonly unknown[], field = "claims"): void => {
  if (requests.length === 0 || requests.length > maxClaimsPerRequest) {
    throw new DeskRefusal(field, `expected 1 to ${maxClaimsPerRequest}, got ${requests.length}`);
  }
};

/** One claim's part of an operation: its own id, and the commitment to its paper. */
export interface Part {
  readonly id: Bytes32;
  readonly evidence: Bytes32;
}

export interface ClaimsRequest {
  readonly kind: string;
  readonly actor: Actor;
  /** What was asked, without anything random. */
  readonly asked: readonly Json[];
  /** The paper of each claim, whose number stays in the vault. */
  readonly papers: readonly Evidence[];
  /** Checks all claims against the books, then answers their verbs. Called only where the request is new. */
  readonly verbs: (part: (index: number) => Promise<Part>) => Promise<readonly Verb[]>;
}

const together = (verbs: readonly Verb[]): Verb => {
  const [only, ...others] = verbs;
  return only !== undefined && others.length === 0 ? only : { verb: "multicall", calls: verbs };
};

/** Checks, then commitments (vault), then the one operation that carries all the verbs. */
export const takeClaims = (
  counter: Counter,
  { kind, actor, asked, papers, verbs }: ClaimsRequest,
  asking: Asking,
): Promise<string> =>
  counter.take(kind, { asked }, asking, async (operation) => {
    let commitments: Promise<readonly Bytes32[]> | undefined;
    const part = async (index: number): Promise<Part> => {
      commitments ??= counter.commit(operation, papers);
      const evidence = (await commitments)[index];
      if (evidence === undefined) throw new DeskRefusal(`claims[${index}]`, "has no commitment");
      return { id: counter.partId(operation, index), evidence };
    };
    return { actor, verb: together(await verbs(part)) };
  });
