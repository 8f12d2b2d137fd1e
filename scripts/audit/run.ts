/** One audit from beginning to end, without the process around it. */
import { BaseError } from "viem";
import { storedBooks } from "../../chain/stored-books.ts";
import { Checks } from "../../protocol/audit/check.ts";
import { checkIds, type CheckId } from "../../protocol/audit/checks.ts";
import type { Address } from "../../protocol/ids.ts";
import type { SourceCode } from "../../server/commands/source-code.ts";
import type { AuditCall, FileCall, NodeCall } from "./arguments.ts";
import { auditBooks, type RebuiltBooks } from "./books.ts";
import { auditCode } from "./code.ts";
import { auditGateway } from "./gateway/audit.ts";
import {
  documentsAt,
  gatewayAt,
  GatewayFailure,
  type DocumentAsk,
  type GatewayAsk,
} from "./gateway/client.ts";
import { checkFollows, comparableBlock, headOfGateway } from "./gateway/head.ts";
import { laterBlocks } from "./gateway/later.ts";
import type { History } from "./history.ts";
import { failureOf, nodeAt, NodeFailure, type Node } from "./node.ts";
import { Progress, type ProgressStream } from "./progress.ts";
import { historyFromFile } from "./read-file.ts";
import { historyFromNode } from "./read-node.ts";
import type { AuditReport } from "./report.ts";
import { auditStorage } from "./storage.ts";
import { AuditThreads } from "./threads/threads.ts";
import { auditTraces } from "./traces.ts";

export interface AuditParts {
  readonly progress: ProgressStream;
  /** Compiles the sources of this repository. */
  readonly compile?: () => Promise<SourceCode>;
}

/** Of the largest donations and claims so many are looked at beside those that are drawn. */
const largest = 10;
/** Records of each kind that storage is asked for. */
const mostRecords = 2_000;

/** Where a node stops answering in the middle, what it was asked for stays open and the rest goes on. */
const orUnfinished = async (
  checks: Checks,
  ids: readonly CheckId[],
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof NodeFailure || error instanceof BaseError)) throw error;
    const { message } = failureOf(error, "eth_call");
    for (const id of ids) checks.of(id).unfinished(`the node did not answer to the end: ${message}`);
  }
};

const ofLens = ["storage.counters", "storage.totals", "storage.records", "traces.contract"] as const;

const auditByLens = async (
  checks: Checks,
  { client }: Node,
  lens: Address,
  { sample }: NodeCall,
  history: History,
  rebuilt: RebuiltBooks,
  progress: Progress,
): Promise<void> => {
  const at = { client, lens, blockNumber: BigInt(history.block.number) };
  const isAll = sample === Number.POSITIVE_INFINITY;
  await orUnfinished(checks, ["storage.counters", "storage.totals", "storage.records"], () =>
    auditStorage(checks, storedBooks(at), history, rebuilt, {
      most: isAll ? sample : mostRecords,
      onProgress: progress.step("records compared with storage"),
    }),
  );
  if (!rebuilt.complete)
    return checks.of("traces.contract").unfinished("the books could not be rebuilt to their end");
  const choice = { seed: history.block.hash, sample, largest };
  await orUnfinished(checks, ["traces.contract"], () =>
    auditTraces(checks, at, rebuilt.state, choice, progress.step("traces of the contract")),
  );
};

const gatewayChecks = checkIds.filter((id) => id.startsWith("gateway."));

/** Where the gateway stands, and at which block its books can be compared. */
interface GatewayPlace {
  readonly ask: GatewayAsk;
  readonly askDocument: DocumentAsk;
  readonly block: number | undefined;
}

/** A gateway that does not answer leaves its checks open; the chain is audited all the same. */
const placeOfGateway = async (
  checks: Checks,
  node: Node,
  call: NodeCall,
): Promise<GatewayPlace | undefined> => {
  if (call.gateway === undefined) {
    for (const id of gatewayChecks) checks.of(id).notChecked("no gateway was named (--gateway URL)");
    return undefined;
  }
  const ask = gatewayAt(call.gateway);
  try {
    const askDocument = documentsAt(call.gateway);
    return {
      ask,
      askDocument,
      block: await comparableBlock(checks, node.ask, call.ledger, await headOfGateway(ask)),
    };
  } catch (error) {
    if (!(error instanceof GatewayFailure)) throw error;
    for (const id of gatewayChecks) checks.of(id).unfinished(`the gateway did not answer: ${error.message}`);
    return undefined;
  }
};

