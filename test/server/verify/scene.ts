/** A random history with honest roots, seen by a check as a node and as a gateway: both from the same events. */
import { addFen, zeroFen } from "../../../protocol/amounts.ts";
import { sealOf } from "../../../protocol/donations/seal.ts";
import type { RecordedEvent } from "../../../protocol/ledger/events.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { applyEvent, emptyState } from "../../../protocol/ledger/state.ts";
import type { LedgerPlace } from "../../../protocol/receipt/types.ts";
import { proofText } from "../../../protocol/receipt/write.ts";
import { batchId, type BatchId } from "../../../protocol/ids.ts";
import { parseCode } from "../../../protocol/codes/code.ts";
import type { GatewayReader, LedgerReader, Node } from "../../../protocol/verify/ports.ts";
import { asOf } from "../../../server/schemas/common.ts";
import { donation, trace } from "../../../server/schemas/donations.ts";
import { randomHistory } from "../../model/history.ts";
import { InventedChain, inventedLedger } from "../index/invented-chain.ts";
import { there } from "../read/histories.ts";
import { inventedLens, OpenedRead } from "../read/opened.ts";

const place: LedgerPlace = { chainId: 8650, ledger: inventedLedger, lens: inventedLens };

/** The model's roots and noted heads stand for any; a check wants real ones. An invented chain's hashes say nothing of its events. */
const sealed = async (recorded: RecordedEvent, chain: InventedChain): Promise<RecordedEvent> => {
  const { event } = recorded;
  if (event.type === "HeadNoted") {
    const { hash } = there(await chain.block(event.blockNumber));
    return { ...recorded, event: { ...event, blockHash: hash } };
  }
  if (event.type !== "BatchRecorded") return recorded;
  const { root } = sealOf(event, { chainId: place.chainId, contract: place.ledger });
  return { ...recorded, event: { ...event, root } };
};

type EventNamed<Type extends RecordedEvent["event"]["type"]> = Extract<
  RecordedEvent["event"],
  { readonly type: Type }
>;

export const ledgerOf = (events: readonly RecordedEvent[], state: LedgerState): LedgerReader => {
  const all = async <Type extends RecordedEvent["event"]["type"]>(
    type: Type,
    isAsked: (event: EventNamed<Type>) => boolean,
    fromBlock = 0,
  ) => {
    const isOfType = (event: RecordedEvent["event"]): event is EventNamed<Type> => event.type === type;
    return events.flatMap(({ event, place: { blockNumber } }) =>
      isOfType(event) && isAsked(event) && blockNumber >= fromBlock ? [{ blockNumber, event }] : [],
    );
  };
  return {
    fundOpened: (fund) => all("FundOpened", (event) => event.fund === fund),
    batchRecorded: (batch) => all("BatchRecorded", (event) => event.batch === batch),
    allocationsOf: (fund) => all("PremiumAllocated", (event) => event.fund === fund),
    payoutsOf: (programme, from) => all("ClaimPaid", (event) => event.programme === programme, from),
    expensesOf: (programme) => all("ExpenseRecorded", (event) => event.programme === programme),
    recoveriesOf: (programme) => all("PayoutRecovered", (event) => event.programme === programme),
    movesFrom: (programme) => all("SurplusMoved", (event) => event.from === programme),
    refundsOf: (batch, index) =>
      all("DonationRefunded", (event) => event.batch === batch && event.index === index),
    notesOf: (number) => all("HeadNoted", (event) => event.blockNumber === number),
    stored: {
      ledger: async () => place.ledger,
      batch: async (batch) => there(state.batches[batch - 1]),
      fund: async (fund) => there(state.funds[fund - 1]),
      programme: async (programme) => ({ programme, ...there(state.programmes[programme - 1]).totals }),
      refunded: async (batch, index) =>
        (await all("DonationRefunded", (event) => event.batch === batch && event.index === index)).reduce(
          (sum, { event }) => addFen(sum, event.amount),
          zeroFen,
        ),
    },
  };
};

export interface Scene {
  readonly state: LedgerState;
  readonly chain: InventedChain;
  readonly node: Node;
  readonly gateway: GatewayReader;
  readonly donations: readonly { readonly batch: BatchId; readonly index: number }[];
  readonly opened: OpenedRead;
  proof(batch: BatchId, index: number): Promise<string>;
  close(): Promise<void>;
}

const nodeOf = (chain: InventedChain, ledger: LedgerReader): Node => ({
  chainId: async () => place.chainId,
  newest: () => chain.head(),
  final: () => chain.head(),
  block: (number) => chain.block(number),
  hasCode: async () => true,
  ledgerAt: () => ledger,
});

const gatewayOf = ({ read }: OpenedRead): GatewayReader => {
  const asWire = async (data: unknown): Promise<unknown> =>
    JSON.parse(JSON.stringify({ asOf: asOf(await read.head()), data }));
  const placeOf = (code: string) => {
    const parsed = parseCode(code);
    if (!parsed.ok || parsed.code.kind !== "donation") throw new RangeError(code);
    return parsed.code;
  };
  return {
    donation: async (code) => {
      const { batch, index } = placeOf(code);
      const view = await read.donation(batch, index);
      return view === undefined ? undefined : asWire(donation(view));
    },
    trace: async (code, cursor) => {
      const { batch, index } = placeOf(code);
      const page = { limit: 50, ...(cursor === undefined ? {} : { cursor }) };
      return asWire(trace(there(await read.donationTrace(batch, index, page)), "CNY"));
    },
  };
};

export const openScene = async (seed: number, length: number): Promise<Scene> => {
  const { model, endsAt } = randomHistory(seed, length);
  const drawn = new InventedChain();
  drawn.grow(model.events);
  const events = await Promise.all(model.events.map((recorded) => sealed(recorded, drawn)));
  const state = events.reduce(applyEvent, emptyState());
  const chain = new InventedChain();
  chain.grow(events);
  const opened = await OpenedRead.open(chain.identity, chain);
  opened.time = endsAt;
  return {
    state,
    chain,
    node: nodeOf(chain, ledgerOf(events, state)),
    gateway: gatewayOf(opened),
    donations: state.batches.flatMap(({ batch, count }) =>
      Array.from({ length: count }, (_, index) => ({ batch: batchId(batch), index })),
    ),
    opened,
    proof: async (batch, index) => proofText(there(await opened.read.donationProof(batch, index))),
    close: () => opened.close(),
  };
};
