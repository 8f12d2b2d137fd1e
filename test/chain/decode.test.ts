import { expect } from "chai";
import { Interface, type EventFragment, type ParamType } from "ethers";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { lensAbi } from "../../chain/abi/lens.ts";
import { UnknownCode } from "../../chain/coding.ts";
import { decodeLedgerLog, UnreadableLog } from "../../chain/decode.ts";
import { decodeRefusal, errorSelector, refusalText } from "../../chain/errors.ts";
import { toHex } from "../../protocol/bytes.ts";
import {
  benefitKinds,
  expenseKinds,
  programmeKinds,
  reasons,
  recordKinds,
} from "../../protocol/ledger/events.ts";
import { sampleOf, sampleShares, type Sample } from "./samples.ts";

const ledger = new Interface(JSON.stringify(ledgerAbi));
const lens = new Interface(JSON.stringify(lensAbi));
const zeroWord = `0x${"00".repeat(32)}`;

/** Of access control; the books do not depend on them. */
const ignored = [
  "RoleAdminChanged",
  "DefaultAdminTransferScheduled",
  "DefaultAdminTransferCanceled",
  "DefaultAdminDelayChangeScheduled",
  "DefaultAdminDelayChangeCanceled",
];

const events: readonly EventFragment[] = ledger.fragments.flatMap((fragment) =>
  fragment.type === "event" ? [ledger.getEvent(fragment.format())].filter((event) => event !== null) : [],
);

/** Counts, which are numbers although the chain has room for more. */
const counts = ["count", "denominator", "blockNumber"];

/** Which list the code of an event indexes. */
const kindsOf: Readonly<Record<string, readonly string[]>> = {
  ProgrammeOpened: programmeKinds,
  ExpenseRecorded: expenseKinds,
  CorrectionNoted: recordKinds,
};

/** What the protocol makes of a sample: codes by name, bytes as bytes, numbers that are counts as numbers. */
const expectedOf = (event: string, { name, type }: ParamType, sample: Sample): unknown => {
  if (name === "channel") return "alipay";
  if (name === "currency") return "CNY";
  if (name === "sharesBps") return [...sampleShares];
  if (name === "benefit") return benefitKinds[1];
  if (name === "reason") return reasons[0];
  if (name === "kind") return kindsOf[event]?.[1];
  if (typeof sample !== "bigint") return sample;
  return counts.includes(name) || /^uint(8|16|32|40|48)$/.test(type) ? Number(sample) : sample;
};

/** Objects of tuples and hexadecimal of bytes, so that both sides compare. */
const plain = (value: unknown): unknown => (value instanceof Uint8Array ? toHex(value) : value);

describe("events of the ledger", () => {
  it("are all known: decoded, or listed as ignored", () => {
    const names = events.map(({ name }) => name);
    expect(names).to.include.members(ignored);
    expect(names.length).to.be.greaterThan(ignored.length);
  });

  for (const event of events) {
    const samples = event.inputs.map((input, index) => sampleOf(input, index));
    const log = ledger.encodeEventLog(event, samples);

    if (ignored.includes(event.name)) {
      it(`${event.name} is ignored`, () => expect(decodeLedgerLog(log)).to.equal(undefined));
      continue;
    }

    it(`${event.name} is decoded with every value in its place`, () => {
      const decoded = decodeLedgerLog(log);
      expect(decoded?.type).to.equal(event.name);
      for (const [index, input] of event.inputs.entries()) {
        const sample = samples[index] ?? "";
        const value: unknown = decoded === undefined ? undefined : Reflect.get(decoded, input.name);
        if (input.name === "sender") continue;
        if (event.name === "Paused" || event.name === "Unpaused") continue;
        if (input.components === null) {
          expect(plain(value), input.name).to.deep.equal(expectedOf(event.name, input, sample));
        } else {
          const parts = Array.isArray(sample) ? sample : [];
          const members = input.components.map((component, place) => [component.name, parts[place]]);
          expect(value, input.name).to.deep.equal(Object.fromEntries(members));
        }
      }
    });
  }

  it("of another contract are refused, and so is a log cut short", () => {
    const other = new Interface(["event Other(uint256 value)"]);
    expect(() => decodeLedgerLog(other.encodeEventLog("Other", [1n]))).to.throw(UnreadableLog);
    expect(() => decodeLedgerLog({ topics: [], data: "0x" })).to.throw(UnreadableLog);
    const whole = ledger.encodeEventLog("ClaimApproved", [1, 1, 5, 0, 1, 1]);
    expect(() => decodeLedgerLog({ ...whole, data: whole.data.slice(0, 80) })).to.throw(UnreadableLog);
  });

  it("tells the four reasons apart, and refuses one that no verb records", () => {
    const held = (reason: number) => ledger.encodeEventLog("ClaimHeld", [1, 1, reason, 1]);
    expect([1, 2, 3, 4].map((reason) => decodeLedgerLog(held(reason)))).to.deep.equal(
      reasons.map((reason) => ({ type: "ClaimHeld", claim: 1, programme: 1, reason, adjudicator: 1 })),
    );
    for (const reason of [0, 5]) expect(() => decodeLedgerLog(held(reason))).to.throw(UnknownCode);
  });

  it("reads the shares of 1 to 16 insurers, the first lowest", () => {
    for (const shares of [[10_000], [1, 9_999], Array.from({ length: 16 }, () => 625)]) {
      const word = shares.reduce((sum, bps, at) => sum + BigInt(bps) * 2n ** BigInt(16 * at), 0n);
      const log = ledger.encodeEventLog("InsurersDeclared", [1, 1, word, zeroWord, 1]);
      expect(decodeLedgerLog(log)).to.deep.include({ type: "InsurersDeclared", sharesBps: shares });
    }
  });
});

describe("refusals of ledger and lens", () => {
  for (const [contract, abi] of [
    ["ledger", ledger],
    ["lens", lens],
  ] as const) {
    abi.forEachError((error) => {
      it(`${contract}: ${error.name} is told by name and facts`, () => {
        const samples = error.inputs.map((input, index) => sampleOf(input, index));
        const { name, facts } = decodeRefusal(abi.encodeErrorResult(error, samples));
        expect(name).to.equal(error.name);
        expect(Object.keys(facts)).to.deep.equal(error.inputs.map((input) => input.name));
        expect(Object.values(facts).map((fact) => fact.toLowerCase())).to.deep.equal(
          samples.map((sample) => String(sample).toLowerCase()),
        );
        expect(errorSelector(error.name)).to.equal(error.selector);
      });
    });
  }

  it("that nobody knows keep their data", () => {
    expect(decodeRefusal("0x12345678")).to.deep.equal({ name: "Unknown", facts: { data: "0x12345678" } });
    expect(decodeRefusal("0x").name).to.equal("Unknown");
    expect(() => errorSelector("NoSuchError")).to.throw("no custom error NoSuchError");
  });

  it("read as one line", () => {
    expect(refusalText({ name: "StalePosition", facts: { expected: "5", actual: "7" } })).to.equal(
      "StalePosition: expected 5, actual 7",
    );
    expect(refusalText({ name: "NotPaused", facts: {} })).to.equal("NotPaused");
  });
});
