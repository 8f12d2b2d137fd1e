/** `npm run rechain -- --data DIR`: takes a data folder over to block hashes that another version makes. */
import { rechain } from "../server/commands/rechain.ts";
import { runFolderCommand } from "../server/commands/folder-command.ts";

process.exitCode = await runFolderCommand(
  "rechain",
  process.argv.slice(2),
  ["data"],
  async ({ data }, progress) => {
    const { blocks, transactions, logs, record } = await rechain(data, progress);
    const compared = `${blocks} blocks, ${transactions} receipts and ${logs} logs are as recorded`;
    return record === undefined
      ? [`${compared}, and so are the hashes: nothing to do`]
      : [compared, `head ${record.oldHead} is now ${record.newHead}, and both are recorded`];
  },
);
