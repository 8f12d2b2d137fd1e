/** Words of the foundation's desk in Chinese. */
import { html, type Html, type HtmlValue } from "../../html.ts";

export const desk = {
  title: "基金会工作台",
  signIn: {
    title: "登录工作台",
    lead: "基金会和合作方的人员在这里处理每天的账目。捐款人查账不需要登录。",
    key: "接口密钥",
    keyHint: "以 efk_ 开头。由管理员发给您，只显示过一次。",
    button: "登录",
    privacy:
      "密钥不会写进网址、日志或页面。登录最多保持 8 小时；30 分钟没有操作就自动退出。用完请退出，不要在公用的电脑上登录。",
    refused: "没有登录：密钥不对，或者已经失效。",
    tooMany: (wait: HtmlValue): Html => html`试得太频繁了。请在 ${wait} 后再试。`,
    over: "您已经退出登录，刚才填写的内容没有入账。请重新登录。",
    notConfidential:
      "这个连接没有加密，不能在这里输入密钥。请用 https 地址打开；如果已经在用 https，请管理员设置 PUBLIC_URL 或 TRUST_PROXY。",
  },
  signOut: "退出登录",
  signOutEverywhere: "在所有设备上退出",
  signedInAs: (key: HtmlValue): Html => html`已用密钥 ${key} 登录`,
  roles: (roles: HtmlValue): Html => html`权限：${roles}`,
  until: (moment: HtmlValue): Html => html`最晚到 ${moment} 需要重新登录`,
  roleNames: {
    admin: "管理员",
    recorder: "捐款录入",
    treasurer: "资金管理",
    coordinator: "县项目办",
    adjudicator: "理赔审核",
    payer: "理赔付款",
    auditor: "审计",
    provider: "支付机构",
    relay: "代为提交",
  },
  foreignTitle: "没有执行",
  foreign: "这张表单不是从本站您当前登录的页面提交的，所以什么也没有入账。",
  foreignDo: "也可能是您在别的窗口重新登录过，表单已经过期。请从工作台重新打开它再填。",
  back: "回到工作台",
};
