/** Ledger and lens on the shared chain, empty but for the actors, roles and channels of a history. */
import { encodeAbiParameters } from "viem";
import { channelRole, ledgerRole, programmeRole } from "../../chain/roles.ts";
import { encodeVerb } from "../../chain/verbs.ts";
import type { Verb } from "../../chain/verbs.ts";
import { programmeId } from "../../protocol/ids.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import { historyActors, historyChannels } from "../model/verbs.ts";
import { chain } from "./chain.ts";

/** The most programmes that a history has; roles are granted before a programme is opened. */
const programmes = 4;
const adminDelaySeconds = 3600;

export type Actor = (typeof historyActors)[number];

const admin = 0;

const accountOf = (index: number): Address => {
  const account = chain.accounts[index];
  if (account === undefined) throw new RangeError(`no account ${index}`);
  return account;
};

const send = async (ledger: Address, account: number, verb: Verb): Promise<void> => {
  const transaction = { from: accountOf(account), to: ledger, data: encodeVerb(verb) };
  await chain.request({ method: "eth_sendTransaction", params: [transaction] });
};

const rolesOf = (actor: Actor): readonly Bytes32[] => {
  switch (actor) {
    case "recorder":
    case "treasurer":
    case "auditor":
      return [ledgerRole(actor)];
    case "coordinator":
    case "adjudicator":
    case "payer":
      return Array.from({ length: programmes }, (_, index) => programmeRole(actor, programmeId(index + 1)));
    case "provider":
      return historyChannels.map((channel) => channelRole(actor, channel));
  }
};

const deploy = async (): Promise<Omit<Stage, "act">> => {
  const zero = `0x${"0".repeat(40)}` as const;
  const parameters = encodeAbiParameters(
    [{ type: "address" }, { type: "uint48" }, { type: "address" }],
    [accountOf(admin), adminDelaySeconds, zero],
  );
  const ledger = await chain.deploy("Ledger", parameters);
  const lens = await chain.deploy("Lens", encodeAbiParameters([{ type: "address" }], [ledger]));
  for (const channel of historyChannels) await send(ledger, admin, { verb: "registerChannel", channel });
  for (const [index, actor] of historyActors.entries()) {
    const account = accountOf(index + 1);
    await send(ledger, admin, { verb: "registerActor", account });
    for (const role of rolesOf(actor)) await send(ledger, admin, { verb: "grantRole", role, account });
  }
  return { ledger, lens };
};

export interface Stage {
  readonly ledger: Address;
  readonly lens: Address;
  /** In the next block; rejects what the ledger refuses. */
  act(actor: Actor, verb: Verb): Promise<void>;
}

type Snapshot = Awaited<ReturnType<typeof chain.snapshot>>;
interface Opened {
  readonly stage: Stage;
  /** The chain as it was found. */
  readonly before: Snapshot;
  readonly empty: Snapshot;
}

let opened: Promise<Opened> | undefined;

const open = async (): Promise<Opened> => {
  const before = await chain.snapshot();
  const { ledger, lens } = await deploy();
  const act = (actor: Actor, verb: Verb) => send(ledger, historyActors.indexOf(actor) + 1, verb);
  return { stage: { ledger, lens, act }, before, empty: await chain.snapshot() };
};

/** The same empty books each time. Nobody else may use the chain until {@link leaveStage}. */
export const emptyStage = async (): Promise<Stage> => {
  const now = await (opened ??= open());
  opened = Promise.resolve({ ...now, empty: await chain.restore(now.empty) });
  return now.stage;
};

/** Leaves the chain as it was found, so that whoever shares it sees neither these books nor their times. */
export const leaveStage = async (): Promise<void> => {
  if (opened === undefined) return;
  await chain.restore((await opened).before);
  opened = undefined;
};
