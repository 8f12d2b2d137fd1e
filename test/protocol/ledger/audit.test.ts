import { expect } from "chai";
import { fen, largestAmountFen } from "../../../protocol/amounts.ts";
import {
  actorId,
  address,
  attestationId,
  confirmationId,
  correctionId,
  findingId,
  periodNumber,
  programmeId,
} from "../../../protocol/ids.ts";
import { recordKinds } from "../../../protocol/ledger/codes.ts";
import { exampleBooks, digest, roles } from "../books.ts";
import type { Bookkeeper, EventOf } from "../books.ts";
import { refusedFor, refuses } from "./refused.ts";

const zero = digest(0);

const attested = (keeper: Bookkeeper, programme: number, period: number): EventOf<"Attested"> => ({
  type: "Attested",
  attestation: attestationId(keeper.state.attestations.length + 1),
  programme: programmeId(programme),
  period: periodNumber(period),
  document: keeper.fresh(),
  auditor: roles.auditor,
  operation: keeper.fresh(),
});

const opened = (keeper: Bookkeeper, programme = 0, period = 0): EventOf<"FindingOpened"> => {
  const { type: _type, attestation: _attestation, ...rest } = attested(keeper, programme, period);
  return { type: "FindingOpened", finding: findingId(keeper.state.findings.length + 1), ...rest };
};

const answered = (keeper: Bookkeeper, finding: number): EventOf<"FindingAnswered"> => ({
  type: "FindingAnswered",
  finding: findingId(finding),
  document: keeper.fresh(),
  treasurer: roles.treasurer,
});

const closed = (keeper: Bookkeeper, finding: number): EventOf<"FindingClosed"> => ({
  type: "FindingClosed",
  finding: findingId(finding),
  document: keeper.fresh(),
  auditor: roles.auditor,
});

const confirmed = (keeper: Bookkeeper): EventOf<"ChannelTotalConfirmed"> => ({
  type: "ChannelTotalConfirmed",
  confirmation: confirmationId(keeper.state.confirmations.length + 1),
  channel: "alipay",
  day: 20_270_101,
  currency: "CNY",
  count: 3,
  sum: fen(11_000n),
  provider: roles.provider,
  operation: keeper.fresh(),
});

const corrected = (
  keeper: Bookkeeper,
  kind: EventOf<"CorrectionNoted">["kind"],
  record: number,
): EventOf<"CorrectionNoted"> => ({
  type: "CorrectionNoted",
  correction: correctionId(keeper.state.corrections.length + 1),
  kind,
  record,
  document: keeper.fresh(),
  treasurer: roles.treasurer,
  operation: keeper.fresh(),
});

const headNoted = (keeper: Bookkeeper, blocksBack: number): EventOf<"HeadNoted"> => ({
  type: "HeadNoted",
  blockNumber: (keeper.state.last?.blockNumber ?? 0) + 1 - blocksBack,
  blockHash: keeper.fresh(),
  actor: roles.auditor,
});

