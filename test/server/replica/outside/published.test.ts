/** Watching the real thing: a sender that raises fees and cancels on anvil, and the same keys at work on a copy. */
import { expect } from "chai";
import { cpSync } from "node:fs";
import { address, bytes32, type Address } from "../../../../protocol/ids.ts";
import { judge } from "../../../../server/heads/contradiction.ts";
import { outsideStream } from "../../../../server/heads/stream.ts";
import type { NewOperation } from "../../../../server/outbox/store.ts";
import { Finding } from "../../../../server/replica/finding.ts";
import { KeptAttempts } from "../../../../server/replica/outside/kept-attempts.ts";
import { askedNode } from "../../../../server/replica/outside/node.ts";
import { Observer } from "../../../../server/replica/outside/observer.ts";
import { sourceOf } from "../../../../server/replica/source.ts";
import { startAnvil, type Anvil } from "../../anvil.ts";
import { count, deployment, temporaryFolder } from "../../gateway.ts";
import { eventually, openPublisher, type Publisher } from "../../publishing.ts";
import { at } from "../../service.ts";
import { ledger, serving } from "./gateway.ts";

const ether = 10n ** 18n;
const gwei = 10n ** 9n;

describe("watching a sender on a chain outside", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const copy = temporaryFolder();
  const own = temporaryFolder();
  let anvil: Anvil;
  let publisher: Publisher;
  let kept: KeptAttempts;
  let counter: Address;

  const versions = async () => (await publisher.store.open(10))[0]?.versions ?? [];
  const isInPool = async (): Promise<boolean> => {
    const last = (await versions()).at(-1)?.hash ?? "none";
    return JSON.stringify(await anvil.rpc("txpool_content")).includes(last);
  };
  const observer = async (): Promise<Observer> => {
    const genesis = bytes32(String(at(await anvil.rpc("eth_getBlockByNumber", "0x0", false), "hash")));
    const stream = outsideStream({ outbox: publisher.store, chainId: 31_337, genesis, ledger });
    const source = sourceOf("http://operator.invalid", serving(stream));
    return new Observer({ source, kept, node: askedNode(anvil.url) });
  };
  const open = async (path: string): Promise<void> => {
    publisher = await openPublisher(path, anvil.url);
    await anvil.rpc(
      "anvil_setBalance",
      publisher.keystore.account("recorder").address,
      `0x${ether.toString(16)}`,
    );
    await publisher.sender.start();
  };

  before(async () => {
    anvil = await startAnvil(["--no-mining"]);
    kept = await KeptAttempts.open(`${own.path}/attempts.db`);
    await open(folder.path);
  });
  after(async () => {
    await publisher.close();
    await kept.close();
    await anvil.end();
    for (const each of [folder, copy, own]) each.remove();
  });

  it("is silent on the fees that it raised and on what it cancelled, and finds both in the node", async () => {
    await publisher.sender.submit(deployment());
    await eventually(isInPool);
    await anvil.rpc("anvil_setNextBlockBaseFeePerGas", `0x${(100n * gwei).toString(16)}`);
    await anvil.mine(6);
    await eventually(async () => (await versions()).length === 2 && (await isInPool()));
    await anvil.mine(1);
    const { mined } = await publisher.sender.waitFor("deploy");
    counter = address(mined?.contractAddress ?? "");
    await publisher.sender.submitAll([{ ...count(counter, 0), actor: "recorder" }]);
    await eventually(isInPool);
    await publisher.sender.cancel("count-0");
    await eventually(async () => (await versions()).length === 2 && (await isInPool()));
    await anvil.mine(1);
    expect((await publisher.sender.waitFor("count-0")).state).to.equal("cancelled");
    const shown = await publisher.store.concluded(0, 10);
    expect(shown.map((attempt) => attempt.versions.length)).to.deep.equal([2, 2]);
    expect(await (await observer()).look()).to.include({ transactions: 2, accounts: 1 });
  });

  it("proves it where the chain and a copy of the folder are taken back, and another history is written", async () => {
    await publisher.close();
    cpSync(folder.path, copy.path, { recursive: true });
    const snapshot = await anvil.rpc("evm_snapshot");
    const write = async (path: string, operation: NewOperation): Promise<void> => {
      await open(path);
      await publisher.sender.submit(operation);
      await eventually(isInPool);
      await anvil.mine(1);
      expect((await publisher.sender.waitFor(operation.id)).state).to.equal("mined");
    };
    await write(folder.path, deployment("first"));
    expect(await (await observer()).look()).to.include({ transactions: 3 });
    await publisher.close();
    expect(await anvil.rpc("evm_revert", snapshot)).to.equal(true);
    await write(copy.path, count(counter, 0, "second"));
    const finding: unknown = await (await observer()).look().catch((error: unknown) => error);
    if (!(finding instanceof Finding)) throw new Error("nothing was found");
    const [evidence] = finding.evidence;
    expect(finding.kind).to.equal("rewritten");
    expect(evidence === undefined ? undefined : await judge(evidence)).to.deep.include({
      stands: true,
      at: 2,
    });
  });
});
