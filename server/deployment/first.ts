/**
 * The first start of a data folder: ledger and lens are deployed, actors registered, roles and channels set up. Every
 * step is an operation with a fixed id, so a start that ended in the middle goes on where it was.
 */
import { encodeDeployData } from "viem";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { lensAbi } from "../../chain/abi/lens.ts";
import { channelRole, ledgerRole } from "../../chain/roles.ts";
import { encodeVerb, type Verb } from "../../chain/verbs.ts";
import { address, type Address } from "../../protocol/ids.ts";
import type { ReadableChain, Hex } from "../chain/port.ts";
import { transactionGasLimit } from "../chain/pinned.ts";
import { actors, channelActor, channels, ledgerActors } from "../desk/actors.ts";
import type { Keystore } from "../keys/keystore.ts";
import type { Sender } from "../outbox/sender.ts";
import type { Call, OutboxStore } from "../outbox/store.ts";
import { compileContracts, type Artefact } from "./compile.ts";
import { recordDeployment, type Deployment } from "./record.ts";

/** Transfers of the default admin wait this long on the ledger. */
const adminDelaySeconds = 2 * 86_400;
const zeroAddress = address("0x0000000000000000000000000000000000000000");

/** A step of the first start failed; the contracts or this gateway are wrong, and nothing can go on. */
export class DeploymentFailed extends Error {
  readonly operation: string;
  constructor(operation: string) {
    super(`${operation}: did not succeed on the chain; delete the new data folder and report this`);
    this.name = "DeploymentFailed";
    this.operation = operation;
  }
}

export interface DeploymentParts {
  readonly chain: ReadableChain;
  readonly outbox: OutboxStore;
  readonly sender: Sender;
  readonly keystore: Keystore;
  /** The ledger that this one succeeds. */
  readonly predecessor: Address | undefined;
}

export const deployFirst = async (parts: DeploymentParts): Promise<Deployment> => {
  const compiled = await compileContracts();
  const admin = accountOf(parts.keystore, "admin");
  const ledger = await create(
    parts,
    "deploy:ledger",
    ledgerInitcode(compiled.ledger, admin, parts.predecessor),
  );
  const lens = await create(parts, "deploy:lens", lensInitcode(compiled.lens, ledger));
  await setUp(parts, ledger);
  return recordDeployment(parts.chain, parts.outbox, {
    ledger: { address: ledger, abi: compiled.ledger.abi },
    lens: { address: lens, abi: compiled.lens.abi },
  });
};

const accountOf = (keystore: Keystore, actor: string): Address => address(keystore.account(actor).address);

const ledgerInitcode = ({ bytecode }: Artefact, admin: Address, predecessor: Address = zeroAddress): Hex =>
  encodeDeployData({ abi: ledgerAbi, bytecode, args: [admin, adminDelaySeconds, predecessor] });

const lensInitcode = ({ bytecode }: Artefact, ledger: Address): Hex =>
  encodeDeployData({ abi: lensAbi, bytecode, args: [ledger] });

const create = async ({ sender }: DeploymentParts, id: string, calldata: Hex): Promise<Address> => {
  const created = await carryOut(sender, id, { calldata, gasLimit: transactionGasLimit });
  if (created === undefined) throw new DeploymentFailed(id);
  return created;
};

/** Registers every actor of this gateway, grants the roles of the whole ledger and registers the first channels. */
const setUp = async ({ sender, keystore }: DeploymentParts, ledger: Address): Promise<void> => {
  const calls: readonly Verb[] = [
    ...actors.map((actor): Verb => ({ verb: "registerActor", account: accountOf(keystore, actor) })),
    ...ledgerActors.map((role): Verb => ({
      verb: "grantRole",
      role: ledgerRole(role),
      account: accountOf(keystore, role),
    })),
    ...channels.flatMap((channel): readonly Verb[] => [
      { verb: "registerChannel", channel },
      {
        verb: "grantRole",
        role: channelRole(channelActor, channel),
        account: accountOf(keystore, channelActor),
      },
    ]),
  ];
  const calldata = encodeVerb({ verb: "multicall", calls });
  await carryOut(sender, "setup", { to: ledger, calldata, gasLimit: transactionGasLimit });
};

const carryOut = async (sender: Sender, id: string, call: Call): Promise<Address | undefined> => {
  await sender.submit({ id, kind: "deployment", actor: "admin", call, request: id });
  const { mined } = await sender.waitFor(id);
  if (mined === undefined) throw new DeploymentFailed(id);
  return mined.contractAddress;
};
