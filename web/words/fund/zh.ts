/** Words of the pages of funds and batches in Chinese. */
import { html, type Html, type HtmlValue } from "../../html.ts";

export const fund = {
  kind: "基金",
  sentence: (donations: HtmlValue, total: HtmlValue, share: HtmlValue): Html =>
    html`共收到 ${donations} 笔捐款 ${total}，承诺其中 ${share} 用于理赔。`,
  money: "钱在哪里",
  empty: "这个基金还没有收到捐款。",
  rules: "设立时定下、不能更改",
  claimsShare: "用于理赔的比例",
  currency: "币种",
  scope: "用途",
  general: "不限定项目",
  restricted: (programme: HtmlValue): Html => html`只用于 ${programme}`,
  fallback: "项目结束后转往",
  document: "公布的文件",
  openedOn: "设立",
  allocations: "拨付记录",
  allocationsNone: "还没有拨付。",
  allocatedOn: "日期",
  programme: "保障项目",
  amount: "金额",
  toClaims: "进入准备金",
  toOperations: "进入运营",
  batches: "捐款批次",
  batchesNone: "还没有捐款批次。",
  batch: "批次",
  day: "结算日",
  channel: "渠道",
  count: "笔数",
  sum: "合计",
};

export const batch = {
  title: (code: HtmlValue): string => `批次 ${String(code)}`,
  kind: "捐款批次",
  sentence: (day: HtmlValue, channel: HtmlValue, count: HtmlValue, sum: HtmlValue): Html =>
    html`${day} 经 ${channel} 收到的 ${count} 笔捐款，合计 ${sum}，作为一批入账。`,
  fund: "基金",
  day: "结算日",
  channel: "渠道",
  count: "笔数",
  sum: "合计",
  line: "在资金线上的位置（分）",
  root: "默克尔和树根",
  recorded: "入账",
  transaction: "交易",
  first: "第一笔",
  last: "最后一笔",
  order: "一批之内按承诺值排序，次序没有含义，入账后不变。",
};
