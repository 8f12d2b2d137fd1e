/** Lies of a node, or of a file: about the chain, the batch, the gift, the lines it ran over. */
import { addFen, fen, position } from "../../../protocol/amounts.ts";
import { address, fundId } from "../../../protocol/ids.ts";
import { at } from "../service.ts";
import {
  any,
  paid,
  spent,
  wasRecovered,
  wasRefunded,
  several,
  ledgerLie,
  storedLie,
  nodeLie,
  batchLie,
  fileLie,
  asOfLie,
  inside,
  more,
  otherHash,
  withLeaves,
  type Lies,
} from "./lying.ts";

export const nodeLies: Lies = [
  ["the node is of another chain", "chainOther", any, nodeLie(() => ({ chainId: async () => 1 }))],
  [
    "there is no ledger at its address",
    "ledgerMissing",
    any,
    nodeLie(() => ({ hasCode: async () => false })),
  ],
  [
    "there is no lens at its address",
    "lensMissing",
    any,
    nodeLie(() => ({ hasCode: async (contract) => contract !== address(`0x${"1f".repeat(20)}`) })),
  ],
  [
    "the lens is that of another ledger",
    "lensOfOtherLedger",
    any,
    storedLie(() => ({ ledger: async () => address(`0x${"99".repeat(20)}`) })),
  ],
  [
    "the receipt's block was replaced",
    "receiptHeadRewritten",
    any,
    fileLie((file) => (inside(file, "head")["hash"] = otherHash)),
  ],
  [
    "the noted block was replaced",
    "notedHeadRewritten",
    any,
    (question) => {
      const number = Number(at(JSON.parse(question.file), "notedHead", "number"));
      return nodeLie((node) => ({
        block: async (asked) => {
          const block = await node.block(asked);
          return asked === number && block !== undefined ? { ...block, hash: otherHash } : block;
        },
      }))(question);
    },
  ],
  [
    "the receipt names a note that nobody wrote",
    "notedHeadMissing",
    any,
    fileLie((file) => (inside(file, "notedHead")["hash"] = otherHash)),
  ],
  [
    "a head that was seen before is gone",
    "rememberedHeadRewritten",
    any,
    (question) => ({ ...question, remembered: () => ({ number: 7, hash: otherHash }) }),
  ],
  [
    "the gateway answers from a fork",
    "gatewayHeadForked",
    any,
    asOfLie((asOf) => (asOf["hash"] = otherHash)),
  ],
  [
    "the gateway answers from an old block",
    "gatewayHeadOld",
    any,
    asOfLie((asOf) => (asOf["block"] = Number(asOf["block"]) - 5)),
  ],
  [
    "the batch is not on the chain",
    "batchMissing",
    any,
    ledgerLie(() => ({ batchRecorded: async () => [] })),
  ],
  [
    "the batch is there twice",
    "batchTwice",
    any,
    ledgerLie((ledger) => ({
      batchRecorded: async (batch) => {
        const once = await ledger.batchRecorded(batch);
        return [...once, ...once];
      },
    })),
  ],
  ["the batch is of another fund", "batchFundDiffers", any, batchLie(() => ({ fund: fundId(99) }))],
  [
    "the batch stands elsewhere on the line",
    "batchStartDiffers",
    any,
    batchLie(({ startsAt }) => ({ startsAt: position(startsAt + 1n) })),
  ],
  ["the batch counts one more", "batchCountDiffers", any, batchLie(({ count }) => ({ count: count + 1 }))],
  [
    "the batch is worth a fen more",
    "batchSumDiffers",
    any,
    batchLie(({ sum }) => ({ sum: addFen(sum, fen(1n)) })),
  ],
  ["the batch has another root", "batchRootDiffers", any, batchLie(() => ({ root: otherHash }))],
  [
    "a donation is missing from the batch",
    "leavesMissing",
    several,
    batchLie(({ leaves }) => ({ leaves: withLeaves(leaves, (parts) => parts.slice(0, -1)) })),
  ],
  [
    "a donation stands twice in the batch",
    "leavesDoubled",
    several,
    batchLie(({ leaves }) => ({
      leaves: withLeaves(leaves, (parts) => [...parts.slice(0, -1), parts[0] ?? ""]),
    })),
  ],
  [
    "donations changed places",
    "leavesUnordered",
    several,
    batchLie(({ leaves }) => ({ leaves: withLeaves(leaves, (parts) => parts.toReversed()) })),
  ],
  [
    "another donation of the batch is a fen larger",
    "leavesSumDiffers",
    several,
    batchLie(({ leaves }) => ({
      leaves: withLeaves(leaves, ([head = "", ...rest]) => [
        (BigInt(`0x${head.slice(0, 16)}`) + 1n).toString(16).padStart(16, "0") + head.slice(16),
        ...rest,
      ]),
    })),
  ],
  [
    "the ledger stored another batch than it told of",
    "batchStoredDiffers",
    any,
    storedLie((stored) => ({
      batch: async (batch) => ({ ...(await stored.batch(batch)), root: otherHash }),
    })),
  ],
  [
    "the proof is of another donor's gift",
    "leafDiffers",
    any,
    fileLie((file) => (inside(file, "leaf")["commitment"] = otherHash)),
  ],
  [
    "the gift of the proof is a fen larger",
    "leafDiffers",
    any,
    fileLie((file) => (inside(file, "leaf")["amount"] = more(at(file, "leaf", "amount")))),
  ],
  [
    "the path is another donor's",
    "pathRootDiffers",
    several,
    fileLie((file) => (inside(file, "siblings", 0)["hash"] = otherHash)),
  ],
  [
    "a sum on the path is a fen larger",
    "pathSumDiffers",
    several,
    fileLie((file) => {
      const sibling = inside(file, "siblings", 0);
      sibling["sum"] = more(sibling["sum"]);
    }),
  ],
  [
    "a sum on the path wraps around",
    "pathRefused",
    several,
    fileLie((file) => (inside(file, "siblings", 0)["sum"] = ((1n << 64n) - 1n).toString())),
  ],
  ["the fund was never opened", "fundMissing", any, ledgerLie(() => ({ fundOpened: async () => [] }))],
  [
    "the promise is another than at the opening",
    "shareDiffers",
    any,
    ledgerLie((ledger) => ({
      fundOpened: async (fund) =>
        (await ledger.fundOpened(fund)).map(({ blockNumber, event }) => ({
          blockNumber,
          event: { ...event, claimsShareBps: event.claimsShareBps === 5_000 ? 6_000 : 5_000 },
        })),
    })),
  ],
  [
    "the fund's line ends before the gift",
    "lineTooShort",
    any,
    storedLie((stored) => ({
      fund: async (fund) => ({ ...(await stored.fund(fund)), donated: position(0n) }),
    })),
  ],
  [
    "an allocation is left out",
    "allocationMissing",
    paid,
    ledgerLie(() => ({ allocationsOf: async () => [] })),
  ],
  [
    "less of an allocation went to claims than promised",
    "allocationShareDiffers",
    paid,
    ledgerLie((ledger) => ({
      allocationsOf: async (...asked) =>
        (await ledger.allocationsOf(...asked)).map(({ blockNumber, event }) => ({
          blockNumber,
          event: { ...event, claimsAmount: addFen(event.claimsAmount, fen(1n)) },
        })),
    })),
  ],
  [
    "the ledger holds more allocated than its events tell",
    "allocatedTotalDiffers",
    paid,
    storedLie((stored) => ({
      fund: async (fund) => {
        const line = await stored.fund(fund);
        return { ...line, allocated: position(line.allocated + 1n), donated: position(line.donated + 1n) };
      },
    })),
  ],
  [
    "the payment that took the gift is left out",
    "payoutMissing",
    paid,
    ledgerLie(() => ({ payoutsOf: async () => [] })),
  ],
  [
    "the ledger's total of payments is a fen more",
    "payoutsTotalDiffers",
    paid,
    storedLie((stored) => ({
      programme: async (programme) => {
        const lines = await stored.programme(programme);
        const reserveSpent = position(lines.reserveSpent + 1n);
        return { ...lines, reserveSpent, reserveIn: position(lines.reserveIn + 1n) };
      },
    })),
  ],
  [
    "the expense that took the gift is left out",
    "expenseMissing",
    spent,
    ledgerLie(() => ({ expensesOf: async () => [] })),
  ],
  [
    "the ledger's total of expenses is a fen more",
    "expensesTotalDiffers",
    spent,
    storedLie((stored) => ({
      programme: async (programme) => {
        const lines = await stored.programme(programme);
        return { ...lines, operationsOut: position(lines.operationsOut + 1n) };
      },
    })),
  ],
  [
    "more came back of a payment than it was",
    "recoveryOutside",
    wasRecovered,
    ledgerLie((ledger) => ({
      recoveriesOf: async (programme) =>
        (await ledger.recoveriesOf(programme)).map(({ blockNumber, event }) => ({
          blockNumber,
          event: { ...event, offset: position(event.offset + 1_000_000n) },
        })),
    })),
  ],
  [
    "a recovery is hidden by the node",
    "recoveredTotalDiffers",
    wasRecovered,
    ledgerLie(() => ({ recoveriesOf: async () => [] })),
  ],
  [
    "the ledger's total of moves is a fen more",
    "movedTotalDiffers",
    paid,
    storedLie((stored) => ({
      programme: async (programme) => {
        const lines = await stored.programme(programme);
        return { ...lines, movedOut: addFen(lines.movedOut, fen(1n)) };
      },
    })),
  ],
  [
    "a refund is of fen that are not the gift's",
    "refundOutside",
    wasRefunded,
    ledgerLie((ledger) => ({
      refundsOf: async (...asked) =>
        (await ledger.refundsOf(...asked)).map(({ blockNumber, event }) => ({
          blockNumber,
          event: { ...event, start: position(event.start + 1_000_000n) },
        })),
    })),
  ],
  [
    "a refund is hidden by the node",
    "refundTotalDiffers",
    wasRefunded,
    ledgerLie(() => ({ refundsOf: async () => [] })),
  ],
];
