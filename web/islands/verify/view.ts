/** A report as elements of the page. Text only: nothing that a node or a gateway says becomes markup. */
import { formatAmount, fen } from "../../../protocol/amounts.ts";
import type { StepResult } from "../../../protocol/verify/steps.ts";
import type { Report } from "../../../protocol/verify/verify.ts";
import { filled, type VerifierWords } from "./words.ts";

export const element = (
  tag: string,
  className: string,
  ...children: readonly (string | Node)[]
): HTMLElement => {
  const made = document.createElement(tag);
  if (className !== "") made.className = className;
  made.append(...children);
  return made;
};

const sentenceOf = (result: StepResult, words: VerifierWords): string => {
  switch (result.outcome) {
    case "passed":
      return words.passed[result.step];
    case "failed": {
      const { facts, kind } = result;
      const compared = facts["said"] === undefined || facts["chain"] === undefined ? "" : words.compared;
      return filled(`${words.failed[kind]} ${compared}`, facts);
    }
    case "unchecked":
      return filled(words.unchecked[result.reason], result.facts);
  }
};

const stepItem = (result: StepResult, words: VerifierWords): HTMLElement => {
  const item = element(
    "li",
    result.outcome,
    element("b", "", words.steps[result.step]),
    " ",
    element("span", "mark-text", words.outcome[result.outcome]),
    element("p", "", sentenceOf(result, words)),
  );
  item.dataset["step"] = result.step;
  if (result.outcome === "failed") item.dataset["kind"] = result.kind;
  if (result.outcome === "unchecked") item.dataset["reason"] = result.reason;
  return item;
};

const giftOf = ({ checked }: Report, words: VerifierWords): readonly Node[] => {
  if (checked === undefined) return [];
  const { code, interval, claimsShare, partition, currency } = checked;
  const money = (amount: bigint): string =>
    `${currency === "CNY" ? "¥" : `${currency} `}${formatAmount(fen(amount))}`;
  const { start, end } = interval;
  const gift = {
    code,
    amount: money(partition.total),
    start: String(start),
    end: String(end),
    claims: money(claimsShare),
  };
  const places = Object.fromEntries(Object.entries(partition).map(([name, amount]) => [name, money(amount)]));
  return [element("p", "", filled(words.gift, gift)), element("p", "", filled(words.places, places))];
};

const againstOf = ({ place, at, newest }: Report, node: string, words: VerifierWords): readonly Node[] => {
  if (place === undefined || at === undefined) return [];
  const facts = {
    node,
    ledger: place.ledger,
    chain: String(place.chainId),
    block: String(at.number),
    newest: String(newest?.number ?? at.number),
  };
  return [element("p", "quiet", filled(`${words.against} ${words.newest}`, facts))];
};

/** Everything that a report says, in the words of the page. */
export const reportElement = (report: Report, node: string, words: VerifierWords): HTMLElement => {
  const { verdict, results } = report;
  const wrong = results
    .filter(({ outcome }) => outcome === "failed")
    .map((result) => element("p", "", `${words.steps[result.step]}: ${sentenceOf(result, words)}`));
  const head = element(
    "div",
    `verdict ${verdict}`,
    element("b", "", words.verdict[verdict]),
    element("span", "", words.verdictText[verdict]),
    ...wrong,
  );
  const list = element("ol", "steps-checked", ...results.map((result) => stepItem(result, words)));
  return element("div", "report", head, ...againstOf(report, node, words), ...giftOf(report, words), list);
};
