/** Words of search and find-my-gift in Chinese. */
import { html, type Html, type HtmlValue } from "../../html.ts";

export const search = {
  title: "查询",
  prompt: "输入捐款、理赔、项目、基金或批次的编号，本站的网址，或者县名。",
  query: (text: HtmlValue): Html => html`查询：${text}`,
  badCode: "这像一个编号，但校验位不对，多半是有一个字符抄错了。",
  badCodeDo:
    "请对照收据再看一遍。容易混的字符：0 和 O、1 和 I 或 L 都可以，系统当成同一个；其余的一个都不能错。",
  number: "这像付款的交易单号。",
  numberDo: "单凭交易单号不能查看捐款，这是为了保护捐款人。请再填上金额：",
  hash: "这像区块或交易的哈希值。",
  hashDo: "本站按编号查账。要按哈希核对，请用开放接口，或者用自己的工具连接账本。",
  unknown: "没有找到与之相符的内容。",
  unknownDo: "请检查有没有抄错；也可以扫收据上的二维码，或者用交易单号和金额查询。",
  tooLong: "输入太长了。编号不超过 40 个字符。",
  matches: "找到这些：",
};

export const find = {
  title: "查我的捐款",
  lead: "填上付款时的交易单号和金额。不需要登录，也不用填姓名。",
  number: "交易单号",
  numberHint: "在支付宝、微信或银行的账单详情里，一长串数字或字母。",
  amount: "金额（元）",
  amountHint: "和付款时一分不差，例如 12.50",
  channel: "渠道（可不填）",
  channelHint: "渠道代号，例如支付宝是 alipay，微信支付是 wechat",
  button: "查我的捐款",
  numberMissing: "请填写交易单号。",
  numberTooLong: "交易单号太长了，不超过 128 个字符。",
  amountWrong: "金额看不懂。请只写数字，最多两位小数，例如 12.50。",
  channelWrong: "渠道代号只有小写字母、数字和短横线。不确定就留空。",
  foundTitle: "找到了",
  found: (amount: HtmlValue, when: HtmlValue): Html => html`您在 ${when} 捐出的 ${amount} 已经入账。`,
  open: "看它去了哪里",
  code: "捐款编号",
  receipt: "您的收据",
  receiptLead:
    "请保存。里面的盐值只有您和基金会有：即使将来基金会删除您的资料，凭它仍能证明这笔捐款是您的。不要公开转发。",
  receiptDownload: "保存收据（JSON）",
  receiptCheck: "用这台设备核对",
  receiptShow: "显示收据内容",
  notFoundTitle: "没有找到",
  notFound: "没有一笔入账的捐款与这个交易单号和金额都相符。",
  notFoundDo: [
    "请对照账单逐字核对交易单号，金额要一分不差。",
    "刚捐的款要等渠道结算后才入账，通常在次日。",
    "仍然找不到，请带上账单截图联系您捐款的基金会。",
  ],
  tooManyTitle: "查得太频繁",
  tooMany: (wait: HtmlValue): Html => html`为防止有人猜测，查询次数有限制。请在 ${wait} 后再试。`,
  privacy: "这张表单不会把交易单号写进账本，也不会写进网址。",
};
