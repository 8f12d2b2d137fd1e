import { expect } from "chai";
import { AbiCoder, encodeBytes32String, Interface, keccak256 } from "ethers";
import type { Hex } from "viem";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { UnpackableShares } from "../../chain/coding.ts";
import {
  channelRole,
  channelRoles,
  ledgerRole,
  ledgerRoles,
  programmeRole,
  programmeRoles,
} from "../../chain/roles.ts";
import { decodeVerb, encodeVerb, mostCalls, UnreadableCall, type Verb } from "../../chain/verbs.ts";
import { fen, position } from "../../protocol/amounts.ts";
import { InvalidChannel } from "../../protocol/donations/channel.ts";
import {
  address,
  batchId,
  bytes32,
  claimId,
  findingId,
  fundId,
  payoutId,
  periodNumber,
  programmeId,
  refundId,
  rosterId,
} from "../../protocol/ids.ts";

const ledger = new Interface(JSON.stringify(ledgerAbi));
const word = (byte: string) => bytes32(`0x${byte.repeat(32)}`);
const account = address(`0x${"ab".repeat(20)}`);

const proof = [word("0a"), word("0b")];
const fileClaimArguments: readonly unknown[] = [
  word("02"),
  4,
  word("08"),
  1_899_999_000,
  1_900_090_000,
  proof,
].concat([1_900_000_000, 6, 1, word("07")]);

