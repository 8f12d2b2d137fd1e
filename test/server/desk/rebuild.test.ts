/** What is signed anew, and what is not: the rest of it is tested through the service. */
import { expect } from "chai";
import { encodeErrorResult } from "viem";
import { ledgerAbi } from "../../../chain/abi/ledger.ts";
import { decodeVerb, encodeVerb, type Verb } from "../../../chain/verbs.ts";
import { fen, position } from "../../../protocol/amounts.ts";
import { bytes32, claimId, fundId, payoutId, programmeId } from "../../../protocol/ids.ts";
import type { BooksAtHead } from "../../../server/desk/at-head.ts";
import { NotMovable, rebuildsWith } from "../../../server/desk/rebuild.ts";

const zero = bytes32(`0x${"00".repeat(32)}`);
const digest = bytes32(`0x${"ab".repeat(32)}`);

describe("a call that is built anew", () => {
  const books = (): Promise<BooksAtHead> =>
    Promise.resolve({
      head: {
        chainId: 1,
        ledger: "0x",
        blockNumber: 300,
        blockHash: digest,
        blockTime: 0,
        finality: "final",
        demonstration: false,
      },
      read: { claim: async () => undefined },
      lookups: {
        payableBefore: async () => undefined,
        payout: async (payout) => (payout === 7 ? { claim: claimId(3), left: fen(40n) } : undefined),
      },
    });
  const rebuild = async (kind: string, verb: Verb, revertData: `0x${string}`): Promise<Verb> => {
    const anew = rebuildsWith(books).get(kind);
    if (anew === undefined) throw new Error(`${kind} is never built anew`);
    const previous = { calldata: encodeVerb(verb), gasLimit: 1_000_000n };
    const call = await anew({ id: "0x01", kind, actor: "treasurer", previous, revertData });
    expect(call.gasLimit).to.equal(previous.gasLimit);
    return decodeVerb(call.calldata);
  };
  const refusal = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => expect.fail("expected a refusal"),
      (error: unknown) => error,
    );
  const stale = encodeErrorResult({ abi: ledgerAbi, errorName: "StalePosition", args: [700n, 5n] });
  const head: Verb = { verb: "noteHead", blockNumber: 3, blockHash: zero };
  const returned: Verb = {
    verb: "recoverPayout",
    operation: digest,
    payout: payoutId(7),
    amount: fen(90n),
    returned: true,
    after: claimId(0),
    evidence: digest,
  };

  it("starts where the ledger says that the line ends", async () => {
    const verb: Verb = {
      verb: "allocatePremium",
      operation: digest,
      fund: fundId(1),
      programme: programmeId(2),
      startsAt: position(5n),
      amount: fen(10n),
    };
    expect(await rebuild("allocatePremium", verb, stale)).to.deep.equal({ ...verb, startsAt: 700n });
  });

  it("notes the present head where the noted one is out of the chain's memory", async () => {
    const forgotten = encodeErrorResult({ abi: ledgerAbi, errorName: "HeadMismatch", args: [zero, digest] });
    expect(await rebuild("noteHead", head, forgotten)).to.deep.equal({
      verb: "noteHead",
      blockNumber: 300,
      blockHash: digest,
    });
  });

  it("returns what the books show as left of the payment", async () => {
    const less = encodeErrorResult({ abi: ledgerAbi, errorName: "WrongRecoveryAmount", args: [40n, 90n] });
    expect(await rebuild("returnPayout", returned, less)).to.deep.equal({ ...returned, amount: 40n });
    const gone = { ...returned, payout: payoutId(8) } as const;
    expect(await refusal(rebuild("returnPayout", gone, less))).to.be.instanceOf(NotMovable);
  });

  it("is given up for any other refusal, and for a verb that names no place", async () => {
    for (const [kind, verb] of [
      ["noteHead", head],
      ["returnPayout", returned],
      ["allocatePremium", returned],
      ["releaseClaims", { verb: "releaseClaim", claim: claimId(1), after: claimId(0) }],
    ] as const) {
      expect(await refusal(rebuild(kind, verb, stale)), kind).to.be.instanceOf(NotMovable);
    }
  });

  it("is never a recovery of an amount that was named, nor a relayed transaction", () => {
    const kinds = [...rebuildsWith(books).keys()];
    expect(kinds).to.have.members([
      "recordDonations",
      "allocatePremium",
      "recordExpense",
      "releaseClaims",
      "returnPayout",
      "noteHead",
    ]);
  });
});
