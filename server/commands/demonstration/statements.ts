/** What auditors and the foundation say in the demonstration's published statements; all of it invented. */
import { expenseId, findingId, periodNumber, programmeId } from "../../../protocol/ids.ts";
import type { AuditRequest, FindingRequest, NoteCorrectionRequest } from "../../../protocol/ports/desk.ts";
import { guyuan, kangbao } from "./counties.ts";

const firstYear = (programme: number) => ({
  programme: programmeId(programme),
  period: periodNumber(1),
});

/** Of Kangbao's first year, after it was closed. */
export const attestation: AuditRequest = {
  ...firstYear(kangbao),
  statement: {
    title: {
      zh: "康保县 2018 保单年度审核意见（演示）",
      en: "Kangbao County, policy year 2018: opinion (demonstration)",
    },
    text: {
      zh: "本示例审计方按链上记录重算了 2018 保单年度的期初、拨入、赔付与结转，与关账记录逐分相符。",
      en:
        "This invented auditor recomputed opening, allocations, payments and carry-forward of policy year 2018 from " +
        "the chain's records; they agree with the close record to the fen.",
    },
  },
};

/** Asked about Guyuan's spending before its money came; answered and closed. */
export const advance = {
  opened: {
    ...firstYear(guyuan),
    statement: {
      title: {
        zh: "沽源县垫付的运营支出（演示）",
        en: "Guyuan County: expense paid in advance (demonstration)",
      },
      text: {
        zh: "2018 年 2 月的实地工作支出早于首笔拨款，请说明依据。",
        en: "The field work of February 2018 was paid before the first allocation; please say on what basis.",
      },
    },
  },
  answered: {
    finding: findingId(1),
    statement: {
      title: { zh: "答复（演示）", en: "Answer (demonstration)" },
      text: {
        zh: "项目启动前需完成入户核对；垫付款已由随后的首笔拨款补足，账上可见。",
        en: "Lists had to be checked on site before the start; the first allocation covered it, as the books show.",
      },
    },
  },
  closed: {
    finding: findingId(1),
    statement: {
      title: { zh: "已解决（演示）", en: "Settled (demonstration)" },
      text: {
        zh: "拨款记录与垫付金额相符，本项关闭。",
        en: "The allocation covers the amount paid in advance; closed.",
      },
    },
  },
} as const satisfies {
  readonly opened: AuditRequest;
  readonly answered: FindingRequest;
  readonly closed: FindingRequest;
};

/** Still open when the demonstration's clock runs on. */
export const missingTotal: AuditRequest = {
  statement: {
    title: {
      zh: "一个结算日未获渠道确认（演示）",
      en: "One settlement day is not confirmed (demonstration)",
    },
    text: {
      zh: "微信支付 2018 年 8 月 14 日的入账总数尚无渠道方确认，请补充。",
      en: "Nobody has confirmed WeChat Pay's total of 14 August 2018 yet; please obtain it.",
    },
  },
};

/** `expense` is its number in the ledger. */
export const correctionOf = (expense: number): NoteCorrectionRequest => ({
  kind: "expense",
  record: expenseId(expense),
  statement: {
    title: { zh: "支出凭证日期更正（演示）", en: "Date of a voucher (demonstration)" },
    text: {
      zh: "该笔支出的凭证日期应为 2018 年 9 月；类别与金额无误。",
      en: "The voucher of this expense is of September 2018; kind and amount are right.",
    },
  },
});
