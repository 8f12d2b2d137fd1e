/**
 * Which contracts the gateway works on. Recorded once, with the ABI they were deployed with, and compared at every
 * start with the chain's code and with the ABI that this version reads and writes by: a replay uses the recorded
 * bytes, never a contract compiled anew.
 */
import { keccak256 } from "viem";
import { Type } from "typebox";
import { Value } from "typebox/value";
import { address, bytes32 } from "../../protocol/ids.ts";
import type { Address, Bytes32 } from "../../protocol/ids.ts";
import type { ReadableChain } from "../chain/port.ts";
import type { OutboxStore } from "../outbox/store.ts";

export interface DeployedContract {
  readonly address: Address;
  /** keccak256 of the code on the chain. */
  readonly codeHash: Bytes32;
  /** The ABI in JSON. */
  readonly abi: string;
}

/** By the name of the contract, such as `ledger` and `lens`. */
export type Deployment = Readonly<Record<string, DeployedContract>>;

/** The contract on the chain is not the one that was deployed. */
export class DeploymentMismatch extends Error {
  readonly contract: string;
  readonly address: Address;
  constructor(contract: string, at: Address) {
    super(
      `deployment: ${contract} at ${at} has other code than was recorded; ` +
        `the data folder belongs to another chain, restore it from its backup`,
    );
    this.name = "DeploymentMismatch";
    this.contract = contract;
    this.address = at;
  }
}

/** The folder's contract speaks another ABI than this version of the gateway. */
export class AbiMismatch extends Error {
  readonly contract: string;
  constructor(contract: string) {
    super(
      `deployment: ${contract} was deployed by another version, whose events and verbs this one would misread; ` +
        `run the version that made the data folder`,
    );
    this.name = "AbiMismatch";
    this.contract = contract;
  }
}

export class AlreadyDeployed extends Error {
  constructor() {
    super("deployment: recorded already; a data folder has one, start another with DATA_DIR");
    this.name = "AlreadyDeployed";
  }
}

/** The record in the data folder does not read as a deployment. */
export class DamagedDeployment extends Error {
  constructor() {
    super("deployment: its record does not read; restore the data folder from its backup");
    this.name = "DamagedDeployment";
  }
}

const key = "deployment";
const Recorded = Type.Record(
  Type.String(),
  Type.Object({ address: Type.String(), codeHash: Type.String(), abi: Type.String() }),
);

/** Records contracts that are on the chain, with the hash of their code. Throws {@link AlreadyDeployed}. */
export const recordDeployment = async (
  chain: ReadableChain,
  store: OutboxStore,
  contracts: Readonly<Record<string, { readonly address: Address; readonly abi: string }>>,
): Promise<Deployment> => {
  if ((await store.meta(key)) !== undefined) throw new AlreadyDeployed();
  const deployment: Record<string, DeployedContract> = {};
  for (const [name, contract] of Object.entries(contracts)) {
    deployment[name] = { ...contract, codeHash: bytes32(keccak256(await chain.code(contract.address))) };
  }
  await store.setMeta(key, JSON.stringify(deployment));
  return deployment;
};

/** The recorded deployment, undefined before the first. Throws {@link DamagedDeployment}. */
export const readDeployment = async (store: OutboxStore): Promise<Deployment | undefined> => {
  const text = await store.meta(key);
  if (text === undefined) return undefined;
  const recorded: unknown = JSON.parse(text);
  if (!Value.Check(Recorded, recorded)) throw new DamagedDeployment();
  return Object.fromEntries(
    Object.entries(recorded).map(([name, contract]) => [
      name,
      { address: address(contract.address), codeHash: bytes32(contract.codeHash), abi: contract.abi },
    ]),
  );
};

/** Compares the code on the chain, after the replay, with what was recorded. Throws {@link DeploymentMismatch}. */
export const checkDeployment = async (chain: ReadableChain, deployment: Deployment): Promise<void> => {
  for (const [name, contract] of Object.entries(deployment)) {
    if (keccak256(await chain.code(contract.address)) !== contract.codeHash) {
      throw new DeploymentMismatch(name, contract.address);
    }
  }
};

/** Compares the recorded ABIs with those of this version. Throws {@link AbiMismatch}. */
export const checkAbis = (deployment: Deployment, abis: Readonly<Record<string, unknown>>): void => {
  for (const [name, abi] of Object.entries(abis)) {
    const recorded = deployment[name]?.abi;
    const same = recorded !== undefined && JSON.stringify(JSON.parse(recorded)) === JSON.stringify(abi);
    if (!same) throw new AbiMismatch(name);
  }
};