/** Each verb beside the arguments in the contract's order. */
const verbs: readonly (readonly [Verb, readonly unknown[]])[] = [
  [{ verb: "registerActor", account }, [account]],
  [{ verb: "grantRole", role: word("01"), account }, [word("01"), account]],
  [{ verb: "revokeRole", role: word("01"), account }, [word("01"), account]],
  [{ verb: "pause" }, []],
  [{ verb: "unpause" }, []],
  [{ verb: "registerChannel", channel: "alipay" }, [encodeBytes32String("alipay")]],
  [
    {
      verb: "openFund",
      operation: word("02"),
      currency: "CNY",
      claimsShareBps: 9000,
      restrictedTo: programmeId(3),
      fallbackTo: programmeId(4),
      document: word("05"),
    },
    [word("02"), "0x434e59", 9000, 3, 4, word("05")],
  ],
  [
    {
      verb: "recordDonations",
      operation: word("02"),
      fund: fundId(3),
      channel: "bank",
      day: 20_300_401,
      startsAt: position(2n ** 95n),
      leaves: new Uint8Array(40).fill(7),
    },
    [word("02"), 3, encodeBytes32String("bank"), 20_300_401, 2n ** 95n, `0x${"07".repeat(40)}`],
  ],
  [
    {
      verb: "openProgramme",
      operation: word("02"),
      kind: "aid",
      currency: "CNY",
      region: 130_723,
      document: word("05"),
    },
    [word("02"), 1, "0x434e59", 130_723, word("05")],
  ],
  [
    {
      verb: "declarePeriod",
      programme: programmeId(1),
      period: periodNumber(2),
      start: 1_900_000_000,
      end: 1_900_086_400,
      filingDeadline: 1_900_172_800,
      cover: fen(5_000_000),
      toTheMinute: true,
      terms: word("06"),
    },
    [1, 2, 1_900_000_000, 1_900_086_400, 1_900_172_800, 5_000_000, true, word("06")],
  ],
  [{ verb: "closePeriod", programme: programmeId(1), max: 8 }, [1, 8]],
  [
    {
      verb: "allocatePremium",
      operation: word("02"),
      fund: fundId(3),
      programme: programmeId(4),
      startsAt: position(5),
      amount: fen(6),
    },
    [word("02"), 3, 4, 5, 6],
  ],
  [
    {
      verb: "recordExpense",
      operation: word("02"),
      programme: programmeId(4),
      kind: "administration",
      startsAt: position(5),
      amount: fen(6),
      evidence: word("07"),
    },
    [word("02"), 4, 0, 5, 6, word("07")],
  ],
  [
    {
      verb: "fileClaim",
      operation: word("02"),
      roster: rosterId(4),
      person: word("08"),
      from: 1_899_999_000,
      to: 1_900_090_000,
      proof: [word("0a"), word("0b")],
      incidentFrom: 1_900_000_000,
      requested: fen(6),
      benefit: "service",
      evidence: word("07"),
    },
    fileClaimArguments,
  ],
  [
    {
      verb: "fileGrant",
      operation: word("02"),
      programme: programmeId(4),
      policyPeriod: periodNumber(2),
      aidOf: claimId(9),
      requested: fen(6),
      benefit: "device",
      evidence: word("07"),
    },
    [word("02"), 4, 2, 9, 6, 2, word("07")],
  ],
  [
    {
      verb: "appendRoster",
      operation: word("02"),
      programme: programmeId(4),
      policyPeriod: periodNumber(2),
      root: word("0c"),
      count: 10_000,
      premiumPerHead: fen(30),
      denominator: 1_000_000,
    },
    [word("02"), 4, 2, word("0c"), 10_000, 30, 1_000_000],
  ],
  [
    {
      verb: "declareInsurers",
      programme: programmeId(4),
      policyPeriod: periodNumber(2),
      sharesBps: [6_000, 3_999, 1],
      document: word("05"),
    },
    [4, 2, 6_000n + 3_999n * 2n ** 16n + 2n ** 32n, word("05")],
  ],
  [{ verb: "withdrawClaim", claim: claimId(9) }, [9]],
  [{ verb: "rejectClaim", claim: claimId(9), reason: "evidence" }, [9, 1]],
  [{ verb: "holdClaim", claim: claimId(9), reason: "duplicate" }, [9, 3]],
  [{ verb: "releaseClaim", claim: claimId(9), after: claimId(8) }, [9, 8]],
  [{ verb: "cancelClaim", claim: claimId(9), reason: "other" }, [9, 4]],
  [
    {
      verb: "recoverPayout",
      operation: word("02"),
      payout: payoutId(11),
      amount: fen(6),
      returned: true,
      after: claimId(8),
      evidence: word("07"),
    },
    [word("02"), 11, 6, true, 8, word("07")],
  ],
  [
    { verb: "moveSurplus", operation: word("02"), from: programmeId(4), to: programmeId(5) },
    [word("02"), 4, 5],
  ],
  [
    {
      verb: "refundDonation",
      operation: word("02"),
      batch: batchId(3),
      index: 2_999,
      leafAmount: fen(100),
      commitment: word("0d"),
      proof: new Uint8Array(80).fill(9),
      amount: fen(40),
      paymentReference: word("07"),
    },
    [word("02"), 3, 2_999, 100, word("0d"), `0x${"09".repeat(80)}`, 40, word("07")],
  ],
  [
    { verb: "coverRefund", refund: refundId(12), channel: "bank", paymentReference: word("07") },
    [12, encodeBytes32String("bank"), word("07")],
  ],
  [
    {
      verb: "attest",
      operation: word("02"),
      programme: programmeId(4),
      period: periodNumber(2),
      document: word("05"),
    },
    [word("02"), 4, 2, word("05")],
  ],
  [
    {
      verb: "openFinding",
      operation: word("02"),
      programme: programmeId(0),
      period: periodNumber(0),
      document: word("05"),
    },
    [word("02"), 0, 0, word("05")],
  ],
  [{ verb: "answerFinding", finding: findingId(13), document: word("05") }, [13, word("05")]],
  [{ verb: "closeFinding", finding: findingId(13), document: word("05") }, [13, word("05")]],
  [
    {
      verb: "confirmChannelTotal",
      operation: word("02"),
      channel: "bank",
      day: 20_300_401,
      currency: "CNY",
      count: 0,
      sum: fen(2n ** 96n - 1n),
    },
    [word("02"), encodeBytes32String("bank"), 20_300_401, "0x434e59", 0, 2n ** 96n - 1n],
  ],
  [
    { verb: "noteCorrection", operation: word("02"), kind: "payout", record: 14, document: word("05") },
    [word("02"), 7, 14, word("05")],
  ],
  [{ verb: "noteHead", blockNumber: 15, blockHash: word("0e") }, [15, word("0e")]],
  [{ verb: "approveClaim", claim: claimId(9), amount: fen(6), remaining: fen(7) }, [9, 6, 7]],
  [{ verb: "payClaim", claim: claimId(9), paymentReference: word("07") }, [9, word("07")]],
];

/** What changes the ledger and is no verb: moving the admin's power, and giving up a role. */
const ofTheAdmin = [
  "acceptDefaultAdminTransfer",
  "beginDefaultAdminTransfer",
  "cancelDefaultAdminTransfer",
  "changeDefaultAdminDelay",
  "rollbackDefaultAdminDelay",
  "renounceRole",
];

describe("verbs of the ledger", () => {
  for (const [verb, expected] of verbs) {
    it(`${verb.verb} is encoded as another library encodes it, and read back`, () => {
      const data = encodeVerb(verb);
      expect(data).to.equal(ledger.encodeFunctionData(verb.verb, expected));
      expect(decodeVerb(data)).to.deep.equal(verb);
    });
  }

  it("are all functions that change the ledger, but the admin's own", () => {
    const changing: string[] = [];
    ledger.forEachFunction(({ name, constant }) => void (constant || changing.push(name)));
    const known = [...verbs.map(([{ verb }]) => verb), "multicall", ...ofTheAdmin];
    expect(known).to.have.members(changing);
  });

  it("multicall carries the others in their order, and is read back", () => {
    const calls = verbs.map(([verb]) => verb);
    const encoded = calls.map((verb) => encodeVerb(verb));
    const data = encodeVerb({ verb: "multicall", calls });
    expect(data).to.equal(ledger.encodeFunctionData("multicall", [encoded]));
    expect(decodeVerb(data)).to.deep.equal({ verb: "multicall", calls });
  });

  it("with more than 16 shares, or one that does not fit, are not encoded", () => {
    const declare = (sharesBps: readonly number[]): Verb => ({
      verb: "declareInsurers",
      programme: programmeId(1),
      policyPeriod: periodNumber(1),
      sharesBps,
      document: word("05"),
    });
    const most = Array.from({ length: 16 }, () => 65_535);
    expect(decodeVerb(encodeVerb(declare(most)))).to.deep.equal(declare(most));
    for (const shares of [[...most, 1], [65_536], [-1], [0.5]]) {
      expect(() => encodeVerb(declare(shares))).to.throw(UnpackableShares);
    }
  });
});

