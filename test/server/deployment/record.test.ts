import { expect } from "chai";
import { ledgerAbi } from "../../../chain/abi/ledger.ts";
import { lensAbi } from "../../../chain/abi/lens.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import {
  AbiMismatch,
  AlreadyDeployed,
  checkAbis,
  checkDeployment,
  DamagedDeployment,
  DeploymentMismatch,
  readDeployment,
  recordDeployment,
} from "../../../server/deployment/record.ts";
import { readConfig } from "../../../server/config.ts";
import { openGateway as openWholeGateway } from "../../../server/gateway.ts";
import { DamagedClockOffset, keepClockOffset, keptClock } from "../../../server/outbox/kept-clock.ts";
import { deployCounter, openGateway, temporaryFolder } from "../gateway.ts";
import type { Gateway } from "../gateway.ts";

const rejection = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail("expected a rejection"),
    (error: unknown) => error,
  );

describe("what a data folder remembers of its chain", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let gateway: Gateway;
  const restart = async (): Promise<void> => {
    await gateway.close();
    gateway = await openGateway(folder.path);
    await gateway.sender.start();
  };
  beforeEach(async () => {
    folder = temporaryFolder();
    gateway = await openGateway(folder.path);
    await gateway.sender.start();
  });
  afterEach(async () => {
    await gateway.close();
    folder.remove();
  });

  it("is its deployment, which holds after every replay", async () => {
    expect(await readDeployment(gateway.store)).to.equal(undefined);
    const address = await deployCounter(gateway.sender);
    const recorded = await recordDeployment(gateway.chain, gateway.store, { ledger: { address, abi: "[]" } });
    await restart();
    const kept = await readDeployment(gateway.store);
    expect(kept).to.deep.equal(recorded);
    await checkDeployment(gateway.chain, recorded);
    expect(
      await rejection(recordDeployment(gateway.chain, gateway.store, { ledger: { address, abi: "[]" } })),
    ).to.be.instanceOf(AlreadyDeployed);
  });

  it("refuses another contract in its place", async () => {
    const address = await deployCounter(gateway.sender);
    const codeHash = bytes32(`0x${"ab".repeat(32)}`);
    const error = await rejection(
      checkDeployment(gateway.chain, { ledger: { address, codeHash, abi: "[]" } }),
    );
    expect(error).to.be.instanceOf(DeploymentMismatch).with.property("contract", "ledger");
  });

  it("is compared at every start of the gateway, which then serves nothing", async () => {
    const address = await deployCounter(gateway.sender);
    const codeHash = bytes32(`0x${"ab".repeat(32)}`);
    const contract = (abi: unknown) => ({ address, codeHash, abi: JSON.stringify(abi) });
    const recorded = { ledger: contract(ledgerAbi), lens: contract(lensAbi) };
    await gateway.store.setMeta("deployment", JSON.stringify(recorded));
    const config = readConfig({ DATA_DIR: folder.path, KEYSTORE_PASSWORD: "invented password" });
    await gateway.close();
    const log = { info: () => {}, error: () => {} };
    const start = openWholeGateway({ config, log, onFailure: () => {} });
    expect(await rejection(start))
      .to.be.instanceOf(DeploymentMismatch)
      .with.property("contract", "ledger");
    gateway = await openGateway(folder.path);
  });

  it("is refused where this version would misread the contract: another ABI was recorded", async () => {
    const address = await deployCounter(gateway.sender);
    const recorded = await recordDeployment(gateway.chain, gateway.store, { ledger: { address, abi: "[]" } });
    checkAbis(recorded, { ledger: [] });
    expect(() => checkAbis(recorded, { ledger: [{ type: "event", name: "Renamed" }] }))
      .to.throw(AbiMismatch)
      .with.property("contract", "ledger");
    await gateway.close();
    const config = readConfig({ DATA_DIR: folder.path, KEYSTORE_PASSWORD: "invented password" });
    const log = { info: () => {}, error: () => {} };
    expect(await rejection(openWholeGateway({ config, log, onFailure: () => {} }))).to.be.instanceOf(
      AbiMismatch,
    );
    gateway = await openGateway(folder.path);
  });

  it("is refused where it does not read", async () => {
    await gateway.store.setMeta("deployment", '{"ledger":{}}');
    expect(await rejection(readDeployment(gateway.store))).to.be.instanceOf(DamagedDeployment);
    await gateway.store.setMeta("clockOffsetSeconds", "soon");
    expect(await rejection(keptClock(gateway.store))).to.be.instanceOf(DamagedClockOffset);
  });

  it("is its clock: the system's, or a demonstration's from where its script ended", async () => {
    expect((await keptClock(gateway.store)).kind).to.equal("system");
    await keepClockOffset(gateway.store, -86_400);
    await restart();
    const clock = await keptClock(gateway.store);
    expect(clock.kind).to.equal("demonstration");
    expect(Date.now() / 1000 - clock.now()).to.be.within(86_399, 86_405);
  });
});
