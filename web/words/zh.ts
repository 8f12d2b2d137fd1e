/** Every word of the explorer in Chinese. Its shape is {@link Words}, which the English file must satisfy. */
import { html, joined, type Html, type HtmlValue } from "../html.ts";
import { about } from "./about/zh.ts";
import { certificate } from "./certificate/zh.ts";
import { claim } from "./claim/zh.ts";
import { desk } from "./desk/zh.ts";
import { donation } from "./donation/zh.ts";
import { errors } from "./errors/zh.ts";
import { exports } from "./exports/zh.ts";
import { search, find } from "./find/zh.ts";
import { fund, batch } from "./fund/zh.ts";
import { home } from "./home/zh.ts";
import { programme } from "./programme/zh.ts";
import { audit } from "./audit/zh.ts";
import { history } from "./history/zh.ts";
import { insurer } from "./insurer/zh.ts";
import { period } from "./period/zh.ts";
import { queue } from "./queue/zh.ts";
import { replicas } from "./replicas/zh.ts";
import { plans, terms } from "./terms/zh.ts";
import { verify } from "./verify/zh.ts";

export const zh = {
  htmlLanguage: "zh-CN",
  languageName: "中文",
  brand: "每一分",
  tagline: "每一分捐款，都看得到去处",
  skipToContent: "跳到正文",
  list: (pieces: readonly HtmlValue[]): Html => joined(pieces, "，"),
  nav: {
    label: "主导航",
    home: "总账",
    find: "查我的捐款",
    about: "怎么算的",
    audit: "审计",
    verify: "核对",
    api: "开放接口",
  },
  searchBox: {
    label: "查编号、网址或地名",
    placeholder: "编号、网址或县名",
    button: "查询",
    shortcut: "按 / 键即可开始输入",
  },
  asOf: {
    block: (number: HtmlValue): Html => html`账本截至第 ${number} 个区块`,
    final: "已确定，不会再变",
    pending: "尚可能被替换",
    moved: (first: HtmlValue): Html => html`（读取期间账本在更新，自第 ${first} 个区块起）`,
    zone: "北京时间",
    ledger: "账本合约",
    chain: "链编号",
  },
  demonstration: {
    tag: "演示数据",
    short: "演示时钟；按公布的总数重建，只有康保的金额是公布过的。",
    long: "这是演示：时间由演示时钟推动，账目按公布的总数重建。只有康保县的金额是公布过的；其他各县的金额、每一笔捐款和每一件理赔都是按固定种子生成的。",
    details: "说明",
  },
  channels: { alipay: "支付宝", wechat: "微信支付", bank: "银行转账", cash: "现金", interest: "银行利息" },
  convention: {
    short: "“谁的钱付了哪一笔”按先进先出计算。这是公开的约定，不是资金池里钱的物理去向。",
    more: "约定的来历和算法",
  },
  footer: {
    open: "全部账目可由任何人重新计算",
    rawJson: "原始数据（JSON）",
    time: "日期与时间均为北京时间（UTC+8，Asia/Shanghai）。金额单位为元，精确到分。",
  },
  unit: {
    donations: (count: HtmlValue): Html => html`${count} 笔`,
    claims: (count: HtmlValue): Html => html`${count} 件`,
    batches: (count: HtmlValue): Html => html`${count} 批`,
  },
  fullStop: "。",
  semicolon: "；",
  noData: "无数据",
  none: "无",
  duration: {
    days: (count: number): string => `${String(count)} 天`,
    hours: (count: number): string => `${String(count)} 小时`,
    minutes: (count: number): string => `${String(count)} 分钟`,
  },
  wait: {
    seconds: (count: number): string => `${String(count)} 秒`,
    minutes: (count: number): string => `${String(count)} 分钟`,
  },
  paging: { next: "下一页", first: "回到第一页", label: "翻页" },
  parts: {
    unallocated: "尚未拨付",
    paid: "已赔付",
    inReserve: "在准备金中",
    operatingSpent: "运营已支出",
    operatingUnspent: "运营未支出",
  },
  partition: {
    donated: "捐入合计",
    entered: "进入本项目",
    gift: "这笔捐款",
    part: "去处",
    amount: "金额",
    share: "占比",
    adds: "五项相加，分毫不差",
    addsProgramme: "四项相加，分毫不差",
    chart: (total: HtmlValue): string => `条形图：${String(total)} 的去处，数字见旁边的表格`,
    allocated: "拨入",
    movedIn: "转入",
    movedOut: "转出",
    carriedForward: "由以前的保障期结转而来",
    promised: "已承诺给核定待付的理赔",
    interest: "银行利息",
    insideReserve: "以下是准备金的一部分，不另外相加：",
    insideDonated: "以下是捐入合计的一部分，不另外相加：",
  },
  shortfall: {
    title: "准备金不足",
    overview: (amount: HtmlValue): Html =>
      html`已核定的理赔还差 ${amount} 才能付完。理赔按次序整笔支付：排在最前的一件等到准备金足够才付。`,
    programme: (amount: HtmlValue): Html => html`还差 ${amount}，排队的理赔才能付完。`,
    which: "缺口在：",
    enough: "已核定的理赔都付得出，没有缺口。",
  },
  home,
  donation,
  claim,
  programme,
  fund,
  batch,
  search,
  find,
  about,
  period,
  insurer,
  queue,
  history,
  audit,
  replicas,
  terms,
  plans,
  verify,
  certificate,
  errors,
  desk,
  exports,
};

/** The words that every language has: the same keys, and functions of the same facts. */
export type Words = typeof zh;
