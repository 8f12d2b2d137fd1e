/** `npm run reindex -- --data DIR`: makes everything derived anew from the raw logs of index.db, without a node. */
import { reindex } from "../server/commands/reindex.ts";
import { runFolderCommand } from "../server/commands/folder-command.ts";

process.exitCode = await runFolderCommand("reindex", process.argv.slice(2), ["data"], async ({ data }) => {
  const { events, block } = await reindex(data);
  return [`${events} events up to block ${block}, derived anew`];
});
