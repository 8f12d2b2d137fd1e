/** What an audit came to: for people, and the same as JSON. */
import type { CheckResult, CheckStatus, Finding } from "../../protocol/audit/check.ts";
import { formatInstant } from "../../protocol/calendar.ts";
import type { History } from "./history.ts";

export type Verdict = "holds" | "broken" | "unfinished";

export interface AuditReport {
  readonly history: Pick<History, "chainId" | "ledger" | "block" | "logs">;
  readonly donations: number;
  readonly seconds: number;
  readonly checks: readonly CheckResult[];
}

export const exitCodes = { holds: 0, broken: 1, wrongCall: 2, unfinished: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const verdictOf = ({ checks }: Pick<AuditReport, "checks">): Verdict => {
  if (checks.some(({ status }) => status === "broken")) return "broken";
  return checks.some(({ status }) => status === "unfinished") ? "unfinished" : "holds";
};

const words: Readonly<Record<CheckStatus, string>> = {
  holds: "holds",
  broken: "BROKEN",
  unfinished: "unfinished",
  notChecked: "not checked",
};
const statusWidth = Math.max(...Object.values(words).map((word) => word.length));

const verdictWords: Readonly<Record<Verdict, string>> = {
  holds: "Everything that was checked holds.",
  broken: "Something does not hold: see the lines marked BROKEN.",
  unfinished: "Not everything could be checked: see the lines marked unfinished.",
};

const checkLines = ({
  check,
  title,
  status,
  checked,
  unit,
  findings,
  unlisted,
  notes,
}: CheckResult): readonly string[] => {
  const counted = status === "notChecked" ? "" : ` – ${checked.toLocaleString("en-US")} ${unit}`;
  return [
    `${words[status].padEnd(statusWidth)}  ${check}: ${title}${counted}`,
    ...findings.map(({ sentence }) => `${" ".repeat(statusWidth)}  ✗ ${sentence}`),
    ...(unlisted === 0 ? [] : [`${" ".repeat(statusWidth)}  ✗ and ${unlisted.toLocaleString("en-US")} more`]),
    ...notes.map((note) => `${" ".repeat(statusWidth)}  · ${note}`),
  ];
};

/** What no audit of a ledger can show. */
const limits =
  "Not shown by any of this: that a hospital bill is genuine, and that no gift was invented or left out before it was recorded.";

export const reportLines = (report: AuditReport): readonly string[] => {
  const { history, donations, seconds, checks } = report;
  const { block } = history;
  return [
    `Ledger ${history.ledger} on chain ${history.chainId}`,
    `at block ${block.number.toLocaleString("en-US")}, ${block.hash}, ${formatInstant(block.time)}`,
    `${history.logs.toLocaleString("en-US")} logs, ${donations.toLocaleString("en-US")} donations, ${seconds.toFixed(1)} s`,
    "",
    ...checks.flatMap(checkLines),
    "",
    verdictWords[verdictOf(report)],
    limits,
  ];
};

const findingJson = ({ place, ...finding }: Finding) => ({
  ...finding,
  ...(place === undefined
    ? {}
    : { block: place.blockNumber, logIndex: place.logIndex, transaction: place.transactionHash }),
});

/** Members are added, never renamed or taken away, while `version` stays. */
export const reportJson = (report: AuditReport): string => {
  const { history, donations, seconds, checks } = report;
  const { number, hash, time } = history.block;
  const verdict = verdictOf(report);
  const value = {
    version: 1,
    verdict,
    exitCode: exitCodes[verdict],
    chainId: history.chainId,
    ledger: history.ledger,
    block: { number, hash, time: formatInstant(time) },
    logs: history.logs,
    donations,
    seconds: Number(seconds.toFixed(3)),
    checks: checks.map(({ findings, ...check }) => ({ ...check, findings: findings.map(findingJson) })),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
};
