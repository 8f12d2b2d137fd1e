/** What a node can say of the chain itself: blocks, code, storage, and lists of logs that the receipts do not bear out. */
import {
  decodeFunctionResult,
  encodeFunctionResult,
  isHex,
  toFunctionSelector,
  type ContractFunctionReturnType,
  type Hex,
} from "viem";
import { lensAbi } from "../../../chain/abi/lens.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import { readRecord } from "../../../server/chain/wire.ts";
import type { Lie } from "./lies-about-deeds.ts";
import { inListsOnly, lieAbout, type RpcLie } from "./liar.ts";

const other = bytes32(`0x${"5e".repeat(32)}`);

/** The lens is asked for the first fund. */
const fundCall = `${toFunctionSelector("fund(uint32)")}${"1".padStart(64, "0")}`;

const aboutBlock =
  (number: string, change: object): RpcLie =>
  (method, params, result) =>
    method === "eth_getBlockByNumber" && params[0] === number
      ? { ...readRecord(result, "a block"), ...change }
      : result;

type Answered<Name extends "traceDonation" | "claimSources"> = ContractFunctionReturnType<
  typeof lensAbi,
  "view",
  Name
>;
type ContractSlices = Answered<"traceDonation">[1];
type ContractSources = Answered<"claimSources">[0];

const readData = (result: unknown): Hex => {
  if (!isHex(result)) throw new TypeError("expected hexadecimal");
  return result;
};

const isCallOf = (method: string, params: readonly unknown[], signature: string): boolean =>
  method === "eth_call" &&
  String(readRecord(params[0], "a call")["data"]).startsWith(toFunctionSelector(signature));

/** The contract's own trace of a donation, as the lens gives it. */
const aboutTrace =
  (change: (start: bigint, slices: ContractSlices) => readonly [bigint, ContractSlices]): RpcLie =>
  (method, params, result) => {
    const signature = "traceDonation(uint32,uint32,uint64,bytes32,bytes,bytes)";
    if (!isCallOf(method, params, signature)) return result;
    const call = { abi: lensAbi, functionName: "traceDonation" } as const;
    const [start, slices, next] = decodeFunctionResult({ ...call, data: readData(result) });
    return encodeFunctionResult({ ...call, result: [...change(start, slices), next] });
  };

const aboutSources =
  (change: (sources: ContractSources) => ContractSources): RpcLie =>
  (method, params, result) => {
    if (!isCallOf(method, params, "claimSources(uint32,bytes)")) return result;
    const call = { abi: lensAbi, functionName: "claimSources" } as const;
    const [sources, next] = decodeFunctionResult({ ...call, data: readData(result) });
    return encodeFunctionResult({ ...call, result: [change(sources), next] });
  };

/** The transaction that created the ledger, with other bytes. */
const aboutCreation =
  (change: (input: string) => string): RpcLie =>
  (method, _params, result) => {
    if (method !== "eth_getTransactionByHash") return result;
    const transaction = readRecord(result, "a transaction");
    return { ...transaction, input: change(String(transaction["input"])) };
  };

/** The log of the newest noted head, which no other depends on, told otherwise in lists. */
const aboutNotedHead =
  (change: object): RpcLie =>
  (method, _params, result) => {
    if (method !== "eth_getLogs" || !Array.isArray(result)) return result;
    return result.map((log) => {
      const told = readRecord(log, "a log");
      return told["blockNumber"] === "0x47" ? { ...told, ...change } : told;
    });
  };

/** The ledger is asked for first; what other contracts know of its address is another's. */
const otherLedgerInside = (): RpcLie => {
  let ledger: string | undefined;
  return (method, params, result) => {
    if (method !== "eth_getCode") return result;
    ledger ??= String(params[0]).slice(2).toLowerCase();
    return String(result).replaceAll(ledger, "5e".repeat(20));
  };
};

/** The newest block has another hash from the second time on. */
const rewrittenAfterwards = (): RpcLie => {
  let asked = 0;
  return (method, _params, result) => {
    if (method !== "eth_getBlockByNumber") return result;
    const block = readRecord(result, "a block");
    if (block["number"] !== "0x48") return result;
    asked += 1;
    return asked === 1 ? block : { ...block, hash: other };
  };
};

