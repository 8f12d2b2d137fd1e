/** Deploys ledger and lens to any EVM chain, for those who keep their books on another than the embedded one. */
import {
  createPublicClient,
  createWalletClient,
  encodeDeployData,
  keccak256,
  TransactionReceiptNotFoundError,
  type Hex,
  type PrivateKeyAccount,
  type Transport,
} from "viem";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { lensAbi } from "../../chain/abi/lens.ts";
import { address, bytes32, type Address, type Bytes32 } from "../../protocol/ids.ts";
import { compileContracts } from "../deployment/compile.ts";

export interface DeployRequest {
  readonly transport: Transport;
  /** The chain that is meant; another is refused. */
  readonly chainId: number;
  /** Signs, and pays for gas. */
  readonly account: PrivateKeyAccount;
  /** Grants roles on the ledger; the deployer unless given. */
  readonly admin?: Address;
  /** How long a transfer of the admin's power waits. */
  readonly adminDelaySeconds: number;
  /** The ledger that this one succeeds. */
  readonly predecessor?: Address;
}

export interface DeployedCode {
  readonly address: Address;
  /** keccak256 of the code on the chain. */
  readonly codeHash: Bytes32;
  readonly codeBytes: number;
  readonly gasUsed: bigint;
}

export class WrongChain extends Error {
  readonly expected: number;
  readonly actual: number;
  constructor(expected: number, actual: number) {
    super(`deploy: chain ${expected} is meant, the node is on chain ${actual}; nothing was sent`);
    this.name = "WrongChain";
    this.expected = expected;
    this.actual = actual;
  }
}

/** A contract was not created; what stands on the chain already is of no use to anybody. */
export class NotDeployed extends Error {
  readonly contract: string;
  readonly transaction: Hex;
  constructor(contract: string, transaction: Hex, reason: string) {
    super(`deploy: ${contract} was not created by transaction ${transaction}: ${reason}`);
    this.name = "NotDeployed";
    this.contract = contract;
    this.transaction = transaction;
  }
}

const zeroAddress = "0x0000000000000000000000000000000000000000";
const pollMs = 250;
const receiptTimeoutMs = 10 * 60 * 1000;

/**
 * Compiles what changed, sends two transactions and waits for both. Throws {@link WrongChain} before anything is
 * sent, {@link NotDeployed}, and what the node answers.
 */
export const deployContracts = async (
  request: DeployRequest,
): Promise<{ readonly ledger: DeployedCode; readonly lens: DeployedCode }> => {
  const { transport, chainId, account } = request;
  const client = createPublicClient({ transport });
  const actual = await client.getChainId();
  if (actual !== chainId) throw new WrongChain(chainId, actual);

  const compiled = await compileContracts();
  const admin = request.admin ?? address(account.address);
  const args = [admin, request.adminDelaySeconds, request.predecessor ?? zeroAddress] as const;
  const ledgerCode = encodeDeployData({ abi: ledgerAbi, bytecode: compiled.ledger.bytecode, args });
  const ledger = await create(request, "ledger", ledgerCode);
  const lensCode = encodeDeployData({
    abi: lensAbi,
    bytecode: compiled.lens.bytecode,
    args: [ledger.address],
  });
  return { ledger, lens: await create(request, "lens", lensCode) };
};

const create = async (request: DeployRequest, name: string, data: Hex): Promise<DeployedCode> => {
  const { transport, account } = request;
  const wallet = createWalletClient({ transport, account });
  const hash = await wallet.sendTransaction({ chain: null, data });
  const receipt = await receiptOf(request, name, hash);
  if (receipt.status !== "success") throw new NotDeployed(name, hash, "it reverted");
  const created = receipt.contractAddress;
  if (created === null || created === undefined) throw new NotDeployed(name, hash, "it created no contract");
  const code = await createPublicClient({ transport }).getCode({ address: created });
  if (code === undefined) throw new NotDeployed(name, hash, `there is no code at ${created}`);
  return {
    address: address(created),
    codeHash: bytes32(keccak256(code)),
    codeBytes: (code.length - 2) / 2,
    gasUsed: receipt.gasUsed,
  };
};

/** The receipt of this very transaction: nobody replaces it, the key signs nothing else meanwhile. */
const receiptOf = async ({ transport }: DeployRequest, name: string, hash: Hex) => {
  const client = createPublicClient({ transport });
  const deadline = Date.now() + receiptTimeoutMs;
  for (;;) {
    try {
      return await client.getTransactionReceipt({ hash });
    } catch (error) {
      if (!(error instanceof TransactionReceiptNotFoundError)) throw error;
      if (Date.now() > deadline) throw new NotDeployed(name, hash, "it is not in a block after ten minutes");
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
};