describe("audit on the chain", () => {
  it("attests to the ledger, a programme, and a declared period of it", () => {
    const keeper = exampleBooks();
    keeper.tell(
      () => attested(keeper, 0, 0),
      () => attested(keeper, 2, 0),
      () => attested(keeper, 2, 2),
    );
    const subjects = keeper.state.attestations.map(({ programme, period }) => [programme, period]);
    expect(subjects).to.deep.equal([
      [0, 0],
      [2, 0],
      [2, 2],
    ]);
  });

  it("opens a finding, which is answered once and closed once, answered or not", () => {
    const keeper = exampleBooks();
    keeper.tell(
      () => opened(keeper),
      () => opened(keeper, 1, 1),
    );
    keeper.tell(
      () => answered(keeper, 1),
      () => closed(keeper, 1),
      () => closed(keeper, 2),
    );
    expect(keeper.state.findings.map(({ state }) => state)).to.deep.equal(["closed", "closed"]);
    const [first, second] = keeper.state.findings;
    expect([first?.opened.actor, first?.answered?.actor, first?.closed?.actor]).to.deep.equal([6, 2, 6]);
    expect(second).to.not.have.property("answered");
  });

  it("keeps every confirmation of a day beside the earlier ones", () => {
    const keeper = exampleBooks();
    keeper.tell(
      () => confirmed(keeper),
      () => ({ ...confirmed(keeper), count: 4 }),
    );
    expect(keeper.state.confirmations.map(({ count }) => count)).to.deep.equal([3, 4]);
  });

  it("notes a correction of any record that there is, and of none that there is not", () => {
    const keeper = exampleBooks();
    const last: Record<string, number> = { actor: 7, fund: 1, programme: 2, batch: 3, roster: 4 };
    for (const kind of recordKinds) {
      const count = last[kind] ?? 0;
      expect(refusedFor(keeper, corrected(keeper, kind, count + 1)), kind).to.equal(
        kind === "correction" ? undefined : kind,
      );
      if (count > 0) keeper.record(corrected(keeper, kind, count));
      expect(refusedFor(keeper, corrected(keeper, kind, 0)), kind).to.equal(kind);
    }
    expect(keeper.state.corrections).to.have.lengthOf(6);
  });

  it("notes heads of the last 256 blocks", () => {
    const keeper = exampleBooks();
    const account = address(`0x${"9".repeat(40)}`);
    for (let block = 0; block < 300; block += 1)
      keeper.record({ type: "RoleGranted", role: digest(1), account });
    expect(refusedFor(keeper, headNoted(keeper, 0))).to.equal("block");
    expect(refusedFor(keeper, headNoted(keeper, 257))).to.equal("block");
    keeper.tell(
      () => headNoted(keeper, 1),
      () => headNoted(keeper, 256),
    );
    expect(keeper.state.headNotes).to.have.lengthOf(2);
  });

  const withFinding = (): Bookkeeper => {
    const keeper = exampleBooks();
    keeper.record(opened(keeper));
    return keeper;
  };

  refuses(withFinding, [
    ["a period of no programme", "programme", (keeper) => attested(keeper, 0, 1)],
    ["an unknown programme", "programme", (keeper) => attested(keeper, 3, 0)],
    ["an undeclared period", "policy period", (keeper) => attested(keeper, 1, 3)],
    [
      "an attestation out of turn",
      "attestation",
      (keeper) => ({ ...attested(keeper, 0, 0), attestation: attestationId(2) }),
    ],
    [
      "an attestation without a document",
      "document",
      (keeper) => ({ ...attested(keeper, 0, 0), document: zero }),
    ],
    ["an unknown auditor", "actor", (keeper) => ({ ...attested(keeper, 0, 0), auditor: actorId(8) })],
    [
      "an operation that landed",
      "operation",
      (keeper) => ({ ...attested(keeper, 0, 0), operation: keeper.state.batches[0]?.operation ?? zero }),
    ],
    ["a finding out of turn", "finding", (keeper) => ({ ...opened(keeper), finding: findingId(1) })],
    ["an answer to an unknown finding", "finding", (keeper) => answered(keeper, 2)],
    ["an answer without a document", "document", (keeper) => ({ ...answered(keeper, 1), document: zero })],
    ["an unknown answerer", "actor", (keeper) => ({ ...answered(keeper, 1), treasurer: actorId(8) })],
    ["a day that is none", "day", (keeper) => ({ ...confirmed(keeper), day: 20_270_132 })],
    ["a currency that is none", "currency", (keeper) => ({ ...confirmed(keeper), currency: "yuan" })],
    ["a sum beyond 64 bits", "sum", (keeper) => ({ ...confirmed(keeper), sum: fen(largestAmountFen + 1n) })],
    [
      "a confirmation out of turn",
      "confirmation",
      (keeper) => ({ ...confirmed(keeper), confirmation: confirmationId(2) }),
    ],
    ["an unknown provider", "actor", (keeper) => ({ ...confirmed(keeper), provider: actorId(8) })],
    [
      "a correction out of turn",
      "correction",
      (keeper) => ({ ...corrected(keeper, "fund", 1), correction: correctionId(2) }),
    ],
    [
      "a correction without a document",
      "document",
      (keeper) => ({ ...corrected(keeper, "fund", 1), document: zero }),
    ],
    ["a head by nobody", "actor", (keeper) => ({ ...headNoted(keeper, 1), actor: actorId(0) })],
  ]);

  it("goes from open to answered to closed, never back", () => {
    const keeper = withFinding();
    keeper.record(answered(keeper, 1));
    expect(refusedFor(keeper, answered(keeper, 1))).to.equal("state of the finding");
    keeper.record(closed(keeper, 1));
    expect(refusedFor(keeper, answered(keeper, 1))).to.equal("state of the finding");
    expect(refusedFor(keeper, closed(keeper, 1))).to.equal("state of the finding");
  });
});
