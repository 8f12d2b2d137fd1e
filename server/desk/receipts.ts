/** What mined transactions did, read from the index: it shows what counts, whichever chain it is. */
import type { Address } from "../../protocol/ids.ts";
import type { Index } from "../index/open.ts";
import { logsOfTransaction } from "../index/raw.ts";
import type { Receipt, Receipts } from "./operations.ts";

export const receiptsOf =
  (index: Pick<Index, "read">, ledger: Address): Receipts =>
  ({ transaction, blockNumber }): Promise<Receipt | undefined> =>
    index.read(async ({ database, head }) => {
      if (head.number < blockNumber) return undefined;
      const found = await logsOfTransaction(database, blockNumber, transaction);
      if (found === undefined) return undefined;
      return {
        blockNumber,
        blockTime: found.blockTime,
        logs: found.logs.map((log) => ({ ...log, address: ledger })),
      };
    });