const auditByGateway = async (
  checks: Checks,
  node: Node,
  place: GatewayPlace,
  { sample }: NodeCall,
  history: History,
  { state, complete }: RebuiltBooks,
  progress: Progress,
): Promise<void> => {
  const { ask, askDocument, block } = place;
  const reason = !complete
    ? "the books could not be rebuilt to their end"
    : block === history.block.number
      ? undefined
      : "the gateway's books are not of the block that was audited";
  if (reason !== undefined) {
    for (const id of gatewayChecks) if (id !== "gateway.head") checks.of(id).unfinished(reason);
    return;
  }
  const choice = { seed: history.block.hash, sample, largest };
  const later = laterBlocks(node.ask, history, state);
  await auditGateway({ checks, ask, askDocument, later, history, state, choice, progress });
  try {
    await checkFollows(checks, node.ask, ask, history);
  } catch (error) {
    if (!(error instanceof GatewayFailure || error instanceof NodeFailure)) throw error;
    checks.of("gateway.head").unfinished(error.message);
  }
};

/** The compiler takes seconds to load: only who needs it does. */
const compileSources = async (): Promise<SourceCode> => {
  const { sourceCode } = await import("../../server/commands/source-code.ts");
  return sourceCode();
};

const auditByNode = async (
  checks: Checks,
  node: Node,
  call: NodeCall,
  history: History,
  rebuilt: RebuiltBooks,
  parts: AuditParts,
  progress: Progress,
): Promise<void> => {
  let lens: Address | undefined;
  await orUnfinished(checks, ["code.ledger", "code.lens"], async () => {
    const question = {
      ask: node.ask,
      ledger: call.ledger,
      block: history.block.number,
      firstTransaction: history.events[0]?.place.transactionHash,
      lens: call.lens,
    };
    lens = await auditCode(checks, question, await (parts.compile ?? compileSources)());
  });
  if (lens !== undefined) return auditByLens(checks, node, lens, call, history, rebuilt, progress);
  for (const id of ofLens)
    checks.of(id).unfinished("there is no lens that may be trusted to read the ledger's storage");
};

interface Audited {
  readonly history: History;
  readonly rebuilt: RebuiltBooks;
}

const auditFile = async (
  checks: Checks,
  { file }: FileCall,
  threads: AuditThreads,
  progress: Progress,
): Promise<Audited> => {
  const history = await historyFromFile(file, checks, threads, progress.step("rows read"));
  for (const id of gatewayChecks) checks.of(id).notChecked("a file is compared with no gateway");
  return { history, rebuilt: await auditBooks(checks, history, threads, progress) };
};

const auditNode = async (
  checks: Checks,
  call: NodeCall,
  parts: AuditParts,
  threads: AuditThreads,
  progress: Progress,
): Promise<Audited> => {
  const node = nodeAt(call.rpc);
  const gateway = await placeOfGateway(checks, node, call);
  const { ledger, fromBlock } = call;
  const question = { ledger, fromBlock, block: call.block ?? gateway?.block };
  const history = await historyFromNode(node.ask, checks, question, threads, progress);
  const rebuilt = await auditBooks(checks, history, threads, progress);
  await auditByNode(checks, node, call, history, rebuilt, parts, progress);
  if (gateway !== undefined) await auditByGateway(checks, node, gateway, call, history, rebuilt, progress);
  return { history, rebuilt };
};

/** Rejects with NodeFailure where the node does not tell the history at all, with NoHistory where the file holds none. */
export const runAudit = async (call: AuditCall, parts: AuditParts): Promise<AuditReport> => {
  const startedMs = performance.now();
  const checks = new Checks();
  const progress = new Progress(parts.progress);
  const threads = new AuditThreads();
  try {
    const { history, rebuilt } =
      call.kind === "file"
        ? await auditFile(checks, call, threads, progress)
        : await auditNode(checks, call, parts, threads, progress);
    const { chainId, ledger, block, logs } = history;
    return {
      history: { chainId, ledger, block, logs },
      donations: rebuilt.donations,
      seconds: (performance.now() - startedMs) / 1_000,
      checks: checks.results(),
    };
  } finally {
    await threads.end();
  }
};
