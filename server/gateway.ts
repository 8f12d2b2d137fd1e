/**
 * One data folder brought to life, in the only order that is safe: lock, keys, stores, clock, chain; the outbox
 * replayed; the deployment made or checked; the index caught up; then, and not before, writes. Reads are answered
 * earlier where the folder has been deployed: from the index, once it shows nothing but recorded blocks.
 */
import type { FastifyBaseLogger } from "fastify";
import { ledgerAbi } from "../chain/abi/ledger.ts";
import { lensAbi } from "../chain/abi/lens.ts";
import { address, type Bytes32 } from "../protocol/ids.ts";
import type { Desk } from "../protocol/ports/desk.ts";
import type { Read } from "../protocol/ports/read.ts";
import type { ApiKeys } from "./access/api-keys.ts";
import type { AccessLog } from "./access-log/access-log.ts";
import type { Sessions } from "./access/sessions.ts";
import { UnderWay } from "./access/under-way.ts";
import type { Clock } from "./chain/clock.ts";
import { checkRoom } from "./chain/limit.ts";
import type { ReadableChain } from "./chain/port.ts";
import type { Config } from "./config.ts";
import { deployFirst } from "./deployment/first.ts";
import { checkAbis, checkDeployment, readDeployment, type Deployment } from "./deployment/record.ts";
import type { Place } from "./database/open.ts";
import { AtHead } from "./desk/at-head.ts";
import { Counter } from "./desk/counter.ts";
import { createDesk } from "./desk/desk.ts";
import { DailyNotes } from "./desk/daily-note.ts";
import { claimJoining } from "./desk/joining.ts";
import { rebuildsWith, staleErrors } from "./desk/rebuild.ts";
import { receiptsOf } from "./desk/receipts.ts";
import { Exports } from "./exports/export.ts";
import { HeadKey, headKeyName } from "./heads/head-key.ts";
import { Replicas } from "./heads/replicas.ts";
import { chainRules, type ChainIdentity } from "./heads/statement.ts";
import { embeddedStream, outsideStream, type ChainStream } from "./heads/stream.ts";
import { checkIndexIsRecorded } from "./index/agreement.ts";
import { channelIsRegistered, expensesEnd, isUnnoted } from "./index/facts.ts";
import { Indexer } from "./index/indexer.ts";
import { lookupsOf, type Lookups } from "./index/lookups.ts";
import { openIndex, type Index, type IndexIdentity } from "./index/open.ts";
import { asNodeFailure, indexedInTheEnd, Polling } from "./index/polling.ts";
import type { Keystore } from "./keys/keystore.ts";
import { openLedgerChain } from "./ledger-chain.ts";
import { SenderStopped } from "./outbox/errors.ts";
import type { Step } from "./outbox/line.ts";
import { keptClock } from "./outbox/kept-clock.ts";
import { checkIdentity } from "./outbox/replay.ts";
import { LeasedLine } from "./outbox/leased-line.ts";
import { Sender, type SenderOptions } from "./outbox/sender.ts";
import type { DatabaseOutbox } from "./outbox/database-outbox.ts";
import { createRead } from "./read/read.ts";
import { StartProgress } from "./start-progress.ts";
import { Erasure } from "./vault/erasure.ts";
import { openStores, type Stores } from "./stores.ts";

export interface GatewayOptions {
  readonly config: Config;
  readonly log: Pick<FastifyBaseLogger, "info" | "error">;
  /** Drives a demonstration; the folder's own clock unless given. */
  readonly clock?: Clock;
  /** The machine's clock in milliseconds since 1970, by which API keys expire; tests have one that they can advance. */
  readonly nowMs?: () => number;
  /** Called once where the gateway had to stop. */
  readonly onFailure: (error: unknown) => void;
  /** Told of every synced step of the sender; tests end the gateway at any of them. */
  readonly onStep?: (step: Step) => void;
}

export interface Gateway {
  readonly read: Read;
  readonly exports: Exports;
  readonly desk: Desk;
  readonly keys: ApiKeys;
  readonly lookups: Lookups;
  readonly erasure: Erasure;
  /** Who asked for what to be written. */
  readonly accessLog: AccessLog;
  readonly sessions: Sessions;
  readonly underWay: UnderWay;
  readonly chain: ReadableChain;
  /** Where writes wait, and whether they get on. */
  readonly sender: Sender;
  readonly outbox: DatabaseOutbox;
  readonly deployment: Deployment;
  /** The whole chain for replicas. */
  readonly stream: ChainStream;
  /** Who made it again; absent where others make the chain. */
  readonly replicas: Replicas | undefined;
  /** Notes a head a day, once it is started; not to be used before the end of the start. */
  readonly notes: DailyNotes;
  /** Present once, on the first start: the text of the one admin API key. */
  readonly firstKey: string | undefined;
  /** How far the start has come. Reads are answered meanwhile; desk and chain are not to be used before its end. */
  readonly start: StartProgress;
  /** Resolves when the start is over, rejects with what ended it; then the gateway is to be closed. */
  readonly ready: Promise<void>;
  readonly close: () => Promise<void>;
}

