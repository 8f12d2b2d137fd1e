import { expect } from "chai";
import { AbiCoder, encodeBytes32String, Interface, keccak256 } from "ethers";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { ledgerRole, ledgerRoles, programmeRole, programmeRoles } from "../../chain/roles.ts";
import { encodeVerb, type Verb } from "../../chain/verbs.ts";
import { fen, position } from "../../protocol/amounts.ts";
import { address, bytes32, claimId, fundId, periodNumber, programmeId } from "../../protocol/ids.ts";

const ledger = new Interface(JSON.stringify(ledgerAbi));
const word = (byte: string) => bytes32(`0x${byte.repeat(32)}`);
const account = address(`0x${"ab".repeat(20)}`);

/** Each verb beside the arguments in the contract's order. */
const verbs: readonly (readonly [Verb, readonly unknown[]])[] = [
  [{ verb: "registerActor", account }, [account]],
  [{ verb: "grantRole", role: word("01"), account }, [word("01"), account]],
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
      terms: word("06"),
    },
    [1, 2, 1_900_000_000, 1_900_086_400, 1_900_172_800, 5_000_000, word("06")],
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
      programme: programmeId(4),
      policyPeriod: periodNumber(2),
      person: word("08"),
      incidentFrom: 1_900_000_000,
      toTheMinute: true,
      requested: fen(6),
      benefit: "service",
      evidence: word("07"),
    },
    [word("02"), 4, 2, word("08"), 1_900_000_000, true, 6, 1, word("07")],
  ],
  [{ verb: "approveClaim", claim: claimId(9), amount: fen(6), remaining: fen(7) }, [9, 6, 7]],
  [{ verb: "payClaim", claim: claimId(9), paymentReference: word("07") }, [9, word("07")]],
];

describe("verbs of the ledger", () => {
  for (const [verb, expected] of verbs) {
    it(`${verb.verb} is encoded as another library encodes it`, () =>
      expect(encodeVerb(verb)).to.equal(ledger.encodeFunctionData(verb.verb, expected)));
  }

  it("multicall carries the others in their order", () => {
    const calls = verbs.map(([verb]) => verb);
    const encoded = calls.map((verb) => encodeVerb(verb));
    expect(encodeVerb({ verb: "multicall", calls })).to.equal(
      ledger.encodeFunctionData("multicall", [encoded]),
    );
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
});
