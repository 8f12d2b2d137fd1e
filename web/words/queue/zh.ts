/** Words of a programme's queue in Chinese. */
import { html, type Html, type HtmlValue } from "../../html.ts";

export const queue = {
  kind: "排队待付的理赔",
  title: (programme: string): string => `${programme}：排队待付的理赔`,
  short: (shortfall: HtmlValue, claims: HtmlValue): Html =>
    html`还差 ${shortfall}，才能付完排队的 ${claims} 件理赔。`,
  enough: (claims: HtmlValue): Html => html`排队的 ${claims} 件理赔，准备金都付得出。`,
  none: "没有理赔在排队。",
  rulesTitle: "怎么排队",
  rules: [
    "理赔按核定的先后排队，整笔支付，不拆开。",
    "排在最前的一件等到准备金足够才付；它等着，后面的也等着。",
    "只有写明原因暂停支付的理赔才会被超过；恢复以后回到原来的次序。",
    "缺口 = 排队待付 − 准备金可用，不足零时为零。缺口靠再募捐补上。",
  ],
  figures: "数字",
  waiting: "排队待付",
  list: "按支付次序",
  order: "次序",
  claim: "理赔",
  approvedOn: "核定日",
  amount: "核定金额",
  need: "付到它共需",
  covered: "准备金",
  enoughForIt: "够付",
  lacks: (amount: HtmlValue): Html => html`还差 ${amount}`,
  held: "暂停支付",
  heldNone: "没有暂停支付的理赔。",
  heldLead: "这些理赔已经核定，因为写明的原因暂停支付；它们不占排队的位置，也不算在缺口里。",
  heldSince: "暂停日",
  reason: "原因",
  appeal: "为它募捐",
  appealLead: "捐给下面的专项基金，钱只用于这个项目：",
  appealFund: (fund: HtmlValue, share: HtmlValue): Html => html`${fund}（其中 ${share} 用于理赔）`,
};
