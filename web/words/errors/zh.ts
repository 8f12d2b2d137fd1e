/** Words of what is not there or went wrong in Chinese. */
import { html, type Html, type HtmlValue } from "../../html.ts";

export const errors = {
  notFoundTitle: "没有这一页",
  notFound: "网址可能抄错了，或者这个编号还没有入账。",
  notFoundDo: "请检查网址；也可以用下面的查询框，或者用交易单号和金额查您的捐款。",
  badCodeTitle: "编号不对",
  badCode: "这个编号的校验位不对，多半是有一个字符抄错了。",
  badCodeDo: "请对照收据再输一遍，或者扫收据上的二维码。",
  unknownTitle: "账上没有这个编号",
  unknown: "编号写法是对的，但账本里还没有它的记录。",
  unknownDo: "捐款在所属批次的区块确定之后才有记录。如果是刚拿到的编号，请过几分钟再来。",
  cursorTitle: "这个翻页链接已经失效",
  cursor: "翻页的位置不是本站给出的，或者已经过期。",
  cursorDo: "请从第一页重新看起。",
  badRequestTitle: "这个请求看不懂",
  badRequest: "提交的内容格式不对。",
  badRequestDo: "请回到上一页重新填写。",
  busyTitle: "打开得太频繁",
  busy: "短时间内的请求太多了。",
  busyDo: (wait: HtmlValue): Html => html`请在 ${wait} 后再试。`,
  failedTitle: "暂时打不开",
  failed: "是我们这边出了问题，账目没有受影响。",
  failedDo: "请过一分钟再试。如果一直这样，请把下面的编号告诉基金会。",
  reference: "编号",
  home: "回到总账",
};
