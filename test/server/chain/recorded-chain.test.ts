/** A history that was recorded once, and makes the same blocks on every machine and at every start for ever. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { keccak256 } from "viem";
import { checkLaws } from "../../../protocol/laws/laws.ts";
import { address, bytes32 } from "../../../protocol/ids.ts";
import { EmbeddedChain } from "../../../server/chain/embedded.ts";
import { Indexer } from "../../../server/index/indexer.ts";
import { loadState } from "../../../server/index/load.ts";
import { openIndex } from "../../../server/index/open.ts";
import { rpcChainReader } from "../../../server/index/rpc-chain-reader.ts";
import { temporaryFolder } from "../gateway.ts";

const Hex = Type.TemplateLiteral("0x${string}");
const History = Type.Object({
  chainId: Type.Integer(),
  genesis: Hex,
  ledger: Hex,
  blocks: Type.Array(Type.Object({ time: Type.Integer(), hash: Hex, transactions: Type.Array(Hex) })),
});
const history = Value.Parse(
  History,
  JSON.parse(readFileSync(join(import.meta.dirname, "../../vectors/chain.json"), "utf8")),
);
/** Written here a second time: the file cannot be recorded anew unnoticed. */
const head = "0xaeeea07c6f01cf01964c14e4033f66fd6b2793dac29afce1a932e8672a4de3b7";

describe("the recorded chain", function () {
  this.timeout(30_000);
  let chain: EmbeddedChain;
  before(async () => {
    chain = await EmbeddedChain.create(history.chainId);
  });
  after(() => chain.close());

  it("begins with the block that every data folder begins with", async () => {
    expect((await chain.block(0))?.hash).to.equal(history.genesis);
  });

  it("is made again, block after block, to the same head", async () => {
    for (const [index, { time, hash, transactions }] of history.blocks.entries()) {
      const signed = transactions.map((raw) => ({ raw, hash: bytes32(keccak256(raw)) }));
      const made = await chain.mineBlock({ number: index + 1, time, transactions: signed });
      expect(made.hash, `block ${index + 1}`).to.equal(hash);
    }
    expect((await chain.head()).hash).to.equal(head);
  });

  it("gives books in which every law holds", async () => {
    const folder = temporaryFolder();
    const ledger = address(history.ledger);
    const index = await openIndex({
      place: { kind: "sqlite", path: join(folder.path, "index.db") },
      chainId: history.chainId,
      genesisHash: bytes32(history.genesis),
      ledger,
    });
    await new Indexer({ index, chain: rpcChainReader(chain, ledger) }).catchUp();
    const [state, time] = await index.read(async ({ database, head: last }) => [
      await loadState(database, { withLeaves: true }),
      last.time,
    ]);
    await index.close();
    folder.remove();
    const broken = checkLaws(state, time).filter(({ holds }) => !holds);
    const counts = {
      funds: state.funds.length,
      batches: state.batches.length,
      claims: state.claims.length,
      payouts: state.payouts.length,
    };
    expect({ broken, ...counts }).to.deep.equal({ broken: [], funds: 2, batches: 4, claims: 13, payouts: 5 });
  });
});
