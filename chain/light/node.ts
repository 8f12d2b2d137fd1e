/** A node as a check asks it (the port of protocol/verify), by JSON-RPC alone: logs, blocks and calls of the lens. */
import { bytes32, fundId } from "../../protocol/ids.ts";
import type { BatchId, Bytes32, FundId, ProgrammeId } from "../../protocol/ids.ts";
import type { LedgerPlace, ReceiptHead } from "../../protocol/receipt/types.ts";
import type { LedgerReader, Node } from "../../protocol/verify/ports.ts";
import { Unanswered } from "../../protocol/verify/steps.ts";
import { eventReaders } from "./events.ts";
import type { Request } from "./json-rpc.ts";
import { eventsOf, numberIn, quantity, textIn } from "./logs.ts";
import { callData, topicOf, Words } from "./words.ts";

const hashIn = (value: unknown, name: string): Bytes32 => {
  const text = textIn(value, name);
  if (text.length !== 66) throw new Unanswered("garbled", `${name} is no hash`);
  return bytes32(text);
};

const blockIn = (answer: unknown): ReceiptHead => ({
  number: numberIn(answer, "number"),
  hash: hashIn(answer, "hash"),
  time: numberIn(answer, "timestamp"),
});

/** What the lens says of the ledger's storage. The signatures and places are held against its ABI by a test. */
const storedBy = (request: Request, place: LedgerPlace, block: number): LedgerReader["stored"] => {
  const call = async (signature: string, ...values: readonly number[]): Promise<Words> =>
    new Words(
      await request("eth_call", [{ to: place.lens, data: callData(signature, ...values) }, quantity(block)]),
    );
  return {
    ledger: async () => (await call("ledger()")).address(0),
    batch: async (batch: BatchId) => {
      const words = await call("batch(uint32)", batch);
      return {
        startsAt: words.position(0),
        sum: words.fen(1),
        count: words.number(2),
        fund: fundId(words.u32(3)),
        root: words.bytes32(5),
      };
    },
    fund: async (fund: FundId) => {
      const words = await call("fund(uint32)", fund);
      return {
        fund,
        donated: words.position(0),
        allocated: words.position(1),
        claimsShareBps: words.number(2),
      };
    },
    programme: async (programme: ProgrammeId) => {
      const words = await call("programme(uint32)", programme);
      return {
        programme,
        reserveIn: words.position(0),
        reserveSpent: words.position(1),
        operationsIn: words.position(4),
        operationsOut: words.position(5),
        movedIn: words.fen(6),
        movedOut: words.fen(7),
        recovered: words.fen(8),
        operationsMovedOut: words.fen(10),
      };
    },
    refunded: async (batch, index) => (await call("refundedOf(uint32,uint32)", batch, index)).fen(0),
  };
};

const ledgerBy = (request: Request, place: LedgerPlace, block: number): LedgerReader => {
  const query = (fromBlock: number, ...topics: readonly (number | null)[]) => ({
    ledger: place.ledger,
    fromBlock,
    toBlock: block,
    topics: topics.map((topic) => (topic === null ? null : topicOf(topic))),
  });
  const readers = eventReaders;
  return {
    fundOpened: (fund) => eventsOf(request, readers.FundOpened, query(0, fund)),
    batchRecorded: (batch) => eventsOf(request, readers.BatchRecorded, query(0, batch)),
    allocationsOf: (fund) => eventsOf(request, readers.PremiumAllocated, query(0, null, fund)),
    payoutsOf: (programme, from) => eventsOf(request, readers.ClaimPaid, query(from, null, null, programme)),
    expensesOf: (programme) => eventsOf(request, readers.ExpenseRecorded, query(0, null, programme)),
    recoveriesOf: (programme) => eventsOf(request, readers.PayoutRecovered, query(0, null, null, programme)),
    movesFrom: (programme) => eventsOf(request, readers.SurplusMoved, query(0, null, programme)),
    refundsOf: (batch, index) => eventsOf(request, readers.DonationRefunded, query(0, null, batch, index)),
    notesOf: (number) => eventsOf(request, readers.HeadNoted, query(0, number)),
    stored: storedBy(request, place, block),
  };
};

/** A node behind a JSON-RPC endpoint. */
export const lightNode = (request: Request): Node => ({
  chainId: async () => {
    const answer = await request("eth_chainId", []);
    return numberIn({ answer }, "answer");
  },
  newest: async () => blockIn(await request("eth_getBlockByNumber", ["latest", false])),
  final: async () => blockIn(await request("eth_getBlockByNumber", ["finalized", false])),
  block: async (number) => {
    const answer = await request("eth_getBlockByNumber", [quantity(number), false]);
    if (answer === null) return undefined;
    const block = blockIn(answer);
    if (block.number !== number) throw new Unanswered("garbled", "another block");
    return block;
  },
  hasCode: async (contract) => {
    const answer = await request("eth_getCode", [contract, "latest"]);
    return textIn({ answer }, "answer").length > 2;
  },
  ledgerAt: (place, block) => ledgerBy(request, place, block),
});
