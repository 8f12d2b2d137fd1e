/** 导出文件的用语。 */
import type { ExportKind } from "../../../protocol/exports/header.ts";

const kinds: Readonly<Record<Exclude<ExportKind, "insurer-statement">, string>> = {
  ledger: "账本的全部原始记录（NDJSON）",
  donations: "每一笔捐款（CSV）",
  allocations: "每一次拨付（CSV）",
  claims: "待办和已付的理赔（CSV）",
  payouts: "赔付与退回（CSV）",
  periods: "各期账目（CSV）",
  queue: "待付队列（CSV）",
};

export const exports = {
  title: "下载核对",
  lead: "每个文件都写明链、区块、行数和摘要，网站不在了也能核对；时间都是北京时间。",
  kinds,
};
