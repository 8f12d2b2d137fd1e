import { expect } from "chai";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { batchRoot, verify } from "../../../protocol/donations/merkle-sum.ts";
import { batchId, bytes32, claimId, fundId, programmeId } from "../../../protocol/ids.ts";
import type { BatchId } from "../../../protocol/ids.ts";
import { documentDigest } from "../../../protocol/json.ts";
import { rpcChainReader } from "../../../server/index/rpc-chain-reader.ts";
import { readHash, readRecord } from "../../../server/chain/wire.ts";
import { emptyBooks, leavesOf, periodLengthSeconds, periodStart } from "../../contracts/books.ts";
import type { TestBooks } from "../../contracts/books.ts";
import { testChain } from "../../contracts/chain.ts";
import { OpenedRead } from "./opened.ts";

const gifts = { A: leavesOf([1], "A"), B: leavesOf([999], "B"), C: leavesOf([10_000], "C") };
const [A, B, C, D] = [batchId(1), batchId(2), batchId(3), batchId(4)];
const [P, Q] = [programmeId(1), programmeId(2)];
const fund = fundId(1);
const firstEnd = periodStart + periodLengthSeconds;
const limit = 50;
const documentOfP = { name: { zh: "甲县", en: "County P" } };
const documentOfFund = { name: { zh: "例子", en: "Example" }, promise: "invented" };

