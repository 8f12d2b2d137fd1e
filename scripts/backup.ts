/** `npm run backup -- --data DIR --to DIR2`: a whole copy of a data folder, taken while the gateway runs. */
import { backUp } from "../server/commands/backup.ts";
import { runFolderCommand } from "../server/commands/folder-command.ts";

process.exitCode = await runFolderCommand(
  "backup",
  process.argv.slice(2),
  ["data", "to"],
  async ({ data, to }) => {
    const { block, hash, files } = await backUp(data, to);
    return [
      `${Object.keys(files).length} files up to block ${block} ${hash}`,
      "Among them vault.key, which opens the vault: keep the copy where only its owner reads it.",
    ];
  },
);
