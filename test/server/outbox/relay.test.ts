/** Transactions that somebody signed with a key of their own: sent as they are, in order, each nonce once. */
import { expect } from "chai";
import type { Address } from "../../../protocol/ids.ts";
import { address } from "../../../protocol/ids.ts";
import { OperationConflict, WrongNonce, type NewOperation } from "../../../server/outbox/store.ts";
import { expectPosition, signed, testAccount } from "../contracts.ts";
import { count, counted, deployCounter, openGateway, temporaryFolder, type Gateway } from "../gateway.ts";

describe("a relayed transaction", () => {
  const signer = address(testAccount.address);
  let folder: ReturnType<typeof temporaryFolder>;
  let gateway: Gateway;
  let counter: Address;
  beforeEach(async () => {
    folder = temporaryFolder();
    gateway = await openGateway(folder.path);
    await gateway.sender.start();
    counter = await deployCounter(gateway.sender);
  });
  afterEach(async () => {
    await gateway.close();
    folder.remove();
  });

  const relayed = async (nonce: number, position: number): Promise<NewOperation> => {
    const calldata = expectPosition(position);
    const { hash, raw } = await signed(nonce, counter, calldata);
    return {
      id: hash,
      kind: "relay",
      actor: signer,
      call: { to: counter, calldata, gasLimit: 200_000n },
      relayed: { hash, raw, signer, nonce },
      request: raw,
    };
  };
  const refusal = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => expect.fail("expected a refusal"),
      (error: unknown) => error,
    );

  it("is mined byte for byte, in its place among the others, and is its own operation", async () => {
    const [first, second] = [await relayed(0, 1), await relayed(1, 3)];
    await gateway.sender.submitAll([count(counter, 0), first, count(counter, 2), second]);
    await gateway.sender.whenIdle();
    expect(await counted(gateway.chain, counter)).to.equal(4);
    const { mined } = await gateway.sender.waitFor(first.id);
    expect(mined?.transaction).to.equal(first.id);
    const { transactions } = (await gateway.store.plan(2)) ?? {};
    expect(transactions?.map(({ raw }) => raw)[1]).to.equal(first.relayed?.raw);
  });

  it("is refused, and kept nowhere, where its nonce is not the signer's next", async () => {
    const gap = await refusal(gateway.sender.submit(await relayed(1, 0)));
    expect(gap).to.be.instanceOf(WrongNonce).with.deep.include({ expected: 0, actual: 1 });
    await gateway.sender.submit(await relayed(0, 0));
    const taken = await refusal(gateway.sender.submit(await relayed(0, 1)));
    expect(taken).to.be.instanceOf(WrongNonce).with.deep.include({ expected: 1, actual: 0 });
    await gateway.sender.whenIdle();
    const again = await refusal(gateway.sender.submit(await relayed(0, 2)));
    expect(again).to.be.instanceOf(WrongNonce).with.deep.include({ expected: 1, actual: 0 });
    expect(await counted(gateway.chain, counter)).to.equal(1);
    expect(await gateway.store.unsettled()).to.equal(0);
  });

  it("is the same operation when the same bytes come again, also after it was mined", async () => {
    const transaction = await relayed(0, 0);
    await gateway.sender.submit(transaction);
    const known = { id: transaction.id, acceptance: "known" };
    expect(await gateway.sender.submit(transaction)).to.deep.equal(known);
    await gateway.sender.whenIdle();
    expect(await gateway.sender.submit(transaction)).to.deep.equal(known);
    expect(await counted(gateway.chain, counter)).to.equal(1);
    const other = await refusal(gateway.sender.submit({ ...transaction, request: "another" }));
    expect(other).to.be.instanceOf(OperationConflict);
  });

  it("fails with the contract's error, and takes its nonce all the same", async () => {
    await gateway.sender.submit(await relayed(0, 7));
    await gateway.sender.submit(await relayed(1, 0));
    await gateway.sender.whenIdle();
    expect(await counted(gateway.chain, counter)).to.equal(1);
  });

  it("lands after a restart that came before it was sent, with the nonces behind it", async () => {
    const transaction = await relayed(0, 0);
    await gateway.store.accept([transaction]);
    await gateway.close();
    gateway = await openGateway(folder.path);
    await gateway.sender.start();
    expect((await gateway.sender.waitFor(transaction.id)).state).to.equal("mined");
    await gateway.sender.submit(await relayed(1, 1));
    await gateway.sender.whenIdle();
    expect(await counted(gateway.chain, counter)).to.equal(2);
  });
});
