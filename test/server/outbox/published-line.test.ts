/** Sending to a real node that is not ours: blocks of its own, fees, reorganizations. */
import { expect } from "chai";
import type { Address } from "../../../protocol/ids.ts";
import { startAnvil, type Anvil } from "../anvil.ts";
import { count, deployCounter, temporaryFolder } from "../gateway.ts";
import { countedAt, openPublisher, type Publisher } from "../publishing.ts";

describe("published transactions on a chain with free gas", function () {
  this.timeout(60_000);
  let anvil: Anvil;
  let folder: ReturnType<typeof temporaryFolder>;
  let publisher: Publisher;
  let counter: Address;
  before(async () => {
    anvil = await startAnvil();
  });
  after(() => anvil.end());
  beforeEach(async () => {
    folder = temporaryFolder();
    publisher = await openPublisher(folder.path, anvil.url);
    await publisher.sender.start();
    counter = await deployCounter(publisher.sender);
  });
  afterEach(async () => {
    await publisher.close();
    folder.remove();
  });

  it("land in the order of acceptance", async () => {
    await publisher.sender.submitAll(
      [0, 2, 4].map((at, index) => ({ ...count(counter, at), call: count(counter, index).call })),
    );
    await publisher.sender.whenIdle();
    expect(await countedAt(publisher.chain, counter)).to.equal(3);
  });
});
