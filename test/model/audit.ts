/** What auditors, providers and corrections say in the per-fen model: the books only count it. */
import { fen } from "../../protocol/amounts.ts";
import {
  attestationId,
  confirmationId,
  correctionId,
  findingId,
  periodNumber,
  programmeId,
} from "../../protocol/ids.ts";
import type { LedgerEvent } from "../../protocol/ledger/events.ts";
import { actors } from "./actors.ts";
import type { ModelBooks } from "./books.ts";
import type { VerbOf } from "./verbs.ts";

type AuditVerb =
  | VerbOf<"attest">
  | VerbOf<"openFinding">
  | VerbOf<"answerFinding">
  | VerbOf<"closeFinding">
  | VerbOf<"confirm">
  | VerbOf<"correct">;

const subjectOf = (verb: VerbOf<"attest"> | VerbOf<"openFinding">) => ({
  programme: programmeId(verb.programme),
  period: periodNumber(verb.period),
});

export const audit = (books: ModelBooks, verb: AuditVerb): LedgerEvent => {
  const [document, operation] = [books.digest(), books.digest()];
  const { auditor, treasurer, provider } = actors;
  switch (verb.verb) {
    case "attest": {
      books.attestations += 1;
      const attestation = attestationId(books.attestations);
      return { type: "Attested", attestation, ...subjectOf(verb), document, auditor, operation };
    }
    case "openFinding": {
      books.findings.push("open");
      const finding = findingId(books.findings.length);
      return { type: "FindingOpened", finding, ...subjectOf(verb), document, auditor, operation };
    }
    case "answerFinding":
      books.findings[verb.finding - 1] = "answered";
      return { type: "FindingAnswered", finding: findingId(verb.finding), document, treasurer };
    case "closeFinding":
      books.findings[verb.finding - 1] = "closed";
      return { type: "FindingClosed", finding: findingId(verb.finding), document, auditor };
    case "confirm": {
      books.confirmations += 1;
      const { channel, day, currency, count, sum } = verb;
      const confirmation = confirmationId(books.confirmations);
      const total = { channel, day, currency, count, sum: fen(sum) };
      return { type: "ChannelTotalConfirmed", confirmation, ...total, provider, operation };
    }
    case "correct": {
      books.corrections += 1;
      const correction = correctionId(books.corrections);
      const { kind, record } = verb;
      return { type: "CorrectionNoted", correction, kind, record, document, treasurer, operation };
    }
  }
};