/** The deployment names a contract that this version does not know, or lacks one. */
export class IncompleteDeployment extends Error {
  readonly contract: string;
  constructor(contract: string) {
    super(`deployment: ${contract} is not recorded; restore the data folder from its backup`);
    this.name = "IncompleteDeployment";
    this.contract = contract;
  }
}

/** The part of its limit from which on the log of a start says that the embedded chain fills up. */
const nearlyFull = 0.8;
/** A line of the log for so many replayed blocks. */
const blocksPerLine = 1_000;

/**
 * Opens the gateway of `config.dataDir` and answers when its start is over. Throws what its parts throw; then nothing
 * is left open.
 */
export const openGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const gateway = await beginGateway(options);
  try {
    await gateway.ready;
    return gateway;
  } catch (error) {
    await gateway.close();
    throw error;
  }
};

/** The same, but answers as soon as reads can be answered. Whoever calls waits for `ready`. */
export const beginGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const opened = await openStores(options.config, closers, options.nowMs);
    return { ...(await bringUp(options, opened, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
};

const bringUp = async (
  { config, log, clock: given, onFailure, onStep = () => {} }: GatewayOptions,
  { keystore, operationKey, outbox, vault, keys, sessions, accessLog, place, lease }: Stores,
  closers: (() => Promise<void> | void)[],
): Promise<Omit<Gateway, "close">> => {
  const clock = given ?? (await keptClock(outbox));
  let mined = (): void => {};
  let isClosing = false;
  const start = new StartProgress();
  const ledgerChain = await openLedgerChain({
    config,
    clock,
    onReplay: (progress) => {
      // The only way out of a replay under way.
      if (isClosing) throw new SenderStopped();
      start.replayed(progress);
      if (progress.blocks % blocksPerLine === 0) log.info({ replay: progress }, "replaying");
    },
    onNotice: (notice) => log.error({ notice }, "the chain needs attention"),
  });
  const { chain } = ledgerChain;
  closers.push(() => chain.close());
  await checkIdentity(chain, outbox);
  const atHead = new AtHead();
  const sender = new Sender({
    ...ledgerRules(atHead),
    chainId: chain.chainId,
    // Whatever is signed, sent or settled without the lease is refused in the database.
    store: lease === undefined ? outbox : outbox.fenced((session) => lease.check(session)),
    line:
      lease === undefined
        ? ledgerChain.line
        : (parts) =>
            new LeasedLine({
              lease,
              line: () => ledgerChain.line(parts),
              pollMs: config.pollMs,
              height: async () => (await chain.head()).number,
              onNotice: (notice) => log.info({ notice }, "sender"),
            }),
    account: keystore.account,
    // Not the head key: it signs no transaction.
    actors: keystore.actors.filter((name) => name !== headKeyName),
    queueLimit: config.queueLimit,
    checkRoom: () => checkRoom(chain.load, config.embeddedChainLimit),
    onFailure,
    onStep: (step) => {
      onStep(step);
      if (step === "mined" || step === "settled") mined();
    },
  });
  closers.push(() => sender.stop());
  closers.push(() => atHead.close());

  const recorded = await readDeployment(outbox);
  if (recorded === undefined) await sender.start();
  else checkAbis(recorded, { ledger: ledgerAbi, lens: lensAbi });
  const { predecessor } = config;
  const deployment = recorded ?? (await deployFirst({ chain, outbox, sender, keystore, predecessor }));
  const ledger = contractOf(deployment, "ledger").address;
  const genesis = await genesisOf(chain);
  const index = await indexOf(
    place("index"),
    { chainId: chain.chainId, genesisHash: genesis, ledger },
    config,
  );
  closers.push(() => index.close());
  if (ledgerChain.kind === "embedded") await checkIndexIsRecorded(index, outbox);
  const indexer = new Indexer({ index, chain: ledgerChain.reader(ledger), followMs: config.pollMs });
  closers.push(() => indexer.stop());
  // Stopped before the index, which a call that is built anew still reads.
  closers.push(() => sender.stop());
  const demonstration = clock.kind === "demonstration";
  const identity = { chainId: chain.chainId, genesis, ledger, rules: chainRules };
  const replicas =
    ledgerChain.kind === "outside"
      ? undefined
      : new Replicas({
          database: keys.database,
          identity,
          hashAt: async (block) => (block === 0 ? genesis : outbox.blockHash(block)),
        });
  const read = createRead({
    index,
    vault,
    documents: outbox,
    lens: contractOf(deployment, "lens").address,
    clock,
    finality: ledgerChain.finality,
    demonstration,
    ...(replicas === undefined ? {} : { replicas }),
    findGift: { perAddress: config.giftLookupsPerMinute, perNumber: config.giftLookupsPerMinute },
  });
  const exports = new Exports({ index, lens: contractOf(deployment, "lens").address, demonstration });
  const lookups = lookupsOf(index);
  const counter = new Counter({
    read,
    outbox,
    sender,
    vault,
    ledger,
    lookups,
    turns: outbox.database,
    chainId: chain.chainId,
    operationKey,
    account: (actor) => address(keystore.account(actor).address),
    now: () => clock.now(),
    isChannel: (channel) => channelIsRegistered(index, channel),
    expensesEnd: (programme) => expensesEnd(index, programme),
    receipts: receiptsOf(index, ledger),
    relaying: ledgerChain.relaying,
    indexed: (blockNumber) => indexedInTheEnd(indexer, blockNumber, config.pollMs),
  });

  const catchUp = async (): Promise<void> => {
    if (recorded !== undefined) {
      await sender.start();
      await checkDeployment(chain, deployment);
    }
    start.finishing();
    atHead.open(async () => {
      await indexer.catchUp().catch((error: unknown) => {
        throw asNodeFailure(error);
      });
      return { read, lookups, head: await read.head() };
    });
    // What was accepted before the start is recorded and readable before anything new is taken; where others accept
    // meanwhile, that would never be.
    if (lease === undefined) await sender.whenIdle();
    await indexer.catchUp();
    const polling = new Polling({
      indexer,
      pollMs: config.pollMs,
      onTrouble: (error) => log.error({ trouble: String(error) }, "the index waits for the chain"),
      onFailure,
    });
    mined = () => void polling.look();
    if (ledgerChain.kind === "outside" && !isClosing) {
      closers.push(() => polling.stop());
      polling.start();
    }
    start.ready();
    const { load } = chain;
    log.info({ blocks: (await chain.head()).number, load }, "ready");
    if (load >= config.embeddedChainLimit * nearlyFull) {
      log.error({ load, limit: config.embeddedChainLimit }, "embedded chain nearly full");
    }
  };
  const ready = catchUp();
  ready.catch(() => {}); // Whoever waits has its own view of a rejection.
  closers.push(async () => {
    isClosing = true;
    await sender.stop();
    await ready.catch(() => {});
  });
  const firstKey = await keys.createFirst();
  const stream =
    ledgerChain.kind === "outside"
      ? outsideStream({ outbox, chainId: chain.chainId, genesis, ledger })
      : signedStream(outbox, keystore, identity);
  const notes = new DailyNotes({
    counter,
    isUnnoted: () => isUnnoted(index),
    onTrouble: (error) => log.error({ trouble: String(error) }, "no head was noted"),
  });
  closers.push(() => notes.stop());
  const desk = createDesk(counter);
  const access = { keys, sessions, accessLog, lookups, underWay: new UnderWay(), firstKey };
  const erasure = new Erasure({ vault, outbox, serve: (work) => counter.serve(work) });
  const parts = { ...access, erasure, chain, sender, outbox, deployment, start, ready };
  return { read, exports, desk, stream, replicas, notes, ...parts };
};

/** What the sender has to know of the ledger: what may be signed anew, and what may share a transaction. */
const ledgerRules = (atHead: AtHead): Pick<SenderOptions, "staleErrors" | "rebuild" | "joining"> => ({
  staleErrors,
  rebuild: rebuildsWith(() => atHead.books()),
  joining: claimJoining,
});

export const contractOf = (deployment: Deployment, name: string): Deployment[string] => {
  const contract = deployment[name];
  if (contract === undefined) throw new IncompleteDeployment(name);
  return contract;
};

const genesisOf = async (chain: ReadableChain): Promise<Bytes32> => {
  const genesis = await chain.block(0);
  if (genesis === undefined) throw new IncompleteDeployment("block 0");
  return genesis.hash;
};

const signedStream = (outbox: DatabaseOutbox, keystore: Keystore, identity: ChainIdentity): ChainStream =>
  embeddedStream({ outbox, identity, headKey: new HeadKey(keystore.account(headKeyName), identity) });

const indexOf = (place: Place, identity: IndexIdentity, { leaseSeconds }: Config): Promise<Index> =>
  openIndex({
    place,
    ...identity,
    ...(place.kind === "postgresql" ? { leaseMs: leaseSeconds * 1_000 } : {}),
  });
