/** A thread of the audit: hashes batches while the history is still read, then follows donations beside the others. */
import { parentPort } from "node:worker_threads";
import { sealOf } from "../../../protocol/audit/roots.ts";
import type { FromThread, ToThread } from "./messages.ts";
import { walkPlaces } from "./walk.ts";

const answer = (message: FromThread): void => parentPort?.postMessage(message, []);

parentPort?.on("message", (message: ToThread) => {
  switch (message.kind) {
    case "hash":
      return answer({ kind: "hashed", batch: message.batch, seal: sealOf(message.hashed) });
    case "places":
      return answer({ kind: "places", part: walkPlaces(message.books, message.next).part() });
  }
});
