/** `npm run replica -- --from URL`: makes an operator's chain again, and keeps watch over it. */
import { runReplica } from "../server/commands/replica.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

process.exitCode = await runReplica(process.argv.slice(2), {
  output: { print: (line) => console.log(line), printError: (line) => console.error(line) },
  signal: stop.signal,
});
