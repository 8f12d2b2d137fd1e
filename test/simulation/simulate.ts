/**
 * Gateways that are written to, killed, restarted, put on a full disk, given clocks that jump and a chain that does not
 * stand still, all from one seed; at the end the chain must hold what a client's own notes say, and nothing else.
 */
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { Random } from "../model/random.ts";
import { at } from "../server/service.ts";
import { checkBooks, type Found } from "./checks.ts";
import { disk } from "./disk.ts";
import { BrokenPromise, Model } from "./model.ts";
import { finalityBlocks } from "./outside-chain.ts";
import { describe, within } from "./patience.ts";
import type { Figures, Simulated } from "./result.ts";
import { openScene, type Place, type Scene } from "./scene.ts";
import type { Beginning, Beginnings } from "./template.ts";
import { variantOf, type Variant } from "./variants.ts";
import type { Kill, Leftover, World } from "./world.ts";
import { Writes, type Write } from "./writes.ts";

const day = 86_400;
const killedAt = {
  embedded: ["accepted", "signed", "planned", "mined", "settled", "turn", "turn"],
  outside: ["accepted", "signed", "sent", "included", "settled", "turn", "turn"],
  shared: ["accepted", "signed", "sent", "included", "settled", "turn", "turn"],
} as const satisfies Readonly<Record<Variant, readonly Kill["at"][]>>;
/** Longer than the lease of a gateway, and shorter. */
const frozenMs = [100, 1_500] as const;
/** Between two looks whether all has come to rest. */
const lookMs = 10;

class Simulation {
  readonly #random: Random;
  readonly #variant: Variant;
  readonly #beginning: Beginning;
  readonly #scene: Scene;
  readonly #clock: { now: number };
  readonly #writes: Writes;
  readonly #model = new Model();
  readonly #hashes = new Map<number, string>();
  readonly #freezes = new Set<Promise<void>>();
  readonly #counts = { kills: 0, fullDisks: 0, clockJumps: 0, restarts: 0, faults: 0, freezes: 0 };

  constructor(seed: number, beginning: Beginning, scene: Scene, clock: { now: number }) {
    this.#random = new Random(seed);
    this.#variant = variantOf(seed);
    this.#beginning = beginning;
    this.#scene = scene;
    this.#clock = clock;
    this.#writes = new Writes(this.#random, beginning.books);
  }

