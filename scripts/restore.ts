/** `npm run restore -- --from DIR2 --data DIR`: a new data folder from a backup. */
import { restore } from "../server/commands/backup.ts";
import { runFolderCommand } from "../server/commands/folder-command.ts";

process.exitCode = await runFolderCommand(
  "restore",
  process.argv.slice(2),
  ["from", "data"],
  async ({ from, data }) => {
    const { block, hash, takenAt } = await restore(from, data);
    return [
      `up to block ${block} ${hash}, as of ${takenAt}`,
      "What was acknowledged after that is not in it: save the old folder before you start on this one.",
    ];
  },
);
