import { expect } from "chai";
import type { Bytes32 } from "../../../protocol/ids.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { findingStates, recordKinds } from "../../../protocol/ledger/events.ts";
import { InvalidCursor } from "../../../protocol/ports/read.ts";
import type { PublishedStatement, SubjectView } from "../../../protocol/ports/views.ts";
import { statementDocument } from "../../../server/documents.ts";
import { histories, refusalOf, there } from "./histories.ts";
import { allPages } from "./opened.ts";

const historyLength = 300;
const seeds = [3, 7, 11, 19, 23, 29];

/** What the provider of a channel says of a day, of all batches' days. */
const daysOf = (state: LedgerState) => {
  const keys = new Set([
    ...state.batches.map(({ channel, day, fund }) => `${day} ${channel} ${state.funds[fund - 1]?.currency}`),
    ...state.confirmations.map(({ channel, day, currency }) => `${day} ${channel} ${currency}`),
  ]);
  return [...keys].toSorted((one, other) => {
    const [dayOne = "", ...restOne] = one.split(" ");
    const [dayOther = "", ...restOther] = other.split(" ");
    if (dayOne !== dayOther) return Number(dayOther) - Number(dayOne);
    return restOne.join(" ") < restOther.join(" ") ? -1 : 1;
  });
};

const subjectText = ({ programme, period }: SubjectView): string => `${programme ?? 0} ${period ?? 0}`;

