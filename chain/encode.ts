/** Events of the protocol as logs of the ledger: the inverse of decode.ts, for ledgers that benchmarks and tests invent. */
import { encodeAbiParameters, encodeEventTopics } from "viem";
import { ledgerAbi } from "./abi/ledger.ts";
import { currencyBytes, packShares, reasonValue } from "./coding.ts";
import { toHex } from "../protocol/bytes.ts";
import { encodeChannel } from "../protocol/donations/channel.ts";
import { bytes32 } from "../protocol/ids.ts";
import type { Bytes32 } from "../protocol/ids.ts";
import { benefitKinds, expenseKinds, programmeKinds, recordKinds } from "../protocol/ledger/events.ts";
import type { LedgerEvent } from "../protocol/ledger/events.ts";

const eventAbi = ledgerAbi.filter((entry) => entry.type === "event");

/** Lists whose index is the value on chain. */
const codes: readonly (readonly string[])[] = [benefitKinds, expenseKinds, programmeKinds, recordKinds];

const codeOf = (event: LedgerEvent, value: string): number | undefined => {
  if (event.type === "ExpenseRecorded") return expenseKinds.findIndex((kind) => kind === value);
  return codes.find((list) => list.includes(value))?.indexOf(value);
};

const encoded = (event: LedgerEvent, name: string, value: unknown): unknown => {
  if (value instanceof Uint8Array) return toHex(value);
  if (name === "sharesBps" && event.type === "InsurersDeclared") return packShares(event.sharesBps);
  if (name === "reason" && "reason" in event) return reasonValue(event.reason);
  if (typeof value !== "string") return value;
  if (name === "channel") return encodeChannel(value);
  if (name === "currency") return currencyBytes(value);
  return name === "kind" || name === "benefit" ? codeOf(event, value) : value;
};

/** The topics and data that the contract would emit. */
export const encodeEvent = (
  event: LedgerEvent,
): { readonly topics: readonly Bytes32[]; readonly data: `0x${string}` } => {
  const item = eventAbi.find(({ name }) => name === event.type);
  if (item === undefined) throw new RangeError(`no event ${event.type}`);
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(event).map(([name, value]) => [name, encoded(event, name, value)]),
  );
  // The access control of OpenZeppelin names who sent a grant; the books do not depend on it.
  values["sender"] ??= `0x${"00".repeat(20)}`;
  const topics = encodeEventTopics({ abi: [item], eventName: item.name, args: values });
  const inputs = item.inputs.filter(({ indexed }) => !indexed);
  const data = encodeAbiParameters(inputs as never, inputs.map(({ name }) => values[name]) as never);
  return { topics: topics.flatMap((topic) => (typeof topic === "string" ? [bytes32(topic)] : [])), data };
};