  async begin(): Promise<void> {
    for (const { world } of this.#scene.places) await world.start(this.#leftover);
  }

  async step(): Promise<void> {
    this.#clock.now += this.#random.between(0, 60);
    if (this.#random.chance(8)) this.#jump();
    const isFull = this.#disturb();
    const writes: Write[] = [];
    for (let count = this.#random.between(1, 4); count > 0; count -= 1) writes.push(await this.#choose());
    await Promise.all([this.#disturbAround(), ...writes.map((write) => this.#ask(write, isFull))]);
    if (this.#random.chance(3)) await this.#idle();
    if (disk.makeRoom() > 0) this.#counts.fullDisks += 1;
    if (this.#random.chance(25)) await this.#stopOne();
    await this.#restart();
    await this.#remember();
  }

  /** Everything is asked for once more, in peace; then chain and notes are compared. */
  async end(): Promise<Found> {
    await Promise.all(this.#freezes);
    for (const { world, surroundings } of this.#scene.places) {
      world.disarm();
      surroundings.calm();
    }
    await this.#restart("all");
    for (const write of this.#model.writes) await this.#ask(write, false, "");
    await this.#idle();
    this.#scene.chain?.pause();
    for (const { world } of this.#scene.places) {
      for (const write of this.#model.writes) await this.#settle(world, write);
    }
    for (const [index, write] of this.#model.writes.entries()) {
      const other = this.#model.writes[index + 1];
      if (other?.path !== write.path || isDeepStrictEqual(other.body, write.body)) continue;
      if (this.#model.isAcknowledged(write.key)) await this.#misuse(write, other);
    }
    await this.#checkHashes();
    return checkBooks(this.#any().world.gateway, this.#model.deeds(), this.#beginning.block);
  }

  figures(): Omit<Figures, keyof Found> {
    const { writes, acknowledged, refused, repeated, lost } = this.#model;
    const { reorgs, chainKills, feeRises } = this.#scene.chain?.counts ?? {
      reorgs: 0,
      chainKills: 0,
      feeRises: 0,
    };
    return {
      gateways: this.#scene.places.length,
      writes: writes.length,
      acknowledged,
      refused,
      repeated,
      lost,
      reorgs,
      chainKills,
      feeRises,
      ...this.#counts,
    };
  }

  /** Days forward, or back; the ledger's blocks never go back. */
  #jump(): void {
    this.#counts.clockJumps += 1;
    this.#clock.now += this.#random.chance(2)
      ? this.#random.between(1, 3 * day)
      : -this.#random.between(1, 10 * day);
  }

  /** Arms a kill or fills the disk, now and then. True where the disk fills. */
  #disturb(): boolean {
    if (this.#random.chance(5)) {
      const kind = this.#random.pick<Kill["at"]>(killedAt[this.#variant]);
      this.#counts.kills += 1;
      this.#any().world.arm(
        kind === "turn"
          ? { at: kind, times: this.#random.between(1, 60) }
          : { at: kind, times: this.#random.between(1, 3) },
      );
      return false;
    }
    if (this.#variant === "shared" || !this.#random.chance(14)) return false;
    disk.fillAfter(this.#random.between(0, 12));
    return true;
  }

  /** Lets node, chain and network go wrong, now and then; resolves when the chain has done so. */
  async #disturbAround(): Promise<void> {
    const { chain } = this.#scene;
    if (chain === undefined) return;
    if (this.#random.chance(2)) {
      this.#counts.faults += 1;
      this.#any().surroundings.disturb();
    }
    if (this.#variant === "shared" && this.#random.chance(12)) this.#freeze();
    if (this.#random.chance(4)) await chain.disturb();
  }

  #freeze(): void {
    const { surroundings } = this.#any();
    const durationMs = this.#random.between(...frozenMs);
    this.#counts.freezes += 1;
    surroundings.freeze();
    const frozen = sleep(durationMs).then(() => {
      surroundings.thaw();
      this.#freezes.delete(frozen);
    });
    this.#freezes.add(frozen);
  }

  #any(): Place {
    return this.#random.pick(this.#scene.places);
  }

  /** A new write, or one of before: repeated by a client that got no answer, or that does not trust it. */
  async #choose(): Promise<Write> {
    const before = this.#model.writes;
    if (before.length > 0 && this.#random.chance(4)) return this.#random.pick(before);
    return this.#writes.next(async () => {
      const { world } = this.#any();
      return world.isOver ? [] : world.claims();
    });
  }

  async #ask(write: Write, mayFail: boolean, prefer = this.#random.pick(["", "wait=5"])): Promise<void> {
    this.#model.asked(write);
    const reply = await this.#any().world.ask({
      method: "POST",
      url: write.path,
      body: write.body,
      headers: { "idempotency-key": write.key, ...(prefer === "" ? {} : { prefer }) },
    });
    this.#model.answered(write, reply, mayFail);
  }

  /**
   * Another body under a key that was acknowledged is refused, for that or because it can be recorded by nobody; that it
   * changes nothing, the chain tells.
   */
  async #misuse({ key, path }: Write, { body }: Write): Promise<void> {
    const reply = await this.#any().world.ask({
      method: "POST",
      url: path,
      body,
      headers: { "idempotency-key": key },
    });
    if (reply !== "lost" && reply.status === 422) return;
    throw new BrokenPromise(
      key,
      `taken for another request, answered ${reply === "lost" ? reply : reply.status}`,
    );
  }

  async #settle(world: World, write: Write): Promise<void> {
    for (const operation of this.#model.operationsOf(write)) {
      const reply = await world.ask({ method: "GET", url: `/v1/operations/${operation}` });
      if (reply === "lost" || reply.status !== 200) {
        throw new BrokenPromise(write.key, `operation ${operation} is not known any more`);
      }
      this.#model.became(write, operation, at(reply.body, "state"), at(reply.body, "records"));
    }
  }

  /** Waits until nothing waits any more and every index shows all of it; a gateway that has ended is not waited for. */
  async #idle(): Promise<void> {
    for (const { world } of this.#scene.places) {
      let isGivenUp = false;
      const isOver = (): boolean => isGivenUp || world.isOver;
      await within(
        this.#rest(world, isOver),
        async () => `no rest: ${await describe(world.gateway)}`,
      ).finally(() => {
        isGivenUp = true;
      });
    }
  }

  async #rest(world: World, isOver: () => boolean): Promise<void> {
    const pause = () => (this.#scene.chain === undefined ? setImmediate() : sleep(lookMs));
    let block: number | undefined;
    while (!isOver()) {
      try {
        const { outbox, chain, read } = world.gateway;
        // A chain outside grows on; what has settled lies in or before this block.
        if (block === undefined && (await outbox.unsettled()) === 0) {
          block = (await chain.head()).number - this.#finalityBlocks;
        }
        if (block !== undefined && (await read.head()).blockNumber >= block) return;
      } catch (error) {
        // A node that fails, or a gateway that has just ended.
        if (this.#scene.chain === undefined && !isOver()) throw error;
      }
      await pause();
    }
  }

  get #finalityBlocks(): number {
    return this.#scene.chain === undefined ? 0 : finalityBlocks;
  }

  async #stopOne(): Promise<void> {
    const { world } = this.#any();
    if (!world.isOver) await world.stop();
  }

