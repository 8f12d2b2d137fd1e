/** What nodes say when they refuse a transaction, and what it means; the last tests ask real ones. */
import { expect } from "chai";
import { privateKeyToAccount } from "viem/accounts";
import { EmbeddedChain } from "../../../server/chain/embedded.ts";
import { NodeChain } from "../../../server/chain/node-chain.ts";
import { nodeClient } from "../../../server/chain/node-client.ts";
import {
  failureKindOf,
  isTransient,
  kindOfWords,
  NodeUnreachable,
  type FailureKind,
} from "../../../server/chain/node-failures.ts";
import { PlanRefused, type Hex } from "../../../server/chain/port.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import { freeGas, startAnvil, type Anvil } from "../anvil.ts";
import { startFaultyNode, type Fault } from "../faulty-node.ts";

/** By node, as their sources have it. */
const wordings: readonly (readonly [string, FailureKind, string])[] = [
  ["geth", "known", "already known"],
  ["geth", "known", "known transaction: 2f1c0a"],
  ["geth", "underpriced", "replacement transaction underpriced"],
  ["geth", "nonceTooLow", "nonce too low: next nonce 5, tx nonce 4"],
  ["geth", "nonceGap", "nonce too high: address 0x71562b71999873DB5b286dF957af199Ec94617F7, tx: 9 state: 5"],
  ["geth", "feeTooLow", "transaction underpriced: tip needed 1000000000, tip permitted 1"],
  [
    "geth",
    "feeTooLow",
    "max fee per gas less than block base fee: address 0x71562b71999873DB5b286dF957af199Ec94617F7, maxFeePerGas: 1, baseFee: 875000000",
  ],
  [
    "geth",
    "noFunds",
    "insufficient funds for gas * price + value: balance 0, tx cost 21000000000000, overshot 21000000000000",
  ],
  ["geth", "noFunds", "insufficient funds for transfer"],
  ["geth", "wrongChain", "invalid sender: invalid chain id for signer: have 8141 want 703"],
  ["geth", "poolFull", "txpool is full"],
  ["geth", "timeout", "request timed out"],
  ["geth", "refused", "exceeds block gas limit"],
  ["geth", "refused", "intrinsic gas too low: gas 21000, minimum needed 53000"],
  ["Besu", "known", "Known transaction"],
  ["Besu", "underpriced", "Replacement transaction underpriced"],
  ["Besu", "nonceTooLow", "Nonce too low"],
  ["Besu", "nonceGap", "Transaction nonce is too distant from current sender nonce"],
  ["Besu", "nonceGap", "An invalid transaction with a lower nonce exists"],
  ["Besu", "feeTooLow", "Gas price below current base fee"],
  ["Besu", "feeTooLow", "Gas price below configured minimum gas price"],
  ["Besu", "noFunds", "Upfront cost exceeds account balance"],
  ["Besu", "wrongChain", "Wrong chainId"],
  ["Besu", "wrongChain", "ChainId not supported"],
  ["Besu", "timeout", "Timeout expired"],
  [
    "Besu",
    "unavailable",
    "Transaction pool not enabled. (Either txpool explicitly disabled, or node not yet in sync).",
  ],
  ["Nethermind", "known", "AlreadyKnown"],
  ["Nethermind", "known", "OwnNonceAlreadyUsed"],
  ["Nethermind", "underpriced", "ReplacementNotAllowed"],
  ["Nethermind", "nonceTooLow", "OldNonce, Current nonce: 22, nonce of rejected tx: 17"],
  ["Nethermind", "nonceGap", "NonceGap, Future nonce. Expected nonce: 10"],
  ["Nethermind", "nonceGap", "nonce too far in future"],
  [
    "Nethermind",
    "feeTooLow",
    "FeeTooLow, MaxFeePerGas too low. MaxFeePerGas: 50, BaseFee: 100, MaxPriorityFeePerGas:50, Block number: 5",
  ],
  ["Nethermind", "feeTooLow", "FeeTooLowToCompete"],
  [
    "Nethermind",
    "noFunds",
    "InsufficientFunds, Account balance: 4740799397601480913, cumulative cost: 22019342038993800000",
  ],
  ["Nethermind", "wrongChain", "transaction invalid, InvalidTxChainId: Expected 703, got 8141."],
  ["Nethermind", "poolFull", "gas limit reached"],
  ["anvil", "known", "transaction already imported"],
  ["anvil", "underpriced", "replacement transaction underpriced"],
  ["anvil", "nonceTooLow", "nonce too low"],
  ["anvil", "feeTooLow", "max fee per gas less than block base fee"],
  ["anvil", "noFunds", "Insufficient funds for gas * price + value"],
  ["anvil", "wrongChain", "invalid chain id for signer"],
  ["Hardhat", "known", "Known transaction: 0x2f1c0a"],
  [
    "Hardhat",
    "underpriced",
    "Replacement transaction underpriced. A gasPrice/maxFeePerGas of at least 22 is necessary to replace the existing transaction with nonce 0.",
  ],
  [
    "Hardhat",
    "nonceTooLow",
    "Nonce too low. Expected nonce to be 1 but got 0. Note that transactions can't be queued when automining.",
  ],
  [
    "Hardhat",
    "nonceGap",
    "Nonce too high. Expected nonce to be 0 but got 5. Note that transactions can't be queued when automining.",
  ],
  [
    "Hardhat",
    "feeTooLow",
    "Transaction maxFeePerGas (1000000) is too low for the next block, which has a baseFeePerGas of 875000000",
  ],
  [
    "Hardhat",
    "noFunds",
    "Sender doesn't have enough funds to send tx. The max upfront cost is: 21000 and the sender's balance is: 0.",
  ],
  ["Hardhat", "wrongChain", "Trying to send an incompatible EIP-155 transaction, signed for another chain."],
  ["a provider", "rateLimit", "25/second request limit reached"],
  ["a provider", "rateLimit", "daily request count exceeded, request rate limited"],
  ["a provider", "unavailable", "502 Bad Gateway"],
  ["a provider", "refused", "execution reverted"],
];

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("what a node's refusal means", () => {
  for (const [node, kind, message] of wordings) {
    it(`${node}: "${message.slice(0, 60)}" is ${kind}`, () => {
      expect(kindOfWords(message)).to.equal(kind);
    });
  }

  it("is to ask again where the node did not answer as a node, and nothing else is", () => {
    for (const kind of ["rateLimit", "timeout", "unavailable", "garbage"] as const) {
      expect(isTransient(kind), kind).to.equal(true);
    }
    for (const kind of ["noFunds", "underpriced", "refused", undefined] as const) {
      expect(isTransient(kind), String(kind)).to.equal(false);
    }
    expect(failureKindOf(new Error("nonce too low"))).to.equal(undefined);
  });
});

