/** The logs of a range of the embedded chain, some blocks at a time. */
import { answerLimitBytes, answerTooLong, type Send } from "./rpc.ts";
import { quantity, readNumber, readRecord, UnexpectedAnswer } from "./wire.ts";

/** A batch of 3,000 gifts is 240 kB as a log. */
const blocksAtOnce = 50;

/**
 * Ten thousand full blocks would be gigabytes before anybody could see that the answer is too long, and would keep
 * everyone else waiting meanwhile. `params` are those of `eth_getLogs`, with both ends as numbers or a block's hash.
 * Throws RpcFailure as soon as the logs pass {@link answerLimitBytes}, and what `send` throws.
 */
export const logsInParts = async (params: readonly unknown[], send: Send): Promise<unknown> => {
  const filter = readRecord(params[0], "a filter");
  if (filter["blockHash"] !== undefined) return send("eth_getLogs", params);
  const [fromBlock, toBlock] = [readNumber(filter["fromBlock"]), readNumber(filter["toBlock"])];
  const logs: unknown[] = [];
  let bytes = 0;
  for (let from = fromBlock; from <= toBlock; from += blocksAtOnce) {
    const to = Math.min(toBlock, from + blocksAtOnce - 1);
    const part = await send("eth_getLogs", [{ ...filter, fromBlock: quantity(from), toBlock: quantity(to) }]);
    if (!Array.isArray(part)) throw new UnexpectedAnswer("a list of logs", part);
    for (const log of part) {
      bytes += Buffer.byteLength(JSON.stringify(log));
      if (bytes > answerLimitBytes) throw answerTooLong("eth_getLogs");
      logs.push(log);
    }
  }
  return logs;
};
