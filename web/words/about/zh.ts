/** Words of how it works in Chinese. */
import { html, type Html, type HtmlValue } from "../../html.ts";

export const about = {
  title: "怎么算的",
  lead: "一条线，一个约定，一道除法。",
  lineTitle: "一条线",
  line: "每个基金的钱按入账先后排成一条线，以分为单位。前面已收 5,000 分，您再捐 1,000 分，您的钱就是第 5000 到 5999 个位置，永远如此。用钱时从最前面取。于是“哪笔捐款付了哪件理赔”就是两段区间的重叠，不用四舍五入，一分不多一分不少。",
  conventionTitle: "一个约定",
  convention:
    "钱进了同一个账户就混在一起，没有人能指出哪一张钞票付给了谁。先进先出是一个公开的记账约定，不是物理事实。法律上早有先例：1816 年英国的克莱顿案（Devaynes v Noble）就规定，往来账户里先存入的钱视为先被支取。我们选它，因为它简单、对所有人一样、事先公开，而且谁都能验算。",
  promiseTitle: "一道除法",
  promise:
    "承诺九成用于理赔的基金，用 c(x) = x × 9000 ÷ 10000（舍去小数）在整条线上累计计算，不是逐笔舍去。占 [s, e) 的捐款，给理赔的正好是 c(e) − c(s) 分。手算也行：位置从 0 数起，末位是 0 的那一分用于运营，其余九分用于理赔。",
  exampleTitle: "一个例子",
  exampleLead: "甲捐 1 分，乙捐 999 分，丙捐 10,000 分，基金承诺九成用于理赔：",
  who: "捐款",
  given: "金额（分）",
  positions: "位置",
  share: "用于理赔（分）",
  donors: ["甲", "乙", "丙"],
  sum: "合计",
  exampleAllocate: (half: HtmlValue, claims: HtmlValue, operations: HtmlValue): Html =>
    html`给两个县的项目各拨 ${half} 分：各有 ${claims} 分进准备金，${operations} 分作运营。`,
  examplePay: (claim: HtmlValue, b: HtmlValue, c: HtmlValue): Html =>
    html`第一个县的第一件理赔 ${claim} 分：乙付了其中 ${b} 分，丙付了 ${c} 分。（甲只有 1 分，落在运营。）`,
  exampleCarry: (rest: HtmlValue): Html => html`年底结转 ${rest} 分，全是丙的。钱没有动，线接着往下走。`,
  exampleShort: (claim: HtmlValue, rest: HtmlValue, missing: HtmlValue, gift: HtmlValue): Html =>
    html`第二年来了一件 ${claim} 分的理赔，准备金只有 ${rest} 分，所以它等着，缺口 ${missing} 分；直到有人再捐
    ${gift} 分并且拨付，正好补上 ${missing} 分。`,
  wordsTitle: "几个词",
  terms: [
    ["尚未拨付", "已入账，还没有拨给任何保障项目。"],
    [
      "在准备金中",
      "已拨给项目、专用于理赔、还没有付出去的钱。期末没有用完的自动结转到下一期，是准备金的一部分，不另外计算。",
    ],
    ["已承诺", "理赔已核定、还没有支付的部分。它也在准备金之内。"],
    ["缺口", "核定待付超过准备金的部分，要靠再募捐补上。"],
    ["垫付", "运营支出超过拨入的运营经费的部分，由以后的运营经费补上。"],
  ],
  checkTitle: "不用相信我们",
  check:
    "账本由合约记账，每条记录都公开，任何人都能重放全部记录、重新计算每个数字；每一页都写明它对应哪个区块，并给出原始数据。每笔捐款的页面上，您的手机可以当场核对；凭收据还可以换一个节点，或者断开本站用离线文件核对。合约所在的链目前由一家机构运行：收据上写着开出时的区块，您的设备也记得上次看到的区块，链被改写就会露出来；但同一时刻每个人看到的是不是同一份，要靠别人运行的节点来比对。任何账本也证明不了医院票据是真的，或者入账之前没有漏记捐款。没有数据的地方写“无数据”，不写零。",
  checkLink: "去核对",
};