describe("what real nodes say", function () {
  this.timeout(30_000);
  const account = privateKeyToAccount(`0x${"22".repeat(32)}`);
  const signed = (nonce: number, fields: object = {}): Promise<Hex> =>
    account.signTransaction({
      type: "eip1559",
      chainId: 31_337,
      nonce,
      gas: 21_000n,
      maxFeePerGas: 10n ** 10n,
      maxPriorityFeePerGas: 10n ** 9n,
      to: account.address,
      ...fields,
    });

  describe("anvil", () => {
    let anvil: Anvil;
    let chain: NodeChain;
    before(async () => {
      anvil = await startAnvil(["--no-mining"]);
      chain = await NodeChain.connect(nodeClient(anvil.url, 5_000));
    });
    after(() => anvil.end());
    const kindOf = async (raw: Hex) => failureKindOf(await thrownBy(chain.send(raw)));

    it("is understood", async () => {
      expect(await kindOf(await signed(0))).to.equal("noFunds");
      await anvil.rpc("anvil_setBalance", account.address, "0xde0b6b3a7640000");
      expect(await kindOf(await signed(0, { chainId: 5 }))).to.equal("wrongChain");
      expect(await kindOf(await signed(0))).to.equal(undefined);
      expect(await kindOf(await signed(0))).to.equal("known");
      expect(await kindOf(await signed(0, { gas: 22_000n }))).to.equal("underpriced");
      await anvil.mine(1);
      expect(await kindOf(await signed(0, { gas: 23_000n }))).to.equal("nonceTooLow");
    });
  });

  it("Hardhat's is understood", async () => {
    const chain = await EmbeddedChain.create(31_337);
    try {
      const plan = async (raw: Hex) => {
        const transactions = [{ hash: bytes32(`0x${"00".repeat(32)}`), raw }];
        const error = await thrownBy(chain.mineBlock({ number: 1, time: 1_600_000_000, transactions }));
        return error instanceof PlanRefused ? kindOfWords(error.reason) : undefined;
      };
      const free = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n };
      expect(await plan(await signed(0))).to.equal("noFunds");
      expect(await plan(await signed(0, { ...free, chainId: 5 }))).to.equal("wrongChain");
    } finally {
      await chain.close();
    }
  });

  it("a node that does not answer as one is told apart from one that refuses, and its URL is never said", async () => {
    const anvil = await startAnvil(freeGas);
    const node = await startFaultyNode(anvil.url);
    try {
      const ask = nodeClient(
        `${node.url.replace("http://", "http://user:invented-secret@")}/invented-key`,
        300,
      );
      const faults: readonly (readonly [Fault, FailureKind])[] = [
        ["dead", "unavailable"],
        ["error", "unavailable"],
        ["busy", "rateLimit"],
        ["garbage", "garbage"],
        ["silent", "timeout"],
      ];
      for (const [fault, kind] of faults) {
        node.fail(fault);
        const error = await thrownBy(ask("eth_chainId"));
        expect(error, fault).to.be.instanceOf(NodeUnreachable).with.property("kind", kind);
        expect(String(error)).to.not.match(/invented|127\.0\.0\.1/);
      }
      node.fail(undefined);
      expect(failureKindOf(await thrownBy(ask("eth_sendRawTransaction", ["0x00"])))).to.equal("refused");
      expect(await ask("eth_chainId")).to.equal("0x7a69");
    } finally {
      await node.close();
      await anvil.end();
    }
  });
});
