/** Words of the overview in Chinese. */

export const home = {
  title: "总账",
  heading: "每一分捐款，去了哪里",
  lead: "捐款按入账先后排成一条线，从最前面开始用。从任何一笔捐款，都能查到它付了哪几件理赔，精确到分。",
  overall: "全部捐款",
  byFund: "按基金",
  byProgramme: "按县（保障项目）",
  fund: "基金",
  programme: "保障项目",
  total: "合计",
  bar: "比例",
  figures: "账上有",
  donations: "捐款",
  claimsFiled: "正在审核",
  claimsApproved: "排队待付",
  claimsOnHold: "暂停支付",
  claimsPaid: "已付理赔",
  findTitle: "查我的捐款",
  findLead: "没有编号也可以：用付款的交易单号和金额就能查到。",
  emptyTitle: "账本是空的",
  emptyLead:
    "还没有设立基金，也没有任何捐款入账。账本从不编造数据：第一个基金设立、第一批捐款入账后，这里就会有数字。",
  emptyStaff: "管理人员：接口说明在",
  noProgrammes: "还没有保障项目，捐款都等待拨付。",
  movedNote: "进入本项目 = 拨入 + 转入 − 转出；各项目合计 = 捐入合计 − 尚未拨付。",
};
