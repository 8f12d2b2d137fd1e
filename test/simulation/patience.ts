/** Nothing may take for ever: what hangs is a broken promise too. */
import type { Gateway } from "../../server/gateway.ts";
import { BrokenPromise } from "./model.ts";

/** Longer than anything takes that gets on, on a machine that has much else to do. */
const limitMs = 60_000;

/** Throws {@link BrokenPromise} with what `subject` says where `work` is not done in time. */
export const within = async <Result>(
  work: Promise<Result>,
  subject: () => Promise<string>,
): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), limitMs);
  });
  try {
    const done = await Promise.race([work.then((result) => ({ result })), late]);
    if (done !== "late") return done.result;
    throw new BrokenPromise("patience", `after ${limitMs} ms ${await subject()}`);
  } finally {
    clearTimeout(timer);
  }
};

/** What the sender does and waits for. */
export const describe = async ({ sender, outbox, read, start }: Gateway): Promise<string> => {
  const facts = {
    start: start.state.state,
    sender: await sender.status().catch(String),
    index: await read.head().catch(String),
    open: (await outbox.open(20)).map(({ nonce, operations, included, exclusions, versions }) => ({
      nonce,
      operations: operations.map(({ id, kind }) => `${kind} ${id}`),
      included,
      exclusions,
      versions: versions.length,
    })),
    queued: (await outbox.queued(20)).map(({ id, kind }) => `${kind} ${id}`),
  };
  return JSON.stringify(facts, (_name, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
};
