import { expect } from "chai";
import { address } from "../../../protocol/ids.ts";
import { EmbeddedChain } from "../../../server/chain/embedded.ts";
import { genesisTimeSeconds, initcodeBytes } from "../../../server/chain/pinned.ts";
import { PlanRefused } from "../../../server/chain/port.ts";
import type { Hex } from "../../../server/chain/port.ts";
import { checkGas, GasOutOfRange, InitcodeTooLong, minimumGas } from "../../../server/outbox/gas.ts";
import { signed } from "../contracts.ts";

const someone = address(`0x${"aa".repeat(20)}`);

describe("the least gas that a transaction must offer", () => {
  const calls: readonly (readonly [string, { readonly to?: typeof someone; readonly calldata: Hex }])[] = [
    ["no data", { to: someone, calldata: "0x" }],
    ["zero bytes", { to: someone, calldata: `0x${"00".repeat(100)}` }],
    ["other bytes", { to: someone, calldata: `0x${"ff".repeat(1_000)}` }],
    ["a short initcode", { calldata: "0x00" }],
    ["a long initcode", { calldata: `0x${"00".repeat(33)}${"ff".repeat(20_000)}` }],
  ];
  for (const [what, call] of calls) {
    it(`is exactly what the chain asks for: ${what}`, async () => {
      const least = minimumGas(call);
      const chain = await EmbeddedChain.create();
      const enough = await signed(0, call.to, call.calldata, least);
      await chain.mineBlock({ number: 1, time: genesisTimeSeconds, transactions: [enough] });
      const poor = await signed(1, call.to, call.calldata, least - 1n);
      const refusal = await chain
        .mineBlock({ number: 2, time: genesisTimeSeconds, transactions: [poor] })
        .then(
          () => undefined,
          (error: unknown) => error,
        );
      expect(refusal).to.be.instanceOf(PlanRefused);
      await chain.close();
    });
  }

  it("may exceed what any transaction may offer", () => {
    const calldata: Hex = `0x${"ff".repeat(500_000)}`;
    expect(() => checkGas({ to: someone, calldata, gasLimit: 16_777_216n }))
      .to.throw(GasOutOfRange, "split it")
      .with.property("minimum", 21_000n + 500_000n * 40n);
  });

  it("is no help to an initcode that is too long", () => {
    const calldata: Hex = `0x${"00".repeat(initcodeBytes + 1)}`;
    expect(() => checkGas({ calldata, gasLimit: 16_000_000n }))
      .to.throw(InitcodeTooLong)
      .with.property("lengthBytes", initcodeBytes + 1);
  });
});