describe("calldata that somebody else signed", () => {
  const pay: Verb = { verb: "payClaim", claim: claimId(9), paymentReference: word("07") };
  const refused = (data: string, reason: string) =>
    expect(() => decodeVerb(data as Hex)).to.throw(UnreadableCall, reason);

  it("is read whatever the case of its digits", () =>
    expect(decodeVerb(`0x${encodeVerb(pay).slice(2).toUpperCase()}`)).to.deep.equal(pay));

  it("is refused where it carries no verb", () => {
    refused("0x", "a function of this ledger's ABI");
    refused("0x12345678", "a function of this ledger's ABI");
    refused("0xzz", "hexadecimal");
    refused(ledger.encodeFunctionData("paused"), "a verb, got paused");
    refused(ledger.encodeFunctionData("acceptDefaultAdminTransfer"), "a verb, got accept");
    refused(encodeVerb(pay).slice(0, -2), "a function of this ledger's ABI and its arguments");
  });

  it("is refused where it says more than its verb", () => {
    refused(`${encodeVerb(pay)}00`, "canonical");
    refused(`${encodeVerb(pay)}${"00".repeat(32)}`, "canonical");
    const dirty = encodeVerb(pay).slice(0, 10) + "1".padEnd(64, "0").slice(0, 56) + encodeVerb(pay).slice(66);
    expect(() => decodeVerb(dirty as Hex)).to.throw(UnreadableCall);
  });

  it("is refused where a value is none that a record can have", () => {
    refused(ledger.encodeFunctionData("rejectClaim", [9, 0]), "values that a record");
    refused(ledger.encodeFunctionData("rejectClaim", [9, 5]), "values that a record");
    refused(ledger.encodeFunctionData("approveClaim", [9, 2n ** 96n, 0]), "values that a record");
    refused(ledger.encodeFunctionData("registerChannel", [word("ff")]), "values that a record");
    refused(
      ledger.encodeFunctionData("appendRoster", [word("02"), 4, 2, word("0c"), 2n ** 53n + 1n, 30, 0]),
      "canonical",
    );
  });

  it("is refused as a multicall inside another one, of too many calls, or laid out to unpack larger than it is", () => {
    const group: Verb = { verb: "multicall", calls: [pay] };
    refused(encodeVerb({ verb: "multicall", calls: [group] }), "a verb, got multicall");
    const most = Array.from({ length: mostCalls }, () => pay);
    expect(decodeVerb(encodeVerb({ verb: "multicall", calls: most })))
      .to.have.property("calls")
      .length(50);
    refused(encodeVerb({ verb: "multicall", calls: [...most, pay] }), "at most 50 calls");
    // The array's place is told as 0x40: one word that nobody reads stands before it.
    const data = encodeVerb(group);
    const shifted = `${data.slice(0, 10)}${"40".padStart(64, "0")}${"0".repeat(64)}${data.slice(74)}`;
    expect(ledger.decodeFunctionData("multicall", shifted)[0]).to.have.length(1);
    refused(shifted, "canonical");
  });
});

describe("roles of the ledger", () => {
  const roleId = (name: string, programme: number): string =>
    keccak256(
      AbiCoder.defaultAbiCoder().encode(["bytes32", "uint32"], [encodeBytes32String(name), programme]),
    );

  it("of the whole ledger and of a programme are the hash of name and programme", () => {
    for (const role of ledgerRoles) expect(ledgerRole(role)).to.equal(roleId(role, 0));
    for (const role of programmeRoles) {
      expect(programmeRole(role, programmeId(7))).to.equal(roleId(role, 7));
    }
  });

  it("of a channel are the hash of name and channel", () => {
    const words = [encodeBytes32String("provider"), encodeBytes32String("alipay")];
    const expected = keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "bytes32"], words));
    expect(channelRoles.map((role) => channelRole(role, "alipay"))).to.deep.equal([expected]);
    expect(() => channelRole("provider", "Not a channel")).to.throw(InvalidChannel);
  });
});
