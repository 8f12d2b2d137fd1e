/** A thread that computes leaves: records in, the same records with their leaves out. */
import { parentPort, workerData } from "node:worker_threads";
import { periodNumber, programmeId } from "../../protocol/ids.ts";
import { fillLeaves } from "../../protocol/rosters/opening.ts";

const member = (name: string): number => {
  const value: unknown =
    typeof workerData === "object" && workerData !== null ? Reflect.get(workerData, name) : undefined;
  if (typeof value !== "number") throw new TypeError(`${name}: a number was expected`);
  return value;
};

const of = { programme: programmeId(member("programme")), period: periodNumber(member("period")) };

parentPort?.on("message", (records: unknown) => {
  if (!(records instanceof Uint8Array && records.buffer instanceof ArrayBuffer)) {
    throw new TypeError("records were expected");
  }
  fillLeaves(records, of);
  parentPort?.postMessage(records, [records.buffer]);
});