  /** What counts now counts for ever: every block of the embedded chain, and of another one what the index shows. */
  async #remember(): Promise<void> {
    for (const { world } of this.#scene.places) {
      if (world.isOver) continue;
      const { blockNumber, blockHash } = await world.gateway.read.head();
      if (!world.isOver) this.#hashes.set(blockNumber, blockHash);
    }
  }

  /** Starts what has ended; of two gateways one may stay down for a while. */
  async #restart(which: "some" | "all" = "some"): Promise<void> {
    for (const { world } of this.#scene.places) {
      if (!world.isOver) continue;
      const isAlone = this.#scene.places.every((place) => place.world.isOver);
      if (which === "some" && !isAlone && this.#random.chance(2)) continue;
      this.#counts.restarts += await world.start(this.#leftover);
      if (this.#scene.chain === undefined) await this.#checkHashes();
    }
  }

  async #checkHashes(): Promise<void> {
    const { chain } = this.#any().world.gateway;
    for (const [number, hash] of this.#hashes) {
      const now = (await chain.block(number))?.hash;
      if (now !== hash) throw new BrokenPromise(`block ${number}`, `was ${hash}, is ${now ?? "gone"}`);
    }
  }

  readonly #leftover = (): Leftover => {
    const torn = this.#random.chance(3) ? this.#random.between(1, 5_000) : 0;
    const bytes = Uint8Array.from({ length: torn }, () => this.#random.between(0, 255));
    return { torn: bytes, withoutIndex: this.#random.chance(6) };
  };
}

/** Throws {@link BrokenPromise}, or whatever a gateway ended with that nobody caused. */
export const simulate = async (seed: number, steps: number, beginnings: Beginnings): Promise<Simulated> => {
  const variant = variantOf(seed);
  const beginning = beginnings[variant];
  if (beginning === undefined) throw new RangeError(`no beginning for ${variant}`);
  const clock = { now: beginning.time };
  const scene = await openScene(seed, beginning, () => clock.now);
  const simulation = new Simulation(seed, beginning, scene, clock);
  try {
    await simulation.begin();
    for (let step = 0; step < steps; step += 1) await simulation.step();
    const found = await simulation.end();
    return { seed, steps, variant, ...simulation.figures(), ...found };
  } finally {
    await scene.close();
  }
};
