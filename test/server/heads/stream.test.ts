/** GET /v1/chain: all that is needed to make the chain again, and nothing that is not decided yet. */
import { expect } from "chai";
import { address, bytes32 } from "../../../protocol/ids.ts";
import { EmbeddedChain } from "../../../server/chain/embedded.ts";
import type { SignedBlock } from "../../../server/heads/statement.ts";
import { chainRules, signerOf } from "../../../server/heads/statement.ts";
import { HeadKey } from "../../../server/heads/head-key.ts";
import { embeddedStream, outsideStream } from "../../../server/heads/stream.ts";
import { testAccount } from "../contracts.ts";
import { openFund } from "../api/books.ts";
import { at, listAt, openService, type Service } from "../service.ts";

interface Page {
  readonly after: { readonly block: number; readonly hash: string };
  readonly blocks: readonly {
    readonly block: number;
    readonly hash: string;
    readonly timestamp: number;
    readonly transactions: readonly { readonly hash: `0x${string}`; readonly raw: `0x${string}` }[];
  }[];
  readonly head: SignedBlock;
  readonly newest: SignedBlock;
  readonly headKey: string;
  readonly genesis: string;
  readonly ledger: string;
  readonly rules: string;
  readonly chainId: number;
}

const isPage = (value: unknown): value is Page =>
  at(value, "kind") === "embedded" && listAt(value, "blocks").length >= 0;

describe("a page of the stream", () => {
  const hash = bytes32(`0x${"11".repeat(32)}`);
  const ledger = address(`0x${"22".repeat(20)}`);
  const raw = `0x${"33".repeat(100_000)}` as const;

  it("ends with the block that makes it long, and never without one", async () => {
    const identity = { chainId: 8650, genesis: hash, ledger, rules: chainRules };
    const transactions = [{ hash, raw, signer: ledger, nonce: 0, operations: [] }];
    const stream = embeddedStream({
      outbox: {
        lastPlanNumber: async () => 10,
        blockHash: async (number) => (number > 10 ? undefined : hash),
        plan: async (number) => (number > 10 ? undefined : { number, time: 0, hash, transactions }),
      },
      identity,
      headKey: new HeadKey(testAccount, identity),
    });
    const page = await stream(0, 200);
    expect(page?.kind === "embedded" ? page.blocks.map(({ number }) => number) : []).to.deep.equal([1, 2, 3]);
    const last = await stream(10, 200);
    expect(last).to.deep.include({ blocks: [], after: { block: 10, hash } });
    expect(await stream(11, 200)).to.equal(undefined);
  });

  it("of a chain outside ends so too, and names where the next begins", async () => {
    const attempt = (sequence: number) => ({
      sequence,
      signer: ledger,
      nonce: sequence,
      versions: [{ hash, raw, purpose: "call", signedAtBlock: 0 } as const],
      transaction: hash,
      blockNumber: 1,
      blockHash: hash,
    });
    const stream = outsideStream({
      outbox: {
        concluded: async (after, limit) =>
          Array.from({ length: Math.min(limit, 5 - after) }, (_, index) => attempt(after + index + 1)),
      },
      chainId: 1,
      genesis: hash,
      ledger,
    });
    const sequences = async (after: number): Promise<unknown> => {
      const page = await stream(after, 200);
      return page?.kind === "outside" ? [page.attempts.map(({ sequence }) => sequence), page.next] : page;
    };
    expect(await sequences(0)).to.deep.equal([[1, 2, 3], 3]);
    expect(await sequences(3)).to.deep.equal([[4, 5], undefined]);
  });
});

describe("the stream of the chain", function () {
  this.timeout(30_000);
  let service: Service;
  const page = async (query = ""): Promise<Page> => {
    const { body } = await service.get(`/v1/chain${query}`);
    const data = at(body, "data");
    if (!isPage(data)) throw new Error(JSON.stringify(body));
    return data;
  };

  before(async () => {
    service = await openService();
    for (const name of ["one", "two", "three"]) await openFund(service, name);
  });
  after(() => service.close());

  it("makes the same blocks in another chain", async () => {
    const chain = await EmbeddedChain.create();
    const { blocks, genesis } = await page();
    expect((await chain.block(0))?.hash).to.equal(genesis);
    for (const { block: number, hash, timestamp: time, transactions } of blocks) {
      const plan = transactions.map((each) => ({ hash: bytes32(each.hash), raw: each.raw }));
      expect((await chain.mineBlock({ number, time, transactions: plan })).hash).to.equal(hash);
    }
    expect(await chain.head()).to.deep.equal(await service.gateway.chain.head());
    await chain.close();
  });

  it("goes on from any block, and names the block that it goes on from", async () => {
    const whole = await page();
    const last = whole.blocks.length;
    for (let after = 0; after <= last; after += 1) {
      const { after: from, blocks } = await page(`?after=${after}&limit=1`);
      expect(from.block).to.equal(after);
      expect(from.hash).to.equal(after === 0 ? whole.genesis : whole.blocks[after - 1]?.hash);
      expect(blocks).to.deep.equal(whole.blocks.slice(after, after + 1));
    }
  });

  it("has the operator's signature under its last block and under the newest", async () => {
    const { chainId, genesis, ledger, rules, headKey, head, newest, blocks } = await page("?limit=1");
    const identity = { chainId, genesis: bytes32(genesis), ledger: address(ledger), rules };
    expect(rules).to.equal(chainRules);
    expect(head).to.deep.include({ block: 1, hash: blocks[0]?.hash });
    expect(newest.block).to.equal((await service.gateway.chain.head()).number);
    for (const signed of [head, newest]) expect(await signerOf("head", identity, signed)).to.equal(headKey);
  });

  it("is signed with a key that is no actor's, the same after a restart", async () => {
    const { headKey } = await page();
    const { signers } = await service.gateway.sender.status();
    expect(signers.length).to.be.greaterThan(5);
    expect(signers.map(({ account }) => String(account))).to.not.include(headKey);
    await service.restart();
    expect((await page()).headKey).to.equal(headKey);
  });

  it("says that a block is not there yet, and refuses what is no block and no limit", async () => {
    expect((await service.get("/v1/chain?after=9999")).status).to.equal(404);
    for (const query of ["after=-1", "after=x", "after=01", "limit=0", "limit=201", "from=1"]) {
      expect((await service.get(`/v1/chain?${query}`)).status, query).to.equal(400);
    }
  });
});
