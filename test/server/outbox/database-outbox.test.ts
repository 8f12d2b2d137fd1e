import { expect } from "chai";
import { deriveKeys } from "../../../server/keys/secrets.ts";
import { DatabaseOutbox } from "../../../server/outbox/database-outbox.ts";
import { IllegalTransition } from "../../../server/outbox/states.ts";
import { onBothStores } from "../database/stores.ts";
import { startsAt } from "../gateway.ts";
import {
  attemptOf,
  hashOf,
  operationOf,
  rejection,
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
