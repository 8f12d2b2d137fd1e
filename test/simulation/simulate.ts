/**
 * A gateway that is written to, killed, restarted, put on a full disk and given a clock that jumps, all from one seed; at
 * the end the chain must hold what a client's own notes say, and nothing else.
 */
import { isDeepStrictEqual } from "node:util";
import { setImmediate } from "node:timers/promises";
import { checkLaws } from "../../protocol/laws/laws.ts";
import { stateFromChain, verifyDonations } from "../../server/commands/rehearsal/verify.ts";
import { Random } from "../model/random.ts";
import { at } from "../server/service.ts";
import { disk } from "./disk.ts";
import { deedsOnChain } from "./facts.ts";
import { BrokenPromise, Model } from "./model.ts";
import { verifyPayments } from "./payouts.ts";
import type { Beginning } from "./template.ts";
import { World, type Kill, type Leftover } from "./world.ts";
import { Writes, type Write } from "./writes.ts";

export interface Simulated {
  readonly seed: number;
  readonly steps: number;
  readonly writes: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly repeated: number;
  readonly lost: number;
  readonly kills: number;
  readonly fullDisks: number;
  readonly clockJumps: number;
  readonly restarts: number;
  readonly deeds: number;
  readonly donations: number;
  readonly claims: number;
}

const day = 86_400;
/** Donations whose trace is asked of the contract too, by eth_call. */
const tracedByContract = 20;
const kinds: readonly Kill["at"][] = ["accepted", "signed", "planned", "mined", "settled", "turn", "turn"];

class Simulation {
  readonly #random: Random;
  readonly #template: Beginning;
  readonly #world: World;
  readonly #writes: Writes;
  readonly #model = new Model();
  readonly #hashes = new Map<number, string>();
  readonly counts = { kills: 0, fullDisks: 0, clockJumps: 0, restarts: 0 };
  #now: number;

  constructor(seed: number, template: Beginning) {
    this.#random = new Random(seed);
    this.#template = template;
    this.#now = template.time;
    this.#world = new World(template.folder, template.key, () => this.#now);
    this.#writes = new Writes(this.#random, template.books);
  }

  close(): Promise<void> {
    return this.#world.close();
  }

  async begin(): Promise<void> {
    await this.#world.start(this.#leftover);
  }

