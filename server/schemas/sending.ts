/** What an operator reads about writes on their way, as it goes over the wire. */
import { Type, type Static } from "typebox";
import { happenings, operationStates } from "../outbox/states.ts";
import type { OperationHistory, SenderStatus } from "../outbox/sender.ts";
import { failureKinds } from "../chain/node-failures.ts";
import { closed } from "./common.ts";

const Hash = Type.String({ pattern: "^0x[0-9a-f]{64}$" });
const Wei = Type.String({ pattern: "^(0|[1-9][0-9]*)$", description: "In wei." });
const Moment = Type.String({ description: "RFC 3339, by the clock of the gateway's machine." });

export const HistoryWire = Type.Object(
  {
    operation: Type.String(),
    kind: Type.String(),
    actor: Type.String({ description: "The key's name, or the account that signed elsewhere." }),
    state: Type.Enum([...operationStates]),
    history: Type.Array(
      Type.Object(
        {
          at: Moment,
          what: Type.Enum([...happenings]),
          transaction: Type.Optional(Hash),
          block: Type.Optional(Type.Integer()),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const SenderWire = Type.Object(
  {
    line: Type.Enum(["planned", "published"], {
      description: "planned: the embedded chain · published: a chain outside",
    }),
    pending: Type.Integer({ description: "Accepted and not settled; suspended ones are not counted." }),
    oldestPendingAt: Type.Optional(Moment),
    height: Type.Integer({ description: "The newest block that was seen." }),
    baseFeePerGas: Type.Optional(Wei),
    signers: Type.Array(
      Type.Object(
        {
          account: Type.String(),
          actor: Type.Optional(Type.String()),
          state: Type.Enum(["running", "noFunds", "stopped"]),
          reason: Type.Optional(Type.String()),
          balance: Type.Optional(Wei),
          underWay: Type.Integer(),
        },
        closed,
      ),
    ),
    lastFailure: Type.Optional(
      Type.Object({ kind: Type.Enum([...failureKinds]), message: Type.String(), at: Moment }, closed),
    ),
  },
  closed,
);

const moment = (ms: number): string => new Date(ms).toISOString();

export const history = ({ operation, entries }: OperationHistory): Static<typeof HistoryWire> => ({
  operation: operation.id,
  kind: operation.kind,
  actor: operation.actor,
  state: operation.state,
  history: entries.map(({ atMs, what, transaction, blockNumber }) => ({
    at: moment(atMs),
    what,
    ...(transaction === undefined ? {} : { transaction }),
    ...(blockNumber === undefined ? {} : { block: blockNumber }),
  })),
});

export const senderStatus = (status: SenderStatus): Static<typeof SenderWire> => {
  const { line, pending, oldestPendingMs, height, baseFeePerGas, signers, lastFailure } = status;
  return {
    line,
    pending,
    ...(oldestPendingMs === undefined ? {} : { oldestPendingAt: moment(oldestPendingMs) }),
    height,
    ...(baseFeePerGas === undefined ? {} : { baseFeePerGas: String(baseFeePerGas) }),
    signers: signers.map(({ balanceWei, ...signer }) =>
      balanceWei === undefined ? signer : { ...signer, balance: String(balanceWei) },
    ),
    ...(lastFailure === undefined
      ? {}
      : {
          lastFailure: { kind: lastFailure.kind, message: lastFailure.message, at: moment(lastFailure.atMs) },
        }),
  };
};
