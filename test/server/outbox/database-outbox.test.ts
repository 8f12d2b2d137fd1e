import { expect } from "chai";
import { Lease, StaleLease } from "../../../server/database/lease.ts";
import type { Bytes32 } from "../../../protocol/ids.ts";
import { deriveKeys } from "../../../server/keys/secrets.ts";
import { DatabaseOutbox } from "../../../server/outbox/database-outbox.ts";
import { IllegalTransition } from "../../../server/outbox/states.ts";
import { IdempotencyConflict, type OutboxStore } from "../../../server/outbox/store.ts";
import { onBothStores } from "../database/stores.ts";
import { startsAt } from "../gateway.ts";
import {
  attemptOf,
  hashOf,
  operationOf,
  rejection,
  signer,
  storeSuite,
  type OpenedStore,
  type OpenStore,
} from "./store-suite.ts";

onBothStores("the outbox", (stores) => {
  const keys = deriveKeys(new Uint8Array(32).fill(7));
  const openStore: OpenStore = async (now) => {
    const open = (): Promise<DatabaseOutbox> => DatabaseOutbox.open(stores().place("outbox.db"), keys, now);
    let store = await open();
    return {
      get store() {
        return store;
      },
      reopen: async () => {
        await store.close();
        store = await open();
      },
      remove: () => store.close(),
    };
  };

  storeSuite(openStore);

  it("knows a request by a digest that nobody makes without the folder's key, and does not keep the request", async () => {
    const place = stores().place("keyed.db");
    const [request, idempotencyKey] = ["INVENTED-REQUEST", "asker:key"];
    const own = await DatabaseOutbox.open(place, keys);
    await own.accept([operationOf("one", { request, idempotencyKey })]);
    expect(await own.known(idempotencyKey, request)).to.equal("one");
    await own.close();
    const foreign = await DatabaseOutbox.open(place, deriveKeys(new Uint8Array(32).fill(8)));
    expect(await rejection(foreign.known(idempotencyKey, request))).to.be.instanceOf(IdempotencyConflict);
    await foreign.close();
    const [row = {}] = await stores().ask("keyed.db", "SELECT * FROM operation");
    const kept = Object.values(row).map((value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : String(value),
    );
    expect(kept).to.include(idempotencyKey);
    expect(kept.filter((value) => value.includes(request))).to.deep.equal([]);
  });

  describe("of two gateways", () => {
    let own: DatabaseOutbox;
    const longMs = 3_600_000;
    const leaseOf = (): Lease => new Lease({ database: own.database, name: "sender", durationMs: longMs });
    const fencedBy = (lease: Lease): DatabaseOutbox => own.fenced((session) => lease.check(session));
    beforeEach(async () => {
      own = await DatabaseOutbox.open(stores().place("shared.db"), keys, () => 1_000);
    });
    afterEach(() => own.close());

    it("takes signatures from the sender that holds the lease, and from none that lost it", async () => {
      const [first, second] = [leaseOf(), leaseOf()];
      await first.hold();
      const stale = fencedBy(first);
      await own.accept([operationOf("one"), operationOf("two")]);
      await stale.keepSigned([attemptOf("one", 0, hashOf("a"))]);
      await stores().ask("shared.db", "UPDATE lease SET expires_at_ms = 1");
      await second.hold();
      const refusals: readonly ((store: OutboxStore) => Promise<unknown>)[] = [
        (store) => store.keepSigned([attemptOf("two", 1, hashOf("b"))]),
        (store) => store.giveUp("two", "invented"),
        (store) => store.keepPlan(1, startsAt, [hashOf("a")]),
        (store) => store.settle(1, hashOf("c"), []),
        (store) =>
          store.keepVersion(signer, 0, { hash: hashOf("d"), raw: "0x01", purpose: "call", signedAtBlock: 1 }),
        (store) => store.exclude(signer, 0),
        (store) => store.conclude([{ transaction: hashOf("a"), result: "mined", gasUsed: 5n }]),
        (store) => store.keepSigner(signer, 3),
        (store) => store.stopSigner(signer, "invented"),
        (store) => store.setMeta("final", "invented"),
      ];
      for (const [index, work] of refusals.entries()) {
        // The first learns of it by asking; from then on it has no token.
        expect(await rejection(work(stale)), `write ${index}`).to.be.instanceOf(StaleLease);
      }
      expect((await own.operation("two"))?.state).to.equal("queued");
      expect(await own.nextNonce(signer)).to.equal(1);
      await fencedBy(second).keepSigned([attemptOf("two", 1, hashOf("b"))]);
      expect(await own.nextNonce(signer)).to.equal(2);
    });

    it("takes operations, documents and an operator's word from either", async () => {
      const lease = leaseOf();
      const without = fencedBy(lease);
      await without.accept([operationOf("one")]);
      await without.keepDocument(hashOf("e"), "{}");
      await without.suspend("one");
      await without.resume("one");
      expect((await own.queued(10)).map(({ id }) => id)).to.deep.equal(["one"]);
      await without.cancel("one");
      expect((await own.operation("one"))?.state).to.equal("cancelled");
    });

    it("ends a transaction once, also one that carries nothing: no outcome follows another", async () => {
      const outcomesOf = (transaction: Bytes32) =>
        [
          { transaction, result: "mined", gasUsed: 1n },
          { transaction, result: "failed", gasUsed: 1n, revertData: "0xaabb" },
          { transaction, result: "voided", gasUsed: 1n },
        ] as const;
      for (const index of outcomesOf(hashOf("0")).keys()) {
        const transaction = hashOf(`${index + 1}`);
        const outcomes = outcomesOf(transaction);
        const included = {
          transaction,
          blockNumber: 10,
          blockHash: hashOf("b"),
          reverted: false,
          gasUsed: 1n,
        };
        await own.keepSigned([{ ...attemptOf("x", 5 + index, transaction), operations: [] }]);
        await own.include(included);
        await own.conclude(outcomes.slice(index, index + 1));
        for (const another of outcomes) {
          const refusal = await rejection(own.conclude([another]));
          expect(refusal, `${index}, then ${another.result}`).to.be.instanceOf(IllegalTransition);
        }
        const back = own.include({ ...included, blockNumber: 12 });
        expect(await rejection(back)).to.be.instanceOf(IllegalTransition);
      }
    });

    it("keeps the first of the facts that gateways starting at once want to keep", async () => {
      const kept = await Promise.all(["one", "two", "three"].map((value) => own.keepMeta("keys", value)));
      expect(new Set(kept).size).to.equal(1);
      expect(await own.meta("keys")).to.equal(kept[0]);
    });
  });

  describe("the outbox of an embedded chain", () => {
    let opened: OpenedStore;
    beforeEach(async () => {
      opened = await openStore(() => 1_000);
      await opened.store.accept([operationOf("one")]);
      await opened.store.keepSigned([attemptOf("one", 0, hashOf("a"))]);
    });
    afterEach(() => opened.remove());

    it("puts a transaction into one plan, and settles it by that plan's block", async () => {
      const { store } = opened;
      await store.keepPlan(1, startsAt, [hashOf("a")]);
      const planned = await rejection(store.keepPlan(2, startsAt, [hashOf("a")]));
      expect(planned).to.be.instanceOf(IllegalTransition).with.property("to", "planned");
      expect(await store.lastPlanNumber()).to.equal(1);
      expect(await rejection(store.giveUp("one", "x"))).to.be.instanceOf(IllegalTransition);
      await store.settle(1, hashOf("b"), [{ transaction: hashOf("a"), result: "mined", gasUsed: 5n }]);
      expect((await store.operation("one"))?.mined?.blockNumber).to.equal(1);
      expect((await store.plan(1))?.hash).to.equal(hashOf("b"));
      expect((await store.history("one")).map(({ what }) => what)).to.deep.equal([
        "queued",
        "signed",
        "planned",
        "mined",
      ]);
    });

    it("keeps no plan where one of its transactions is in another", async () => {
      const { store } = opened;
      await store.accept([operationOf("two")]);
      await store.keepSigned([attemptOf("two", 1, hashOf("e"))]);
      await store.keepPlan(1, startsAt, [hashOf("a")]);
      await rejection(store.keepPlan(2, startsAt, [hashOf("e"), hashOf("a")]));
      expect(await store.plan(2)).to.equal(undefined);
      expect((await store.unplanned(10)).map(({ hash }) => hash)).to.deep.equal([hashOf("e")]);
    });
  });
});
