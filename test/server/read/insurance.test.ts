import { expect } from "chai";
import { addFen, fen, zeroFen } from "../../../protocol/amounts.ts";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { periodNumber } from "../../../protocol/ids.ts";
import { noCounters } from "../../../protocol/insurers/movements.ts";
import { insurerTotals } from "../../../protocol/insurers/statement.ts";
import { readShares } from "../../../protocol/insurers/split.ts";
import { insurersDocument } from "../../../server/documents.ts";
import { InvalidCursor } from "../../../protocol/ports/read.ts";
import type { ClaimRecord, LedgerState } from "../../../protocol/ledger/records.ts";
import { statementTable } from "../../../server/exports/statement-table.ts";
import { tableExport } from "../../../server/exports/table.ts";
import { histories, refusalOf, there } from "./histories.ts";
import { allPages } from "./opened.ts";

const historyLength = 300;
const seeds = [3, 7, 11, 19];
const limit = 50;

const codeOf = ({ claim }: Pick<ClaimRecord, "claim">): string => encodeCode({ kind: "claim", claim });

/** Every policy period that has insurers. */
const insured = (state: LedgerState) =>
  state.programmes.flatMap(({ programme, periods }) =>
    periods.flatMap((period) =>
      period.insurers === undefined ? [] : [{ programme, period, insurers: period.insurers }],
    ),
  );