/** Lies about something else than events: receipts are as they should be. */
export const liesAboutTheChain: readonly Lie[] = [
  {
    name: "a list of logs without payments, where receipts tell them",
    lie: inListsOnly(lieAbout("ClaimPaid", () => [])),
    named: [
      ...[27, 46, 47, 50, 51].map(
        (block) =>
          `chain.receipts: block ${block}: logs of the ledger: the node's list of logs has 0, the block's receipts hold 1`,
      ),
      "replay: recovery 1: payout: the log says 2, the rules say one of 1 to 0",
      "storage.counters: payout records: count: the ledger's storage says 5, the logs say 0",
    ],
  },
  {
    name: "a list of logs in another order",
    lie: (method, _params, result) =>
      method === "eth_getLogs" && Array.isArray(result)
        ? [...result.slice(0, 40), result[41], result[40], ...result.slice(42)]
        : result,
    named: ["chain.logs: block 14, log 0: told after block 15, log 0"],
  },
  {
    name: "a ledger with other code",
    lie: (method, _params, result) =>
      method === "eth_getCode" ? `${String(result).slice(0, -2)}00` : result,
    named: ["code.ledger: ledger: its code differs from the sources from byte 22975 on"],
  },
  {
    name: "a block of another time",
    lie: aboutBlock("0x20", { timestamp: "0x5c2a3c00" }),
    named: [
      "chain.headers: block 32: its fields do not give its hash",
      "chain.headers: block 32: time: the node says 1546271744",
      "chain.logs: roster 2: place: the node says block 32, log 0, expected was after block 31, log 0",
    ],
  },
  {
    name: "a block of another chain",
    lie: aboutBlock("0x20", { parentHash: other, hash: other }),
    named: [
      "chain.headers: block 32: its fields do not give its hash",
      "chain.headers: block 32: parent",
      "chain.headers: block 33: parent",
      "chain.logs: block 32, log 0: block hash",
    ],
  },
  {
    name: "storage of which a fen was never donated",
    lie: (method, params, result) =>
      method === "eth_call" && String(readRecord(params[0], "a call")["data"]).startsWith(fundCall)
        ? `0x${(BigInt(String(result).slice(0, 66)) - 1n).toString(16).padStart(64, "0")}${String(result).slice(66)}`
        : result,
    named: ["storage.totals: fund 1: donated: the ledger's storage says 560,999, the logs say 561,000"],
  },
  {
    name: "a ledger with more code",
    lie: (method, _params, result) => (method === "eth_getCode" ? `${String(result)}00` : result),
    named: ["code.ledger: ledger: length of its code: the chain has 22977, the sources give 22976"],
  },
  {
    name: "a ledger that was created by other code",
    lie: aboutCreation((input) => `0x5e${input.slice(4)}`),
    named: ["code.ledger: ledger: the transaction that created it carries other code than the sources give"],
  },
  {
    name: "a ledger that was created as another's successor",
    lie: aboutCreation((input) => `${input.slice(0, -40)}${"5e".repeat(20)}`),
    named: [
      "code.ledger: ledger: predecessor: the chain has 0x0000000000000000000000000000000000000000, the sources give 0x5e5e",
    ],
  },
  {
    name: "a lens that reads another ledger",
    lie: otherLedgerInside(),
    named: ["code.lens: lens: it reads another ledger than 0x"],
  },
  {
    name: "a log of another contract",
    lie: aboutNotedHead({ address: `0x${"5e".repeat(20)}` }),
    named: ["chain.logs: block 71, log 0: address: the node says 0x5e5e"],
  },
  {
    name: "a log that no event of the ledger makes",
    lie: aboutNotedHead({ topics: [other] }),
    named: [
      "chain.logs: block 71, log 0: log with first topic 0x5e5e",
      "chain.logs: block 71, log 0: the block's own filter of logs denies that it is there",
      "chain.receipts: block 71, log 0: the block's receipts hold no such log",
    ],
  },
  {
    name: "a donation that the contract finds elsewhere",
    lie: aboutTrace((start, slices) => [start + 1n, slices]),
    named: ["traces.contract: donation D"],
  },
  {
    name: "a donation of which the contract finds a part only",
    lie: aboutTrace((start, slices) => [start, slices.slice(1)]),
    named: ["traces.contract: donation D"],
  },
  {
    name: "a donation of which the contract finds more than there is",
    lie: aboutTrace((start, slices) => [start, [...slices, ...slices.slice(-1)]]),
    named: ["traces.contract: donation D"],
  },
  {
    name: "a newest block that is another one when it is asked for again",
    lie: rewrittenAfterwards(),
    named: [
      "chain.headers: block 72: its fields do not give its hash",
      "chain.headers: block 72: hash when asked again: the node says 0x5e5e",
      "chain.logs: block 72, log 0: block hash",
      "chain.logs: block 72, log 1: block hash",
    ],
  },
  {
    name: "a claim that the contract says was paid from elsewhere",
    lie: aboutSources((sources) =>
      sources.map((source) => ({ ...source, allocation: source.allocation + 1 })),
    ),
    named: ["traces.contract: claim C"],
  },
];
