/** Words of a claim's page in Chinese. */
import { html, type Html, type HtmlValue } from "../../html.ts";

export const claim = {
  title: (code: HtmlValue): string => `理赔 ${String(code)}`,
  kind: "理赔",
  paidSentence: (amount: HtmlValue, programme: HtmlValue, gifts: HtmlValue): Html =>
    html`${programme} 的这件理赔已付 ${amount}，钱来自 ${gifts} 笔捐款。`,
  paidSentencePaged: (amount: HtmlValue, programme: HtmlValue): Html =>
    html`${programme} 的这件理赔已付 ${amount}，钱来自下面列出的捐款。`,
  approvedSentence: (amount: HtmlValue, programme: HtmlValue): Html =>
    html`${programme} 的这件理赔已核定 ${amount}，正在排队等待支付。`,
  filedSentence: (amount: HtmlValue, programme: HtmlValue): Html =>
    html`${programme} 的这件理赔申请 ${amount}，正在审核，还没有占用任何捐款。`,
  states: { filed: "已申请", approved: "已核定", paid: "已支付" },
  steps: "进程",
  filed: "申请",
  approved: "核定",
  paid: "支付",
  waiting: "等待中",
  requested: (amount: HtmlValue): Html => html`申请金额 ${amount}`,
  approvedAmount: (amount: HtmlValue): Html => html`核定金额 ${amount}`,
  paidAmount: (amount: HtmlValue): Html => html`整笔支付 ${amount}`,
  queue: "排队位置",
  queueText: (ahead: HtmlValue): Html => html`前面还有 ${ahead} 件`,
  queueFirst: "排在最前面",
  missing: (amount: HtmlValue): Html => html`准备金还差 ${amount}，才能付完它和排在它前面的全部理赔。`,
  nothingMissing: "准备金已经足够，等待支付。",
  sources: "谁的钱付了它",
  sourcesNone: "还没有支付，所以没有来源。",
  sourcesLead: "按先进先出，准备金最前面的钱付了它。每一行是一批捐款中的连续几笔。",
  fund: "基金",
  batch: "批次",
  gifts: "捐款笔数",
  firstGift: "第一笔",
  gave: "付出",
  share: "占本件",
  total: "合计",
  pageTotal: "本页合计",
  wholeTotal: "全部来源合计",
  facts: "账上的记录",
  policyPeriod: "保障期",
  period: (number: HtmlValue): Html => html`第 ${number} 期`,
  benefit: "给付方式",
  benefits: { cash: "现金", service: "服务", device: "器具" },
  incident: "出险日",
  actors: "经手方",
  actorsText: (filer: HtmlValue, adjudicator: HtmlValue, payer: HtmlValue): Html =>
    html`申请 ${filer}，核定 ${adjudicator}，支付 ${payer}`,
  actor: (number: HtmlValue): Html => html`${number} 号`,
  notYet: "尚无",
  reference: "付款凭证（加盐承诺值）",
  privacy: "不公开：姓名、证件、病情、医院。账本上也没有。",
};
