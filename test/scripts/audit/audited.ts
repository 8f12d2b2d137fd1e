/** Audits of the small invented books, as the command runs them. */
import type { CheckResult, Finding } from "../../../protocol/audit/check.ts";
import { address } from "../../../protocol/ids.ts";
import { readCall } from "../../../scripts/audit/arguments.ts";
import type { AuditReport } from "../../../scripts/audit/report.ts";
import { runAudit } from "../../../scripts/audit/run.ts";
import { sourceCode, type SourceCode } from "../../../server/commands/source-code.ts";
import { contractOf } from "../../../server/gateway.ts";
import { openBooks, type Books } from "../../server/api/books.ts";
import { insure, type Insured } from "../../server/api/insured.ts";
import { startLiar, type Liar } from "./liar.ts";

export interface Audited {
  readonly books: Books;
  readonly insured: Insured;
  readonly liar: Liar;
  readonly ledger: string;
  readonly lens: string;
  /** Audits what the liar tells, with options of the command. */
  audit(...options: readonly string[]): Promise<AuditReport>;
  close(): Promise<void>;
}

let sources: Promise<SourceCode> | undefined;

/** Once for all audits of the run. */
export const compileOnce = (): Promise<SourceCode> => (sources ??= sourceCode());

export const openAudited = async (): Promise<Audited> => {
  const books = await openBooks();
  const insured = await insure(books);
  const { deployment } = books.service.gateway;
  const liar = await startLiar(books.service.app);
  const ledger = address(contractOf(deployment, "ledger").address);
  return {
    books,
    insured,
    liar,
    ledger,
    lens: contractOf(deployment, "lens").address,
    audit: (...options) =>
      runAudit(readCall(["--rpc", `${liar.url}/rpc`, "--ledger", ledger, ...options]), {
        progress: { write: () => true },
        compile: compileOnce,
      }),
    close: async () => {
      await liar.close();
      await books.service.close();
    },
  };
};

export const checkOf = ({ checks }: AuditReport, id: string): CheckResult | undefined =>
  checks.find(({ check }) => check === id);

export const findingsOf = ({ checks }: AuditReport): readonly Finding[] =>
  checks.flatMap(({ findings }) => findings);

/** What is not as it should be, in one line a check or finding. */
export const told = (report: AuditReport): readonly string[] => [
  ...findingsOf(report).map(({ check, sentence }) => `${check}: ${sentence}`),
  ...report.checks.filter(({ status }) => status === "unfinished").map(({ check }) => `${check}: unfinished`),
];