describe("insurance, read from the index of random histories", () => {
  const all = histories(seeds, historyLength);

  it("a claim shows its steps, what is owed, paid and came back, and its grants; never its person", async () => {
    const seen = new Set<string>();
    for (const { opened, state } of all) {
      for (const record of state.claims) {
        const view = there(await opened.read.claim(record.claim));
        seen.add(view.state);
        expect(view.steps).to.deep.equal(record.steps);
        for (const { step } of view.steps) seen.add(step);
        const grants = state.claims.filter(({ aidOf }) => aidOf === record.claim);
        expect(view).to.deep.include({
          state: record.state,
          approved: record.approval?.amount ?? zeroFen,
          remaining: record.approval?.remaining ?? zeroFen,
          granted: record.granted,
          grants: grants.map((grant) => ({ claim: grant.claim, code: codeOf(grant) })),
          paid: addFen(...record.payouts.map(({ amount }) => amount)),
          recovered: addFen(...record.payouts.map(({ recovered }) => recovered)),
        });
        expect(view.reason).to.equal(record.reason);
        expect(view.payouts.map(({ payout, recovered }) => [payout, recovered])).to.deep.equal(
          record.payouts.map(({ payout, recovered }) => [payout, recovered]),
        );
        const aided = state.claims[record.aidOf - 1];
        expect(view.aidOf).to.deep.equal(
          aided === undefined ? undefined : { claim: aided.claim, code: codeOf(aided) },
        );
        expect([view.incidentFrom === undefined, view.roster === undefined]).to.deep.equal(
          aided === undefined ? [false, false] : [true, true],
        );
        expect(view.claimsAhead !== undefined).to.equal(record.state === "approved");
        const shown = JSON.stringify(view, (_key, value: unknown) =>
          typeof value === "bigint" ? String(value) : value,
        );
        expect(shown.includes(record.person.slice(2))).to.equal(false);
      }
    }
    expect(seen).to.include.members(["rejected", "withdrawn", "cancelled", "onHold", "paid", "returned"]);
    expect(seen).to.include.members(["held", "released", "recovered"]);
  });

  it("an enrolment adds up the rosters of its period, with the latest denominator", async () => {
    let rosters = 0;
    for (const { opened, state } of all) {
      for (const { programme } of state.programmes) {
        for (const {
          period,
          enrolment,
          toTheMinute,
          policyPaid,
          policyRecovered,
        } of await opened.read.periods(programme)) {
          const own = state.rosters.filter(
            (roster) => roster.programme === programme && roster.policyPeriod === period,
          );
          const denominator = own.findLast((roster) => roster.denominator !== 0)?.denominator;
          expect(enrolment).to.deep.equal({
            people: own.reduce((sum, { count }) => sum + count, 0),
            premiums: addFen(...own.map(({ count, premiumPerHead }) => fen(BigInt(count) * premiumPerHead))),
            ...(denominator === undefined ? {} : { denominator }),
            rosters: own.length,
          });
          const list = await allPages(2, (page) => opened.read.rosters(programme, period, page));
          expect(list.map(({ roster, root, count }) => [roster, root, count])).to.deep.equal(
            own.map(({ roster, root, count }) => [roster, root, count]),
          );
          rosters += own.length;
          const declared = state.programmes[programme - 1]?.periods[period - 1];
          expect([policyPaid, policyRecovered, toTheMinute]).to.deep.equal([
            fen(declared?.paid ?? 0n),
            fen(declared?.recovered ?? 0n),
            declared?.toTheMinute ?? false,
          ]);
        }
      }
    }
    expect(rosters).to.be.greaterThan(10);
  });

  it("each insurer's statement reconciles, whatever its pages, with every payout and recovery of its period", async () => {
    const seen = { lines: 0, recoveries: 0, insurers: 0 };
    for (const { opened, state } of all) {
      for (const { programme, period, insurers } of insured(state)) {
        const shares = readShares(insurers.sharesBps);
        const parts = insurerTotals(shares, period);
        const own = state.claims.filter(
          (claim) => claim.programme === programme && claim.policyPeriod === period.period,
        );
        const payouts = own.flatMap((claim) => claim.payouts);
        for (const [at, part] of parts.entries()) {
          const read = (page: { limit: number; cursor?: string }) =>
            opened.read.insurerStatement(programme, period.period, at + 1, page);
          const whole = there(await read({ limit: 100 }));
          expect(whole).to.deep.include({ ordinal: at + 1, shareBps: shares[at], part, reconciles: true });
          const lines = await allPages(2, async (page) => {
            const { lines: items, next } = there(await read(page));
            return { items, ...(next === undefined ? {} : { next }) };
          });
          const ids = lines.map(({ movement }) =>
            movement.kind === "payout" ? `payout ${movement.payout}` : `recovery ${movement.recovery}`,
          );
          const expected = [
            ...payouts.map(({ payout }) => `payout ${payout}`),
            ...payouts.flatMap(({ recoveries }) => recoveries.map(({ recovery }) => `recovery ${recovery}`)),
          ];
          expect(ids).to.have.members(expected);
          expect(lines[0]?.opening ?? zeroFen).to.equal(zeroFen);
          for (const [index, line] of lines.entries()) {
            if (index > 0) expect(line.opening).to.equal(lines[index - 1]?.closing);
          }
          expect(BigInt(lines.at(-1)?.closing ?? zeroFen)).to.equal(part.net);
          const cash = whole.cashPeriods.map(({ part: { net } }) => net);
          expect(cash.reduce((sum, net) => sum + net, 0n)).to.equal(part.net);
          seen.lines += lines.length;
          seen.recoveries += ids.filter((id) => id.startsWith("recovery")).length;
        }
        seen.insurers += parts.length;
        expect(addFen(...parts.map(({ paid }) => paid))).to.equal(fen(period.paid));
        const none = await opened.read.insurerStatement(programme, period.period, parts.length + 1, {
          limit,
        });
        expect(none).to.equal(undefined);
      }
    }
    expect(Math.min(seen.lines, seen.recoveries, seen.insurers)).to.be.greaterThan(10);
  }).timeout(30_000);

  it("a statement as CSV: opening, every movement, closing; its columns add up to the balance", async () => {
    let rows = 0;
    for (const { opened, state } of all) {
      for (const { programme, period } of insured(state)) {
        const view = there(await opened.read.insurerStatement(programme, period.period, 1, { limit: 100 }));
        if (view.next !== undefined) continue;
        const source = tableExport(statementTable(view), "csv");
        let text = source.columns;
        for await (const chunk of source.chunks()) text += chunk.text;
        const [header = "", ...lines] = text.trimEnd().split("\r\n");
        const columns = header.split(",");
        const cells = lines.map((line) => {
          const values = line.split(",");
          expect(values.length).to.equal(columns.length);
          return new Map(columns.map((column, at) => [column, values[at] ?? ""]));
        });
        const cents = (text: string | undefined): bigint => BigInt((text ?? "").replace(".", ""));
        const moves = cells.slice(1, -1);
        expect([cells[0]?.get("kind"), cells[0]?.get("balance")]).to.deep.equal(["opening", "0.00"]);
        const closing = cells.at(-1);
        expect(closing?.get("kind")).to.equal("closing");
        for (const column of ["gross", "part"]) {
          const sum = moves.reduce((total, row) => total + cents(row.get(column)), 0n);
          expect(sum, column).to.equal(cents(closing?.get(column)));
        }
        expect(cents(closing?.get("balance"))).to.equal(cents(closing?.get("part")));
        expect(cents(closing?.get("gross"))).to.equal(period.paid - period.recovered);
        rows += moves.length;
      }
    }
    expect(rows).to.be.greaterThan(10);
  });

  it("a statement's cursor that was made by nobody, or stands between movements, is refused", async () => {
    const made = (inner: string): string =>
      Buffer.from(JSON.stringify({ v: 1, list: "statement", at: 0, in: inner })).toString("base64url");
    const { opened, state } = there(all[0]);
    const busy = insured(state).toSorted((one, other) => Number(other.period.paid - one.period.paid));
    const { programme, period } = there(busy[0]);
    const ends = state.claims
      .filter((claim) => claim.programme === programme && claim.policyPeriod === period.period)
      .flatMap(({ payouts }) => payouts.map(({ policyStart, amount }) => policyStart + amount));
    const between = Array.from({ length: Number(period.paid) }, (_, at) => BigInt(at + 1)).find(
      (position) => !ends.includes(position),
    );
    for (const inner of [
      "",
      "x",
      "1",
      "01 0",
      `${between} 0`,
      `${period.paid + 1n} 0`,
      `0 ${period.paid + 1n}`,
    ]) {
      const page = { limit, cursor: made(inner) };
      const refusal = await refusalOf(opened.read.insurerStatement(programme, period.period, 1, page));
      expect(refusal, inner).to.be.instanceOf(InvalidCursor);
    }
  });

  it("a statement's cursor whose counters never stood together is refused", async () => {
    const made = (inner: string): string =>
      Buffer.from(JSON.stringify({ v: 1, list: "statement", at: 0, in: inner })).toString("base64url");
    let refused = 0;
    for (const { opened, state } of all) {
      for (const { programme, period } of insured(state)) {
        if (period.recovered === 0n) continue;
        const page = { limit, cursor: made(`${period.paid} 0`) };
        const read = opened.read.insurerStatement(programme, period.period, 1, page);
        const payouts = state.payouts.filter(
          ({ claim }) => state.claims[claim - 1]?.policyPeriod === period.period,
        );
        const own = payouts.filter((payout) => payout.programme === programme);
        const lastPaid = Math.max(...own.map(({ place }) => place.blockNumber));
        const firstBack = Math.min(
          ...own.flatMap(({ recoveries }) => recoveries.map(({ place }) => place.blockNumber)),
        );
        if (firstBack > lastPaid) {
          expect((await read)?.lines.every(({ movement }) => movement.kind === "recovery")).to.equal(true);
          continue;
        }
        expect(await refusalOf(read)).to.be.instanceOf(InvalidCursor);
        refused += 1;
      }
    }
    expect(refused).to.be.greaterThan(0);
  });

  it("insurers are named by the published document, and by their ordinal where it is missing", async () => {
    const { opened, state } = there(all[1]);
    const { programme, period, insurers } = there(insured(state)[0]);
    const unnamed = (await opened.read.period(programme, period.period))?.insurers;
    expect(unnamed?.insurers.map(({ name }) => name.en)).to.deep.equal(
      insurers.sharesBps.map((_share, at) => `Insurer ${at + 1}`),
    );
    const names = insurers.sharesBps.map((shareBps, at) => ({
      name: { zh: `虚构保险公司${at}`, en: `Invented Insurer ${at}` },
      shareBps,
    }));
    opened.documents.set(insurers.document, JSON.stringify(insurersDocument(names)));
    const named = there((await opened.read.period(programme, period.period))?.insurers);
    expect(named.document).to.equal(insurers.document);
    expect(named.insurers.map(({ ordinal, name, shareBps }) => [ordinal, { name, shareBps }])).to.deep.equal(
      names.map((name, at) => [at + 1, name]),
    );
    const parts = named.insurers.map(({ part }) => part);
    expect(parts).to.deep.equal(insurerTotals(readShares(insurers.sharesBps), period));
    expect(insurerTotals(readShares(insurers.sharesBps), noCounters)[0]?.net).to.equal(0n);
    const statement = await opened.read.insurerStatement(programme, period.period, 1, { limit });
    expect(statement?.name).to.deep.equal(names[0]?.name);
  });

  it("lists recoveries, moves and refunds, all or of one claim, programme or fund", async () => {
    const seen = { recoveries: 0, moves: 0, refunds: 0, covered: 0 };
    for (const { opened, state } of all) {
      const { read } = opened;
      const recoveries = await allPages(3, (page) => read.recoveries({}, page));
      expect(recoveries.map(({ recovery, amount, returned }) => [recovery, amount, returned])).to.deep.equal(
        state.recoveries.map(({ recovery, amount, returned }) => [recovery, amount, returned]),
      );
      for (const { claim, payouts } of state.claims) {
        const own = await allPages(1, (page) => read.recoveries({ claim }, page));
        const expected = payouts.flatMap((payout) => payout.recoveries.map(({ recovery }) => recovery));
        expect(own.map(({ recovery }) => recovery)).to.deep.equal(expected);
      }
      const moves = await allPages(1, (page) => read.moves({}, page));
      expect(moves.map(({ move, from, to, reserveAmount }) => [move, from, to, reserveAmount])).to.deep.equal(
        state.moves.map(({ move, from, to, reserveAmount }) => [move, from, to, reserveAmount]),
      );
      for (const { programme } of state.programmes) {
        const own = await allPages(2, (page) => read.moves({ programme }, page));
        expect(own).to.deep.equal(moves.filter(({ from, to }) => from === programme || to === programme));
        const back = await allPages(2, (page) => read.recoveries({ programme }, page));
        expect(back).to.deep.equal(recoveries.filter((recovery) => recovery.programme === programme));
      }
      const refunds = await allPages(2, (page) => read.refunds({}, page));
      expect(
        refunds.map(({ refund, batch, index, start, amount }) => [refund, batch, index, start, amount]),
      ).to.deep.equal(
        state.refunds.map(({ refund, batch, index, start, amount }) => [refund, batch, index, start, amount]),
      );
      expect(refunds.map(({ covered }) => covered?.channel)).to.deep.equal(
        state.refunds.map(({ covered }) => covered?.channel),
      );
      for (const owed of [true, false]) {
        const some = await allPages(1, (page) => read.refunds({ owed }, page));
        expect(some).to.deep.equal(refunds.filter(({ covered }) => (covered === undefined) === owed));
      }
      for (const { fund } of state.funds) {
        const own = await allPages(2, (page) => read.refunds({ fund }, page));
        expect(own).to.deep.equal(refunds.filter((refund) => refund.fund === fund));
      }
      for (const { batch, index } of state.refunds) {
        const view = there(await read.donation(batch, index));
        expect(view.refunds).to.deep.equal(
          refunds.filter((refund) => refund.batch === batch && refund.index === index),
        );
      }
      seen.recoveries += recoveries.length;
      seen.moves += moves.length;
      seen.refunds += refunds.length;
      seen.covered += refunds.filter(({ covered }) => covered !== undefined).length;
    }
    expect(Math.min(...Object.values(seen))).to.be.greaterThan(5);
  });

  it("a period that nobody declared has no rosters and no insurers", async () => {
    const { opened, state } = there(all[0]);
    const programme = there(state.programmes[0]).programme;
    const page = await opened.read.rosters(programme, periodNumber(9_999), { limit });
    expect(page).to.deep.equal({ items: [] });
    expect(await opened.read.insurerStatement(programme, periodNumber(9_999), 1, { limit })).to.equal(
      undefined,
    );
  });
});
