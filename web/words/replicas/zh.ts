/** Words about the replicas of the operator's chain, in Chinese. */
import { html, type Html, type HtmlValue } from "../../html.ts";

export const replicas = {
  title: "独立重算",
  none: "记账的只有一家；还没有谁独立重算这条链并说结果一致。",
  agree: (count: HtmlValue, block: HtmlValue): Html =>
    html`记账的只有一家；${count} 个副本独立重算，到区块 ${block} 为止结果一致。`,
  more: "怎样重算",
  lead: "副本在别人的机器上把全部交易重新执行一遍，逐块对照，再签名说到了哪一块。只数审计方登记过的副本，因为密钥谁都能造；个数不说明背后是谁。不登记也可以自己重算，查出的证据谁都能核对。",
  replica: "副本",
  state: "说法",
  block: "到区块",
  stated: "时间",
  states: {
    agrees: "一致",
    disagrees: "不一致",
    silent: "七天没有消息，不计",
    nothing: "还没有说法",
    ended: "不再计数",
  },
  disagreements: "与本站不一致的说法",
  disagreed: (replica: HtmlValue, block: HtmlValue, hash: HtmlValue, own: HtmlValue): Html =>
    html`${replica} 说区块 ${block} 是 ${hash}，当时本站是 ${own}`,
  run: "谁都可以运行一个，只要有本项目的源码：",
};
