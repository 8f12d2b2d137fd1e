/** Words of the printable certificate in Chinese. */
import { html, type Html, type HtmlValue } from "../../html.ts";

export const certificate = {
  link: "打印证书",
  title: "捐款证书",
  name: "写在证书上的名字",
  nameHint: "只写在这张纸上：不发送，不保存，离开本页就没有了。不填就留一条线，打印后手写。",
  print: "打印",
  size: "纸张",
  to: "兹证明",
  gave: (amount: HtmlValue, fund: HtmlValue, day: HtmlValue): Html =>
    html`于 ${day} 结算的捐款 ${amount}，已记入“${fund}”的账本。`,
  share: (claims: HtmlValue): Html => html`其中 ${claims} 按承诺用于理赔。`,
  code: "捐款编号",
  block: (number: HtmlValue): Html => html`记于第 ${number} 个区块`,
  scan: "扫码查看每一分钱去了哪里",
  noName: "账本里没有捐款人的名字；名字由持有人自己填写。",
};