  async step(): Promise<void> {
    this.#now += this.#random.between(0, 60);
    if (this.#random.chance(8)) this.#jump();
    const isFull = this.#disturb();
    const writes = [];
    for (let count = this.#random.between(1, 4); count > 0; count -= 1) writes.push(await this.#choose());
    await Promise.all(writes.map((write) => this.#ask(write, isFull)));
    if (this.#random.chance(3)) await this.#idle();
    if (disk.makeRoom() > 0) this.counts.fullDisks += 1;
    if (this.#random.chance(25) && !this.#world.isOver) await this.#world.stop();
    if (this.#world.isOver) await this.#restart();
    else await this.#remember();
  }

  /** Everything is asked for once more, in peace; then chain and notes are compared. */
  async end(): Promise<Pick<Simulated, "deeds" | "donations" | "claims">> {
    this.#world.disarm();
    if (this.#world.isOver) await this.#restart();
    for (const write of this.#model.writes) await this.#ask(write, false, "");
    await this.#idle();
    for (const write of this.#model.writes) await this.#settle(write);
    for (const [index, write] of this.#model.writes.entries()) {
      const other = this.#model.writes[index + 1];
      if (other?.path === write.path && this.#model.isAcknowledged(write.key))
        await this.#misuse(write, other);
    }
    const { gateway } = this.#world;
    const deeds = await deedsOnChain(gateway, this.#template.block);
    expectSame(this.#model.deeds(), deeds);
    const state = await stateFromChain(gateway);
    const { time } = await gateway.chain.head();
    const broken = checkLaws(state, time).filter(({ holds }) => !holds);
    if (broken.length > 0) throw new BrokenPromise("the books", `laws are broken: ${JSON.stringify(broken)}`);
    const ofIndex = (await gateway.read.laws()).filter(({ holds }) => !holds);
    if (ofIndex.length > 0)
      throw new BrokenPromise("the index", `laws are broken: ${JSON.stringify(ofIndex)}`);
    const { donations } = await verifyDonations(gateway, state, tracedByContract, () => {});
    const claims = await verifyPayments(gateway, state);
    return { deeds: deeds.length, donations, claims };
  }

  figures(): Pick<Simulated, "writes" | "acknowledged" | "refused" | "repeated" | "lost"> {
    const { writes, acknowledged, refused, repeated, lost } = this.#model;
    return { writes: writes.length, acknowledged, refused, repeated, lost };
  }

  /** Days forward, or back; the ledger's blocks never go back. */
  #jump(): void {
    this.counts.clockJumps += 1;
    this.#now += this.#random.chance(2)
      ? this.#random.between(1, 3 * day)
      : -this.#random.between(1, 10 * day);
  }

  /** Arms a kill or fills the disk, now and then. True where the disk fills. */
  #disturb(): boolean {
    if (this.#random.chance(5)) {
      const kind = this.#random.pick(kinds);
      this.counts.kills += 1;
      this.#world.arm(
        kind === "turn"
          ? { at: kind, times: this.#random.between(1, 60) }
          : { at: kind, times: this.#random.between(1, 3) },
      );
      return false;
    }
    if (!this.#random.chance(14)) return false;
    disk.fillAfter(this.#random.between(0, 12));
    return true;
  }

  /** A new write, or one of before: repeated by a client that got no answer, or that does not trust it. */
  async #choose(): Promise<Write> {
    const before = this.#model.writes;
    if (before.length > 0 && this.#random.chance(4)) return this.#random.pick(before);
    return this.#writes.next(this.#world.gateway.read);
  }

  async #ask(write: Write, mayFail: boolean, prefer = this.#random.pick(["", "wait=5"])): Promise<void> {
    this.#model.asked(write);
    const reply = await this.#world.ask({
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
    const reply = await this.#world.ask({
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

  async #settle(write: Write): Promise<void> {
    for (const operation of this.#model.operationsOf(write)) {
      const reply = await this.#world.ask({ method: "GET", url: `/v1/operations/${operation}` });
      if (reply === "lost" || reply.status !== 200) {
        throw new BrokenPromise(write.key, `operation ${operation} is not known any more`);
      }
      this.#model.became(write, operation, at(reply.body, "state"), at(reply.body, "records"));
    }
  }

  /** Waits until nothing waits any more and the index shows all of it, or the gateway has ended. */
  async #idle(): Promise<void> {
    while (!this.#world.isOver && !(await this.#isIdle())) await setImmediate();
  }

  async #isIdle(): Promise<boolean> {
    const { outbox, chain, read } = this.#world.gateway;
    if ((await outbox.unsettled()) > 0) return false;
    return (await read.head()).blockHash === (await chain.head()).hash;
  }

  async #remember(): Promise<void> {
    const { chain } = this.#world.gateway;
    const { number, hash } = await chain.head();
    if (!this.#world.isOver) this.#hashes.set(number, hash);
  }

  async #restart(): Promise<void> {
    this.counts.restarts += await this.#world.start(this.#leftover);
    const { chain } = this.#world.gateway;
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

/** Throws {@link BrokenPromise} with what is missing and what is too much. */
const expectSame = (expected: readonly string[], found: readonly string[]): void => {
  const [one, other] = [expected.toSorted(), found.toSorted()];
  if (isDeepStrictEqual(one, other)) return;
  throw new BrokenPromise(
    "the chain",
    `lacks ${JSON.stringify(without(one, other))}, has ${JSON.stringify(without(other, one))} too much`,
  );
};

/** The items of `list` that `others` has fewer of. */
const without = (list: readonly string[], others: readonly string[]): readonly string[] => {
  const left = new Map<string, number>();
  for (const item of others) left.set(item, (left.get(item) ?? 0) + 1);
  return list.filter((item) => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count <= 0;
  });
};

/** Throws {@link BrokenPromise}, or whatever a gateway ended with that nobody caused. */
export const simulate = async (seed: number, steps: number, template: Beginning): Promise<Simulated> => {
  const simulation = new Simulation(seed, template);
  try {
    await simulation.begin();
    for (let step = 0; step < steps; step += 1) await simulation.step();
    const found = await simulation.end();
    return { seed, steps, ...simulation.figures(), ...simulation.counts, ...found };
  } finally {
    await simulation.close();
  }
};
