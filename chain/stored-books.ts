/** The ledger's storage by way of the lens, one `eth_call` a record, as an audit holds it against the logs. */
import { BaseError, ContractFunctionRevertedError, type Hex } from "viem";
import type { Fact, Facts } from "../protocol/audit/check.ts";
import type { StoredBooks, StoredKind } from "../protocol/audit/stored.ts";
import {
  benefitKinds,
  claimStates,
  findingStates,
  programmeKinds,
  reasons,
} from "../protocol/ledger/codes.ts";
import { lensAbi } from "./abi/lens.ts";
import { codeAt, currencyText, unpackShares } from "./coding.ts";
import type { LensAt } from "./lens.ts";

/** What the lens refuses as unknown is no failure of the node: there is no such record. */
const orNone = async <Value>(answer: Promise<Value>): Promise<Value | undefined> => {
  try {
    return await answer;
  } catch (error) {
    const isRefused =
      error instanceof BaseError &&
      error.walk((one) => one instanceof ContractFunctionRevertedError) !== null;
    if (isRefused) return undefined;
    throw error;
  }
};

const none = "none";
const claimStateAt = (code: number): string => codeAt([none, ...claimStates], code);

const fundOf = ({ currency, ...rest }: { readonly currency: Hex } & Facts): Facts => ({
  ...rest,
  currency: currencyText(currency),
});

/** Every figure of one programme, its totals beside the rest. */
interface StoredProgramme extends Facts {
  readonly currency: Hex;
  readonly kind: number;
}

const programmeOf = ({ currency, kind, ...rest }: StoredProgramme): Facts => ({
  ...rest,
  currency: currencyText(currency),
  kind: codeAt(programmeKinds, kind),
});

interface StoredClaim extends Facts {
  readonly state: number;
  readonly benefit: number;
  readonly reason: number;
}

const claimOf = ({ state, benefit, reason, ...rest }: StoredClaim): Facts => ({
  ...rest,
  state: claimStateAt(state),
  benefit: codeAt(benefitKinds, benefit),
  reason: codeAt([none, ...reasons], reason),
});

const callsOf = ({ client, lens, blockNumber }: LensAt) => {
  const at = { address: lens, abi: lensAbi, ...(blockNumber === undefined ? {} : { blockNumber }) } as const;
  const { readContract: read } = client;
  return {
    counters: () => read({ ...at, functionName: "counters" }),
    fund: (id: number) => read({ ...at, functionName: "fund", args: [id] }),
    programme: (id: number) => read({ ...at, functionName: "programme", args: [id] }),
    batch: (id: number) => read({ ...at, functionName: "batch", args: [id] }),
    allocation: (id: number) => read({ ...at, functionName: "allocation", args: [id] }),
    expense: (id: number) => read({ ...at, functionName: "expense", args: [id] }),
    roster: (id: number) => read({ ...at, functionName: "roster", args: [id] }),
    claim: (id: number) => read({ ...at, functionName: "claim", args: [id] }),
    payout: (id: number) => read({ ...at, functionName: "payout", args: [id] }),
    recovery: (id: number) => read({ ...at, functionName: "recovery", args: [id] }),
    move: (id: number) => read({ ...at, functionName: "move", args: [id] }),
    findingState: (id: number) => read({ ...at, functionName: "findingState", args: [id] }),
    isCovered: (id: number) => read({ ...at, functionName: "isCovered", args: [id] }),
    period: (id: number, period: number) => read({ ...at, functionName: "period", args: [id, period] }),
    parts: (id: number, period: number) => read({ ...at, functionName: "insurerParts", args: [id, period] }),
    refunded: (id: number, index: number) => read({ ...at, functionName: "refundedOf", args: [id, index] }),
  };
};
type Calls = ReturnType<typeof callsOf>;

const recordBy = async (calls: Calls, kind: StoredKind, id: number): Promise<Facts> => {
  switch (kind) {
    case "fund":
      return fundOf(await calls.fund(id));
    case "programme": {
      const { totals, ...rest } = await calls.programme(id);
      return programmeOf({ ...rest, ...totals });
    }
    case "batch":
      return { ...(await calls.batch(id)) };
    case "allocation":
      return { ...(await calls.allocation(id)) };
    case "expense":
      return { ...(await calls.expense(id)) };
    case "roster":
      return { ...(await calls.roster(id)) };
    case "claim":
      return claimOf({ ...(await calls.claim(id)) });
    case "payout":
      return { ...(await calls.payout(id)) };
    case "recovery":
      return { ...(await calls.recovery(id)) };
    case "move":
      return { ...(await calls.move(id)) };
    case "finding":
      return { state: codeAt([none, ...findingStates], await calls.findingState(id)) };
    case "refund":
      return { covered: await calls.isCovered(id) };
  }
};

const partsText = (parts: readonly Fact[]): string => parts.join(" · ");

const periodBy = async (calls: Calls, programme: number, period: number): Promise<Facts> => {
  const [stored, [, paid, recovered]] = await Promise.all([
    calls.period(programme, period),
    calls.parts(programme, period),
  ]);
  const { record, insurerShares, ...rest } = stored;
  return {
    ...rest,
    ...record,
    insurerShares: partsText(unpackShares(insurerShares)),
    insurerPartsPaid: partsText(paid),
    insurerPartsRecovered: partsText(recovered),
  };
};

/** Rejects with what the node answers; a record that the ledger does not have is undefined. */
export const storedBooks = (at: LensAt): StoredBooks => {
  const calls = callsOf(at);
  return {
    counters: async () => {
      const counters = await calls.counters();
      return {
        actor: counters.actors,
        fund: counters.funds,
        programme: counters.programmes,
        batch: counters.batches,
        allocation: counters.allocations,
        expense: counters.expenses,
        claim: counters.claims,
        payout: counters.payouts,
        roster: counters.rosters,
        recovery: counters.recoveries,
        move: counters.moves,
        refund: counters.refunds,
        attestation: counters.attestations,
        finding: counters.findings,
        confirmation: counters.confirmations,
        correction: counters.corrections,
      };
    },
    record: (kind, id) => orNone(recordBy(calls, kind, id)),
    period: (programme, period) => orNone(periodBy(calls, programme, period)),
    refunded: async (batch, index) => (await orNone(calls.refunded(batch, index))) ?? 0n,
  };
};
