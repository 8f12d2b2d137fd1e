/** What sending costs, who can still pay and who of several gateways sends, for a chain outside. Actors are the keystore's names: a few, and no accounts. */
import { Gauge } from "prom-client";
import type { Registry } from "prom-client";
import type { LineStatus } from "../outbox/line.ts";

const weiOfGwei = 1e9;

export class SignerGauges {
  readonly #baseFee: Gauge;
  readonly #balance: Gauge<"actor">;
  readonly #underWay: Gauge<"actor">;
  readonly #running: Gauge<"actor">;
  readonly #leaseHeld: Gauge<"lease">;

  constructor(registry: Registry) {
    const registers = [registry];
    const ofActor = (name: string, help: string): Gauge<"actor"> =>
      new Gauge({ name: `everyfen_signer_${name}`, help, labelNames: ["actor"], registers });
    this.#baseFee = new Gauge({
      name: "everyfen_base_fee_gwei",
      help: "The chain's base fee of a unit of gas; 0 on the embedded chain",
      registers,
    });
    this.#balance = ofActor(
      "balance_gwei",
      "What an actor's account can still pay with; absent on the embedded chain",
    );
    this.#underWay = ofActor("transactions_under_way", "Transactions that are signed and do not stand yet");
    this.#running = ofActor(
      "running",
      "Whether transactions are signed with an actor's key: 1, or 0 and the log says why",
    );
    this.#leaseHeld = new Gauge({
      name: "everyfen_lease_held",
      help: "Whether this gateway holds a lease of its database, as far as it knows: 1 or 0; absent without DATABASE_URL",
      labelNames: ["lease"],
      registers,
    });
  }

  set({ baseFeePerGas = 0n, signers, sends }: LineStatus): void {
    if (sends !== undefined) this.#leaseHeld.set({ lease: "sender" }, sends ? 1 : 0);
    this.#baseFee.set(Number(baseFeePerGas) / weiOfGwei);
    for (const { actor, balanceWei, underWay, state } of signers) {
      if (actor === undefined) continue;
      if (balanceWei !== undefined) this.#balance.set({ actor }, Number(balanceWei) / weiOfGwei);
      this.#underWay.set({ actor }, underWay);
      this.#running.set({ actor }, state === "running" ? 1 : 0);
    }
  }
}
