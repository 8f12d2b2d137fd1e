import { expect } from "chai";
import type { Bytes32 } from "../../../protocol/ids.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { findingStates, recordKinds } from "../../../protocol/ledger/events.ts";
import { InvalidCursor } from "../../../protocol/ports/read.ts";
import type { SubjectView } from "../../../protocol/ports/views.ts";
import { statementDocument } from "../../../server/documents.ts";
import { histories, refusalOf, there } from "./histories.ts";
import { allPages } from "./opened.ts";
import type { OpenedRead } from "./opened.ts";

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

  const words = { title: { zh: "标题", en: "Title" }, text: { zh: "正文", en: "Text" } };
  const publish = (opened: OpenedRead, document: Bytes32): void => {
    opened.documents.set(document, JSON.stringify(statementDocument(words)));
  };

  it("attestations are those of the books, with their words and the head noted before, all or of a programme", async () => {
    let [seen, noted] = [0, 0];
    for (const { opened, state } of all) {
      for (const { document } of state.attestations) publish(opened, document);
      const found = await allPages(1, (page) => opened.read.attestations({}, page));
      expect(found.map(({ attestation, subject }) => [attestation, subjectText(subject)])).to.deep.equal(
        state.attestations.map(({ attestation, programme, period }) => [
          attestation,
          `${programme} ${period}`,
        ]),
      );
      for (const { published, notedHead } of found) {
        expect(published.statement).to.deep.equal(words);
        const { blockNumber, logIndex } = published.at;
        const before = state.headNotes.findLast(
          ({ place }) =>
            place.blockNumber < blockNumber ||
            (place.blockNumber === blockNumber && place.logIndex < logIndex),
        );
        expect(notedHead?.number).to.equal(before?.blockNumber);
        expect(notedHead?.hash).to.equal(before?.blockHash);
        if (notedHead !== undefined) noted += 1;
      }
      for (const { programme } of state.programmes) {
        const own = await allPages(1, (page) => opened.read.attestations({ programme }, page));
        expect(own).to.deep.equal(found.filter(({ subject }) => subject.programme === programme));
      }
      seen += found.length;
    }
    expect(seen).to.be.greaterThan(2);
    expect(noted).to.be.greaterThan(0);
  });

  it("findings tell what was opened, answered and closed, all or in one state or of one programme", async () => {
    let seen = 0;
    for (const { opened, state } of all) {
      for (const { opened: said } of state.findings) publish(opened, said.document);
      const found = await allPages(2, (page) => opened.read.findings({}, page));
      const texts = found.map(({ finding, subject, state: is, opened: first, answered, closed }) => [
        `${finding} ${is} ${subjectText(subject)}`,
        [first.document, answered?.document, closed?.document],
      ]);
      expect(texts).to.deep.equal(
        state.findings.map(({ finding, programme, period, state: is, opened: first, answered, closed }) => [
          `${finding} ${is} ${programme} ${period}`,
          [first.document, answered?.document, closed?.document],
        ]),
      );
      for (const { opened: first, answered } of found) {
        expect(first.statement).to.deep.equal(words);
        // This one's document is published by nobody here.
        expect(answered?.statement).to.equal(undefined);
      }
      for (const is of findingStates) {
        const some = await allPages(1, (page) => opened.read.findings({ state: is }, page));
        expect(some).to.deep.equal(found.filter((finding) => finding.state === is));
      }
      for (const { programme } of state.programmes) {
        const some = await allPages(1, (page) => opened.read.findings({ programme }, page));
        expect(some).to.deep.equal(found.filter(({ subject }) => subject.programme === programme));
      }
      seen += found.length;
    }
    expect(seen).to.be.greaterThan(2);
  });

  it("corrections name the records that they correct, all or of one kind or one record", async () => {
    let seen = 0;
    for (const { opened, state } of all) {
      const found = await allPages(2, (page) => opened.read.corrections({}, page));
      expect(found.map(({ correction, kind, record }) => [correction, kind, record])).to.deep.equal(
        state.corrections.map(({ correction, kind, record }) => [correction, kind, record]),
      );
      for (const kind of recordKinds) {
        const some = await allPages(1, (page) => opened.read.corrections({ kind }, page));
        expect(some).to.deep.equal(found.filter((correction) => correction.kind === kind));
      }
      for (const { kind, record } of found) {
        const some = await allPages(1, (page) => opened.read.corrections({ kind, record }, page));
        expect(some).to.deep.equal(found.filter((own) => own.kind === kind && own.record === record));
      }
      seen += found.length;
    }
    expect(seen).to.be.greaterThan(2);
  });

  it("heads are those that actors noted, the newest first", async () => {
    let seen = 0;
    for (const { opened, state } of all) {
      const found = await allPages(2, (page) => opened.read.headNotes(page));
      expect(found.map(({ blockNumber, blockHash, actor }) => [blockNumber, blockHash, actor])).to.deep.equal(
        state.headNotes
          .map(({ blockNumber, blockHash, actor }) => [blockNumber, blockHash, actor])
          .toReversed(),
      );
      seen += found.length;
    }
    expect(seen).to.be.greaterThan(2);
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
