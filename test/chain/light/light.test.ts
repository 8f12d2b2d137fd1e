/** The decoding that travels to the browser, held against the committed ABI and another library's encoding. */
import { expect } from "chai";
import { Interface } from "ethers";
import { ledgerAbi } from "../../../chain/abi/ledger.ts";
import { lensAbi } from "../../../chain/abi/lens.ts";
import { decodeLedgerLog } from "../../../chain/decode.ts";
import { eventReaders, readEvent, type EventReader } from "../../../chain/light/events.ts";
import { lightNode } from "../../../chain/light/node.ts";
import { callData, eventTopic, Words } from "../../../chain/light/words.ts";
import { address, batchId, fundId, programmeId } from "../../../protocol/ids.ts";
import type { LedgerEvent } from "../../../protocol/ledger/events.ts";
import { Unanswered } from "../../../protocol/verify/steps.ts";
import { sampleOf } from "../samples.ts";

const ledger = new Interface(JSON.stringify(ledgerAbi));
const lens = new Interface(JSON.stringify(lensAbi));
const readers: readonly (readonly [string, EventReader<LedgerEvent>])[] = Object.entries(eventReaders);

describe("events read without a library", () => {
  for (const [name, reader] of readers) {
    const fragment = ledger.getEvent(name);
    if (fragment === null) throw new RangeError(`the ABI has no event ${name}`);

    it(`${name} has the signature of the ABI, and every field where the other decoder finds it`, () => {
      expect(reader.signature).to.equal(fragment.format("sighash"));
      expect(eventTopic(reader.signature)).to.equal(fragment.topicHash);
      const samples = fragment.inputs.map((input, index) => sampleOf(input, index));
      const log = ledger.encodeEventLog(fragment, samples);
      const expected = decodeLedgerLog(log);
      expect(readEvent(reader, log)).to.deep.equal(expected);
    });

    it(`${name} cut short, or of another event, is no answer`, () => {
      const log = ledger.encodeEventLog(
        fragment,
        fragment.inputs.map((input, index) => sampleOf(input, index)),
      );
      expect(() => readEvent(reader, { ...log, data: log.data.slice(0, 40) })).to.throw(Unanswered);
      expect(() => readEvent(reader, { ...log, topics: log.topics.slice(0, 2) })).to.throw(Unanswered);
      const topics = [eventTopic("Other()"), ...log.topics.slice(1)];
      expect(() => readEvent(reader, { ...log, topics })).to.throw(Unanswered);
    });
  }
});

describe("calls of the lens without a library", () => {
  const calls: { readonly to: string; readonly data: string }[] = [];
  const places = {
    chainId: 8650,
    ledger: address(`0x${"11".repeat(20)}`),
    lens: address(`0x${"22".repeat(20)}`),
  };

  /** A node whose lens answers samples in the encoding of another library. */
  const sampled = lightNode(async (method, params) => {
    expect(method).to.equal("eth_call");
    const [call] = params as readonly [{ readonly to: string; readonly data: string }];
    calls.push(call);
    const fragment = lens.getFunction(call.data.slice(0, 10));
    if (fragment === null) throw new RangeError(`the lens has no function ${call.data.slice(0, 10)}`);
    return lens.encodeFunctionResult(
      fragment,
      fragment.outputs.map((output, index) => sampleOf(output, index)),
    );
  });
  const { stored } = sampled.ledgerAt(places, 5);

  /** A member of the sample answer, as another library decodes it. */
  const member = (name: string, ...path: readonly string[]): unknown => {
    const fragment = lens.getFunction(name);
    if (fragment === null) throw new RangeError(name);
    const samples = fragment.outputs.map((output, index) => sampleOf(output, index));
    const decoded = lens.decodeFunctionResult(fragment, lens.encodeFunctionResult(fragment, samples));
    return path.reduce<unknown>(
      (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
      decoded,
    );
  };

  it("take every figure from its place in the ABI", async () => {
    const batch = await stored.batch(batchId(7));
    for (const name of ["startsAt", "sum", "count", "fund", "root"] as const) {
      expect(String(batch[name]), name).to.equal(String(member("batch", "0", name)));
    }
    const fund = await stored.fund(fundId(3));
    for (const name of ["donated", "allocated", "claimsShareBps"] as const) {
      expect(String(fund[name]), name).to.equal(String(member("fund", "0", name)));
    }
    const { programme: _id, ...totals } = await stored.programme(programmeId(2));
    expect(Object.keys(totals)).to.have.length(8);
    for (const [name, value] of Object.entries(totals)) {
      expect(String(value), name).to.equal(String(member("programme", "0", "totals", name)));
    }
    expect(await stored.refunded(batchId(7), 1)).to.equal(member("refundedOf", "0"));
    expect(await stored.ledger()).to.equal(String(member("ledger", "0")).toLowerCase());
  });

  it("are encoded as another library encodes them", () => {
    expect(callData("refundedOf(uint32,uint32)", 7, 1)).to.equal(
      lens.encodeFunctionData("refundedOf", [7, 1]),
    );
    expect(callData("ledger()")).to.equal(lens.encodeFunctionData("ledger"));
    expect(calls.every(({ to }) => to === places.lens)).to.equal(true);
  });
});

describe("words", () => {
  it("refuse what is no answer: past the end, no hexadecimal, a number too large", () => {
    expect(() => new Words("0x").number(0)).to.throw(Unanswered, "garbled");
    expect(() => new Words(undefined)).to.throw(Unanswered, "garbled");
    expect(() => new Words("0xzz")).to.throw(Unanswered, "garbled");
    const large = new Words(`0x${"ff".repeat(32)}`);
    expect(() => large.number(0)).to.throw(Unanswered, "garbled");
    expect(() => large.u32(0)).to.throw(Unanswered, "garbled");
    expect(() => large.fen(0)).to.throw(Unanswered, "garbled");
    expect(() => new Words(`0x${"0".repeat(62)}20${"0".repeat(62)}40`).bytes(0)).to.throw(
      Unanswered,
      "garbled",
    );
  });
});
