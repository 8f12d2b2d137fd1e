import { expect } from "chai";
import { encodeAbiParameters, encodeFunctionData, getContract } from "viem";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { bytes32 } from "../../protocol/ids.ts";
import { adminDelaySeconds, digest, fundedBooks, openBooks, roleId } from "./books.ts";
import { chain } from "./chain.ts";
import { expectRefusal } from "./refusals.ts";
import { recordingVerbs } from "./verbs.ts";

const currency = "0x434e59";

const openFund = (document = digest()) =>
  encodeFunctionData({
    abi: ledgerAbi,
    functionName: "openFund",
    args: [digest(), currency, 9000, 0, 0, document],
  });

describe("the ledger: several calls in one", () => {
  it("lands them all, each by the caller itself", async () => {
    const books = await openBooks();
    await books.as("treasurer").multicall([[openFund(), openFund()]]);
    expect((await books.lens.read.counters()).funds).to.equal(3);
  });

  it("lands none where one is refused, and says why", async () => {
    const books = await openBooks();
    const bad = openFund(bytes32(`0x${"0".repeat(64)}`));
    await expectRefusal("ZeroDigest", [], books.as("treasurer").multicall([[openFund(), bad, openFund()]]));
    expect((await books.lens.read.counters()).funds).to.equal(1);
  });

  it("lands no decision of a group where one is refused", async () => {
    const books = await fundedBooks(10_000);
    const approve = (claim: number, amount: bigint) =>
      encodeFunctionData({ abi: ledgerAbi, functionName: "approveClaim", args: [claim, amount, 0n] });
    for (let claim = 1; claim <= 3; claim += 1) await books.file({ requested: 1000 });
    const adjudicator = books.as("adjudicator");
    const tooMuch = adjudicator.multicall([[approve(1, 500n), approve(2, 1001n), approve(3, 500n)]]);
    await expectRefusal("ApprovedAboveRequested", [1000n, 1001n], tooMuch);
    for (const claim of [1, 2, 3]) expect((await books.lens.read.claim([claim])).state).to.equal(1);
    expect(await books.lens.read.programme([1])).to.include({ queueHead: 0, lastQueueNumber: 0 });
    await adjudicator.multicall([[approve(1, 500n), approve(3, 500n)]]);
    expect(await books.lens.read.programme([1])).to.include({ queueHead: 1, queueTail: 3 });
  });

  it("gives nobody another's role", async () => {
    const books = await openBooks();
    await expectRefusal(
      "AccessControlUnauthorizedAccount",
      [books.account("recorder"), roleId("treasurer")],
      books.as("recorder").multicall([[openFund()]]),
    );
  });
});

describe("the ledger: as deployed", () => {
  it("names the ledger that it succeeds, and its default admin's delay", async () => {
    const books = await openBooks();
    const parameters = [{ type: "address" }, { type: "uint48" }, { type: "address" }] as const;
    const successor = await chain.deploy(
      "Ledger",
      encodeAbiParameters(parameters, [books.account("admin"), adminDelaySeconds, books.ledger]),
    );
    const read = getContract({ address: successor, abi: ledgerAbi, client: chain.reader() }).read;
    expect((await read.PREDECESSOR()).toLowerCase()).to.equal(books.ledger);
    expect(await read.defaultAdminDelay()).to.equal(adminDelaySeconds);
    expect(await books.read.PREDECESSOR()).to.equal("0x0000000000000000000000000000000000000000");
  });

  it("holds no verb that edits, deletes, withdraws or calls elsewhere", () => {
    const verbs = ledgerAbi.flatMap((entry) =>
      entry.type === "function" && entry.stateMutability === "nonpayable" ? [entry.name] : [],
    );
    const mutabilities = new Set(
      ledgerAbi.flatMap((entry) => (entry.type === "function" ? [entry.stateMutability] : [])),
    );
    // None is payable: no money of the chain itself can get in.
    expect([...mutabilities]).to.have.members(["nonpayable", "view"]);
    const unrecorded = ["closePeriod", "grantRole", "multicall", "pause", "registerActor", "registerChannel"];
    const ofTheAdmin = ["renounceRole", "revokeRole", "unpause"];
    const ofItsTransfer = [
      "acceptDefaultAdminTransfer",
      "beginDefaultAdminTransfer",
      "cancelDefaultAdminTransfer",
      "changeDefaultAdminDelay",
      "rollbackDefaultAdminDelay",
    ];
    const recording = recordingVerbs.map(({ name }) => name.slice(name.indexOf(".") + 1));
    expect(verbs).to.have.members([...recording, ...unrecorded, ...ofTheAdmin, ...ofItsTransfer]);
    expect(recording).to.have.lengthOf(28);
  });
});
