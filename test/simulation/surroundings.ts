/**
 * What a gateway has outside its folder: nothing, a chain behind a node, or besides a database that it shares. Every
 * life of a gateway has lines of its own there, so that ending it ends whatever it still says.
 */
import type { Random } from "../model/random.ts";
import type { Secret } from "../../server/config.ts";
import { startDatabaseLine, type DatabaseLine } from "../server/database/database-line.ts";
import type { Fault, FaultyNode } from "../server/faulty-node.ts";
import { finalityBlocks, type OutsideChain } from "./outside-chain.ts";

/** The lines of one life. */
export interface Lines {
  readonly environment: Readonly<Record<string, string>>;
  /** At once. */
  cut(): void;
  close(): Promise<void>;
}

export interface Surroundings {
  connect(): Promise<Lines>;
  /** Lets the node go wrong in one of its ways, for a few requests. */
  disturb(): void;
  /** All is well from now on. */
  calm(): void;
  /** Nothing gets in or out of the gateway. */
  freeze(): void;
  thaw(): void;
}

/** The chain in the gateway's own process, and files. */
export const nothing: Surroundings = {
  connect: async () => ({ environment: {}, cut: () => {}, close: async () => {} }),
  disturb: () => {},
  calm: () => {},
  freeze: () => {},
  thaw: () => {},
};

const faults: readonly Fault[] = ["lost", "lost", "stalled", "dead", "error", "busy", "garbage", "nonsense"];

export class Outside implements Surroundings {
  readonly #chain: OutsideChain;
  readonly #database: Secret | undefined;
  readonly #random: Random;
  #node: FaultyNode | undefined;
  #databaseLine: DatabaseLine | undefined;
  faults = 0;

  constructor(chain: OutsideChain, database: Secret | undefined, random: Random) {
    this.#chain = chain;
    this.#database = database;
    this.#random = random;
  }

  async connect(): Promise<Lines> {
    const node = await this.#chain.line();
    const database = this.#database === undefined ? undefined : await startDatabaseLine(this.#database);
    [this.#node, this.#databaseLine] = [node, database];
    return {
      environment: {
        RPC_URL: node.url,
        FINALITY_BLOCKS: String(finalityBlocks),
        // Of two gateways one only looks, and every look is a transaction.
        POLL_INTERVAL_MS: database === undefined ? "25" : "60",
        LEASE_SECONDS: "1",
        ...(database === undefined ? {} : { DATABASE_URL: database.url.reveal() }),
      },
      cut: () => {
        node.fail("dead");
        node.thaw();
        database?.cut();
        if (this.#node === node) [this.#node, this.#databaseLine] = [undefined, undefined];
      },
      close: async () => {
        await this.#chain.hangUp(node);
        await database?.close();
      },
    };
  }

  disturb(): void {
    this.faults += 1;
    const dice = this.#random.between(1, 10);
    if (dice === 1) this.#node?.hideReceipts(this.#random.between(1, 6));
    else if (dice === 2) this.#node?.lag(this.#random.between(1, 3));
    else {
      this.#node?.lag(0);
      this.#node?.failAfter(
        this.#random.between(0, 60),
        this.#random.pick(faults),
        this.#random.between(1, 3),
      );
    }
  }

  calm(): void {
    this.#node?.fail(undefined);
    this.#node?.failAfter(0, "dead", 0);
    this.#node?.lag(0);
    this.#node?.hideReceipts(0);
    this.thaw();
  }

  freeze(): void {
    this.#node?.freeze();
    this.#databaseLine?.freeze();
  }

  thaw(): void {
    this.#databaseLine?.thaw();
    this.#node?.thaw();
  }
}
