/**
 * What a Prometheus server reads at /metrics. Labels are route patterns, methods, statuses and laws: no code, amount,
 * address or number of anybody, and no more series than the API has endpoints.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { FastifyInstance } from "fastify";
import { Lag } from "./lag.ts";
import { LawWatch } from "./law-watch.ts";
import type { LawWatchOptions } from "./law-watch.ts";
import type { PressureCause } from "../pressure/pressure.ts";
import type { Probes } from "./probes.ts";
import { SignerGauges } from "./signers.ts";

export interface MetricsOptions {
  readonly probes: Probes;
  /** The most load that the embedded chain takes. */
  readonly loadLimit: number;
  readonly log: LawWatchOptions["log"];
  /** A clock that only runs forward, in milliseconds; the process's unless given. */
  readonly nowMs?: () => number;
  /** Milliseconds since 1970; the system's clock unless given. */
  readonly systemTimeMs?: () => number;
}

const lawIntervalMs = 60_000;
const methods: readonly string[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const durationBuckets = [0.005, 0.02, 0.1, 0.5, 2, 10, 60];

export class Metrics {
  readonly laws: LawWatch;
  readonly #registry = new Registry();
  readonly #probes: Probes;
  readonly #nowMs: () => number;
  readonly #systemTimeMs: () => number;
  readonly #loadLimit: number;
  readonly #lag = new Lag();

  readonly #signers: SignerGauges;
  readonly #requests: Counter<"method" | "route" | "status">;
  readonly #durations: Histogram<"route">;
  readonly #shed: Counter<"cause">;
  readonly #lawHolds: Gauge<"law">;
  readonly #gauges: Readonly<Record<keyof typeof gauges, Gauge>>;

  constructor(options: MetricsOptions) {
    this.#probes = options.probes;
    this.#nowMs = options.nowMs ?? (() => performance.now());
    this.#systemTimeMs = options.systemTimeMs ?? Date.now;
    this.#loadLimit = options.loadLimit;
    this.laws = new LawWatch({
      laws: options.probes.laws,
      intervalMs: lawIntervalMs,
      nowMs: this.#nowMs,
      log: options.log,
    });
    const registers = [this.#registry];
    const gauge = (name: keyof typeof gauges): Gauge =>
      new Gauge({ name: `everyfen_${name}`, help: gauges[name], registers });
    this.#gauges = {
      ready: gauge("ready"),
      replay_blocks: gauge("replay_blocks"),
      replay_blocks_expected: gauge("replay_blocks_expected"),
      chain_block: gauge("chain_block"),
      index_block: gauge("index_block"),
      index_lag_blocks: gauge("index_lag_blocks"),
      index_lag_seconds: gauge("index_lag_seconds"),
      queue_operations: gauge("queue_operations"),
      queue_oldest_seconds: gauge("queue_oldest_seconds"),
      embedded_chain_load: gauge("embedded_chain_load"),
      embedded_chain_load_limit: gauge("embedded_chain_load_limit"),
      data_free_bytes: gauge("data_free_bytes"),
    };
    this.#signers = new SignerGauges(this.#registry);
    this.#lawHolds = new Gauge({
      name: "everyfen_law_holds",
      help: "Whether a law of the books held at the last check: 1 or 0",
      labelNames: ["law"],
      registers,
    });
    this.#requests = new Counter({
      name: "everyfen_http_requests_total",
      help: "Answered requests by route pattern",
      labelNames: ["method", "route", "status"],
      registers,
    });
    this.#shed = new Counter({
      name: "everyfen_requests_shed_total",
      help: "Requests refused because too much was under way",
      labelNames: ["cause"],
      registers,
    });
    this.#durations = new Histogram({
      name: "everyfen_http_request_duration_seconds",
      help: "Time to the answer by route pattern",
      labelNames: ["route"],
      buckets: durationBuckets,
      registers,
    });
  }

  /** Adds the process's own: processor, memory, event-loop delay. Once in a process. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Counts the answers of every route that `app` is given after this. */
  watchRequests(app: FastifyInstance): void {
    app.addHook("onResponse", async (request, reply) => {
      const route = request.routeOptions.url ?? "unmatched";
      const method = methods.includes(request.method) ? request.method : "other";
      this.#requests.inc({ method, route, status: String(reply.statusCode) });
      this.#durations.observe({ route }, reply.elapsedTime / 1_000);
    });
  }

  /** Counts a request that was refused under pressure. */
  shed(cause: PressureCause): void {
    this.#shed.inc({ cause });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The exposition. What cannot be asked at present, such as the height of an empty index, stays as it was; 0 at first. */
  async exposition(): Promise<string> {
    const state = this.#probes.start();
    this.#gauges.ready.set(state.state === "ready" ? 1 : 0);
    this.#gauges.replay_blocks.set(state.progress.blocks);
    this.#gauges.replay_blocks_expected.set(state.progress.totalBlocks);
    const isReady = state.state === "ready";
    await Promise.all([this.#readIndex(isReady), this.#readQueue(), this.#readDisk()]);
    this.#readLoad();
    if (!isReady) return this.#registry.metrics();
    this.#signers.set(await this.#probes.line());
    this.#readLaws();
    return this.#registry.metrics();
  }

  async #readIndex(isReady: boolean): Promise<void> {
    const indexBlock = await this.#probes.indexBlock().catch(() => undefined);
    if (indexBlock !== undefined) this.#gauges.index_block.set(indexBlock);
    // While it is replayed the chain is behind the index.
    if (!isReady || indexBlock === undefined) return;
    const chainBlock = await this.#probes.chainBlock();
    this.#gauges.chain_block.set(chainBlock);
    this.#gauges.index_lag_blocks.set(Math.max(0, chainBlock - indexBlock));
    this.#gauges.index_lag_seconds.set(this.#lag.seconds(chainBlock, indexBlock, this.#nowMs()));
  }

  async #readQueue(): Promise<void> {
    const now = this.#systemTimeMs();
    const oldest = (await this.#probes.oldestUnsettledMs()) ?? now;
    this.#gauges.queue_operations.set(await this.#probes.unsettled());
    this.#gauges.queue_oldest_seconds.set(Math.max(0, now - oldest) / 1_000);
  }

  async #readDisk(): Promise<void> {
    this.#gauges.data_free_bytes.set(await this.#probes.freeBytes());
  }

  #readLoad(): void {
    const load = this.#probes.load?.();
    if (load === undefined) return;
    this.#gauges.embedded_chain_load.set(load);
    this.#gauges.embedded_chain_load_limit.set(this.#loadLimit);
  }

  #readLaws(): void {
    for (const { law, holds } of this.laws.latest()) this.#lawHolds.set({ law }, holds ? 1 : 0);
  }
}

const gauges = {
  ready: "Whether writes are taken: 1 or 0",
  replay_blocks: "Blocks of the embedded chain that this start has made again",
  replay_blocks_expected: "Blocks that it has to make again",
  chain_block: "The chain's last block",
  index_block: "The last indexed block",
  index_lag_blocks: "Blocks that the index lacks",
  index_lag_seconds: "For how long the index has lacked a block of the chain",
  queue_operations: "Operations that are accepted and not settled",
  queue_oldest_seconds: "Age of the oldest of them",
  embedded_chain_load: "What the embedded chain bears, in transactions",
  embedded_chain_load_limit: "The most that it takes",
  data_free_bytes: "What the disk of the data folder has left",
} as const;