describe("audit, read from the index of random histories", () => {
  const all = histories(seeds, historyLength);

  it("settlement days stand newest first, each once, whatever the size of a page", async () => {
    const seen = new Set<string>();
    for (const { opened, state } of all) {
      const days = await allPages(100, (page) => opened.read.channelDays({}, page));
      expect(days.map(({ day, channel, currency }) => `${day} ${channel} ${currency}`)).to.deep.equal(
        daysOf(state),
      );
      for (const limit of [1, 3]) {
        expect(await allPages(limit, (page) => opened.read.channelDays({}, page))).to.deep.equal(days);
      }
      for (const is of ["unconfirmed", "confirmed", "differs"] as const) {
        const some = await allPages(2, (page) => opened.read.channelDays({ state: is }, page));
        expect(some).to.deep.equal(days.filter(({ state: own }) => own === is));
      }
      for (const channel of ["alipay", "bank", "interest"]) {
        const some = await allPages(2, (page) => opened.read.channelDays({ channel }, page));
        expect(some).to.deep.equal(days.filter((day) => day.channel === channel));
      }
      for (const { state: is, recordedCount, recordedSum, confirmed } of days) {
        seen.add(is);
        const same = confirmed?.count === recordedCount && confirmed.sum === recordedSum;
        expect(is).to.equal(confirmed === undefined ? "unconfirmed" : same ? "confirmed" : "differs");
      }
      const confirmations = days.reduce((sum, day) => sum + (day.confirmed?.earlier ?? -1) + 1, 0);
      expect(confirmations).to.equal(state.confirmations.length);
    }
    expect(seen).to.include.members(["unconfirmed", "differs"]);
  });

  it("every batch says what became of its day", async () => {
    for (const { opened, state } of all) {
      const days = await allPages(100, (page) => opened.read.channelDays({}, page));
      for (const { fund, currency } of state.funds) {
        for (const batch of await allPages(3, (page) => opened.read.batches(fund, page))) {
          const own = days.find(
            (day) => day.channel === batch.channel && day.day === batch.day && day.currency === currency,
          );
          expect(batch.confirmation).to.equal(there(own).state);
          const donation = there(await opened.read.donation(batch.batch, 0));
          expect(donation.batch).to.deep.equal(batch);
        }
      }
    }
  });

  it("attestations, findings, corrections and heads are those of the books, with the words of their documents", async () => {
    const seen = { attestations: 0, findings: 0, corrections: 0, heads: 0 };
    const words = { title: { zh: "标题", en: "Title" }, text: { zh: "正文", en: "Text" } };
    for (const { opened, state } of all) {
      const { read } = opened;
      const publish = (document: Bytes32): void => {
        opened.documents.set(document, JSON.stringify(statementDocument(words)));
      };
      for (const { document } of state.attestations) publish(document);
      for (const { opened: said } of state.findings) publish(said.document);
      const saysWords = ({ statement }: PublishedStatement): void => {
        expect(statement).to.deep.equal(words);
      };
      const attestations = await allPages(1, (page) => read.attestations({}, page));
      expect(
        attestations.map(({ attestation, subject }) => [attestation, subjectText(subject)]),
      ).to.deep.equal(
        state.attestations.map(({ attestation, programme, period }) => [
          attestation,
          `${programme} ${period}`,
        ]),
      );
      for (const { published } of attestations) saysWords(published);
      const findings = await allPages(2, (page) => read.findings({}, page));
      expect(
        findings.map(({ finding, subject, state: is, opened: first, answered, closed }) => [
          finding,
          subjectText(subject),
          is,
          first.document,
          answered?.document,
          closed?.document,
        ]),
      ).to.deep.equal(
        state.findings.map(({ finding, programme, period, state: is, opened: first, answered, closed }) => [
          finding,
          `${programme} ${period}`,
          is,
          first.document,
          answered?.document,
          closed?.document,
        ]),
      );
      for (const { opened: first, answered } of findings) {
        saysWords(first);
        // Its document is published by nobody here.
        if (answered !== undefined) expect(answered.statement).to.equal(undefined);
      }
      for (const is of findingStates) {
        const some = await allPages(1, (page) => read.findings({ state: is }, page));
        expect(some).to.deep.equal(findings.filter((finding) => finding.state === is));
      }
      for (const { programme } of state.programmes) {
        const some = await allPages(1, (page) => read.findings({ programme }, page));
        expect(some).to.deep.equal(findings.filter(({ subject }) => subject.programme === programme));
        const own = await allPages(1, (page) => read.attestations({ programme }, page));
        expect(own).to.deep.equal(attestations.filter(({ subject }) => subject.programme === programme));
      }
      const corrections = await allPages(2, (page) => read.corrections({}, page));
      expect(corrections.map(({ correction, kind, record }) => [correction, kind, record])).to.deep.equal(
        state.corrections.map(({ correction, kind, record }) => [correction, kind, record]),
      );
      for (const kind of recordKinds) {
        const some = await allPages(1, (page) => read.corrections({ kind }, page));
        expect(some).to.deep.equal(corrections.filter((correction) => correction.kind === kind));
      }
      for (const { kind, record } of corrections) {
        const some = await allPages(1, (page) => read.corrections({ kind, record }, page));
        expect(some).to.deep.equal(
          corrections.filter((correction) => correction.kind === kind && correction.record === record),
        );
      }
      const heads = await allPages(2, (page) => read.headNotes(page));
      expect(heads.map(({ blockNumber, blockHash, actor }) => [blockNumber, blockHash, actor])).to.deep.equal(
        state.headNotes.map(({ blockNumber, blockHash, actor }) => [blockNumber, blockHash, actor]),
      );
      seen.attestations += attestations.length;
      seen.findings += findings.length;
      seen.corrections += corrections.length;
      seen.heads += heads.length;
    }
    expect(Math.min(...Object.values(seen))).to.be.greaterThan(2);
  });

  it("a cursor of settlement days that nobody made is refused", async () => {
    const { read } = there(all[0]).opened;
    for (const inner of [undefined, "", "bank", "bank CNY more"]) {
      const content = {
        v: 1,
        list: "channelDays",
        at: 20_200_101,
        ...(inner === undefined ? {} : { in: inner }),
      };
      const cursor = Buffer.from(JSON.stringify(content)).toString("base64url");
      expect(await refusalOf(read.channelDays({}, { limit: 5, cursor })), inner).to.be.instanceOf(
        InvalidCursor,
      );
    }
  });
});