describe("the worked example of the design, read from the index of a real chain", () => {
  let books: TestBooks;
  let opened: OpenedRead;
  before(async () => {
    books = await emptyBooks();
    await books.openProgramme({ document: documentDigest(documentOfP) });
    await books.openProgramme({ region: 130_726 });
    await books.openFund({ document: documentDigest(documentOfFund) });
    for (const programme of [1, 1, 2, 2]) await books.declarePeriod({ programme });
    await books.chain.mineAt(periodStart + 1);
    const genesis = readRecord(
      await books.chain.request({ method: "eth_getBlockByNumber", params: ["0x0", false] }),
      "block 0",
    );
    const identity = {
      chainId: testChain.id,
      genesisHash: readHash(genesis["hash"]),
      ledger: books.ledger,
    };
    opened = await OpenedRead.open(identity, rpcChainReader(books.chain, books.ledger));
    opened.documents.set(documentDigest(documentOfP), JSON.stringify(documentOfP));
    opened.documents.set(documentDigest(documentOfFund), JSON.stringify(documentOfFund));
  });
  after(() => opened.close());

  const trace = async (batch: BatchId) => {
    const { slices = [] } = (await opened.read.donationTrace(batch, 0, { limit })) ?? {};
    return slices.map(({ slice }) => [slice.place, slice.amount]);
  };
  const sources = async (claim: number) => {
    const { sources: found = [] } = (await opened.read.claimSources(claimId(claim), { limit })) ?? {};
    return found.map(({ source }) => [source.batch, source.amount]);
  };

  it("A gives 1, B 999, C 10,000 fen: each owns its place on the line and knows its claims share", async () => {
    for (const donor of ["A", "B", "C"] as const) await books.record({ leaves: gifts[donor] });
    await opened.indexer.catchUp();
    const views = await Promise.all([A, B, C].map((batch) => opened.read.donation(batch, 0)));
    expect(views.map((view) => [view?.start, view?.end, view?.claimsShare])).to.deep.equal([
      [0n, 1n, 0n],
      [1n, 1000n, 900n],
      [1000n, 11_000n, 9000n],
    ]);
    expect(views[2]).to.deep.include({
      code: encodeCode({ kind: "donation", batch: C, index: 0 }),
      fundName: documentOfFund.name,
      currency: "CNY",
      amount: 10_000n,
      commitment: gifts.C[0]?.commitment,
    });
    expect((await opened.read.fund(fund))?.partition).to.include({ total: 11_000n, unallocated: 11_000n });
  });

  it("5,500 to P and 5,500 to Q: 4,950 in each reserve, 550 for operations, from the promise of the fund", async () => {
    await books.allocate({ programme: 1, amount: 5500 });
    await books.allocate({ programme: 2, amount: 5500 });
    await opened.indexer.catchUp();
    const programmes = await opened.read.programmes();
    for (const { partition, funds } of programmes) {
      expect(partition).to.deep.equal({
        allocated: 5500n,
        movedIn: 0n,
        movedOut: 0n,
        paid: 0n,
        inReserve: 4950n,
        operatingSpent: 0n,
        operatingUnspent: 550n,
      });
      expect(funds).to.deep.equal([{ fund, allocated: 5500n, claimsAmount: 4950n, claimsShareBps: 9000 }]);
    }
    // P has a published document, Q has none: its code stands in.
    const code = encodeCode({ kind: "programme", programme: Q });
    expect(programmes.map(({ name }) => name)).to.deep.equal([documentOfP.name, { zh: code, en: code }]);
  });

  it("claim 1 at P pays 4,000: B paid 900 of it, C 3,100", async () => {
    await books.file({ requested: 4000 });
    await books.approve(1, { amount: 4000 });
    await books.pay(1);
    await opened.indexer.catchUp();
    expect(await sources(1)).to.deep.equal([
      [B, 900n],
      [C, 3100n],
    ]);
    expect(await trace(A)).to.deep.equal([["operatingUnspent", 1n]]);
    expect(await trace(B)).to.deep.equal([
      ["paid", 900n],
      ["operatingUnspent", 99n],
    ]);
    const ofB = await opened.read.donationTrace(B, 0, { limit });
    expect(ofB?.slices[0]).to.deep.include({
      programmeName: documentOfP.name,
      claimCode: encodeCode({ kind: "claim", claim: claimId(1) }),
      claimAmount: 4000n,
    });
    const claim = await opened.read.claim(claimId(1));
    expect(claim?.state).to.equal("paid");
    expect(ofB?.slices[0]?.settledAt).to.deep.equal(claim?.payouts[0]?.paidAt);
  });

  it("the year closes with 950 carried forward, all of it C's, before anyone has acted", async () => {
    opened.time = firstEnd;
    const periods = await opened.read.periods(P);
    expect(periods.map(({ state }) => state)).to.deep.equal(["closed", "open"]);
    expect(periods[0]?.record).to.include({ opening: 0n, allocated: 4950n, paid: 4000n, closing: 950n });
    expect(periods[1]?.record).to.include({ opening: 950n, allocated: 0n, paid: 0n, closing: 950n });
    expect(await trace(C)).to.deep.equal([
      ["paid", 3100n],
      ["inReserve", 950n],
      ["operatingUnspent", 450n],
      ["inReserve", 4950n],
      ["operatingUnspent", 550n],
    ]);
    const [currency] = (await opened.read.summary()).currencies;
    expect(currency).to.deep.include({ currency: "CNY", carriedForward: 950n + 4950n });
    await books.chain.mineAt(firstEnd);
    await books.close();
    await opened.indexer.catchUp();
    expect((await opened.read.periods(P)).map(({ record }) => record)).to.deep.equal(
      periods.map(({ record }) => record),
    );
  });

  it("claim 2 at P for 1,200 waits: the reserve holds 950, 250 are missing", async () => {
    await books.file({ requested: 1200, policyPeriod: 2, incidentFrom: firstEnd });
    await books.approve(2, { amount: 1200 });
    await opened.indexer.catchUp();
    expect(await opened.read.programme(P)).to.include({ approvedUnpaid: 1200n, shortfall: 250n });
    expect(await opened.read.claim(claimId(2))).to.include({
      state: "approved",
      approved: 1200n,
      queueNumber: 2,
      claimsAhead: 0,
      missing: 250n,
    });
    const queue = await opened.read.queue(P, { limit });
    expect(queue.items.map(({ claim }) => claim)).to.deep.equal([2]);
    expect((await opened.read.summary()).currencies[0]).to.include({
      shortfall: 250n,
      approvedUnpaid: 1200n,
    });
  });

  it("until a donor gives 278 more: c(11278) - c(11000) = 250, and C and D pay it", async () => {
    await books.record({ leaves: leavesOf([278], "D") });
    await books.allocate({ amount: 278 });
    await books.pay(2);
    await opened.indexer.catchUp();
    expect(await sources(2)).to.deep.equal([
      [C, 950n],
      [D, 250n],
    ]);
    expect((await opened.read.queue(P, { limit })).items).to.deep.equal([]);
    expect((await opened.read.fund(fund))?.partition).to.deep.equal({
      total: 11_278n,
      unallocated: 0n,
      paid: 5200n,
      inReserve: 4950n,
      operatingSpent: 0n,
      operatingUnspent: 1128n,
    });
  });

  it("proves each donation against the root that the contract computed", async () => {
    for (const batch of [A, B, C, D]) {
      const proof = await opened.read.donationProof(batch, 0);
      if (proof === undefined) throw new RangeError(`no proof of batch ${batch}`);
      const verified = verify(proof.leaf, 0, proof.batch.count, proof.siblings);
      if (!verified.ok) throw new RangeError(verified.refusal);
      const { startsAt, count, sum, root } = proof.batch;
      const sealed = { version: 1, chainId: testChain.id, contract: books.ledger, fund, batch } as const;
      expect(batchRoot({ ...sealed, startsAt, count, sum, treeRoot: verified.root })).to.equal(root);
      expect(verified.sum).to.equal(sum);
    }
  });

  it("holds every law, and says of which block", async () => {
    const laws = await opened.read.laws();
    expect(laws.map(({ law }) => law)).to.deep.equal(["L1", "L2", "L3", "L5", "L6"]);
    expect(laws.filter(({ holds }) => !holds)).to.deep.equal([]);
    const head = await opened.read.head();
    expect(head).to.include({ chainId: testChain.id, ledger: books.ledger, finality: "final" });
    expect(head.blockHash).to.equal((await opened.index.head())?.hash);
    expect(await opened.read.document(documentDigest(documentOfP))).to.equal(JSON.stringify(documentOfP));
    expect(await opened.read.document(bytes32(`0x${"00".repeat(32)}`))).to.equal(undefined);
  });
});
