/** What every outbox store must do, whatever database it stands on. */
import { expect } from "chai";
import { address, bytes32, type Address, type Bytes32 } from "../../../protocol/ids.ts";
import type { Inclusion, SignedAttempt, Version } from "../../../server/outbox/attempts.ts";
import { IllegalTransition } from "../../../server/outbox/states.ts";
import {
  AlreadyRecorded,
  IdempotencyConflict,
  OperationConflict,
  RelayedByOther,
  WrongNonce,
  type NewOperation,
  type OutboxStore,
} from "../../../server/outbox/store.ts";

/** A store on a database of its own. */
export interface OpenedStore {
  readonly store: OutboxStore;
  /** Closes it and opens the same database again, as a restart does. */
  reopen(): Promise<void>;
  remove(): Promise<void>;
}

/** Opens an empty store, with the keys of a new data folder; `now` gives its milliseconds since 1970. */
export type OpenStore = (now: () => number) => Promise<OpenedStore>;

export const signer = address(`0x${"11".repeat(20)}`);
const otherSigner = address(`0x${"22".repeat(20)}`);
export const hashOf = (digit: string): Bytes32 => bytes32(`0x${digit.repeat(64)}`);
const contract = address(`0x${"cc".repeat(20)}`);

export const operationOf = (id: string, more: Partial<NewOperation> = {}): NewOperation => ({
  id,
  kind: "count",
  actor: "recorder",
  call: { to: contract, calldata: "0x01020304", gasLimit: 100_000n },
  request: `request ${id}`,
  ...more,
});

export const attemptOf = (
  operation: string,
  nonce: number,
  hash: Bytes32,
  of: Address = signer,
): SignedAttempt => ({
  operations: [{ id: operation, kind: "count", firstPart: 0, parts: 1, attempts: 1 }],
  signer: of,
  nonce,
  hash,
  raw: "0x00",
  signedAtBlock: 7,
});

const versionOf = (hash: Bytes32, purpose: Version["purpose"] = "call"): Version => ({
  hash,
  raw: "0x01",
  purpose,
  signedAtBlock: 9,
});

const inclusionOf = (transaction: Bytes32, blockNumber = 10): Inclusion => ({
  transaction,
  blockNumber,
  blockHash: hashOf("b"),
  reverted: false,
  gasUsed: 21_000n,
});

export const rejection = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail("expected a rejection"),
    (error: unknown) => error,
  );

const relayedOf = (id: string, nonce: number, nonceOnChain?: number): NewOperation => {
  const relayed = { hash: hashOf(String(nonce % 10)), raw: "0x05" as const, signer: otherSigner, nonce };
  return operationOf(id, {
    actor: otherSigner,
    relayed: nonceOnChain === undefined ? relayed : { ...relayed, nonceOnChain },
  });
};

export const storeSuite = (open: OpenStore): void => {
  describe("as every store", () => {
    let opened: OpenedStore;
    let nowMs: number;
    const store = (): OutboxStore => opened.store;
    const whats = async (id: string) => (await store().history(id)).map(({ what }) => what);
    const stateOf = async (id: string) => (await store().operation(id))?.state;

    beforeEach(async () => {
      nowMs = 1_000;
      opened = await open(() => nowMs);
    });
    afterEach(() => opened.remove());

    describe("accepts", () => {
      it("an operation once, by its id and by its key, across a restart", async () => {
        const one = operationOf("one", { idempotencyKey: "key" });
        expect(await store().accept([one])).to.deep.equal([{ id: "one", acceptance: "new" }]);
        await opened.reopen();
        const known = [{ id: "one", acceptance: "known" }];
        expect(await store().accept([one])).to.deep.equal(known);
        expect(await store().accept([{ ...one, id: "two" }])).to.deep.equal(known);
        expect(await store().known("key", "request one")).to.equal("one");
        expect(await store().known("other", "request one")).to.equal(undefined);
        expect(await store().unsettled()).to.equal(1);
      });

      it("no other request under a key or an id", async () => {
        await store().accept([operationOf("one", { idempotencyKey: "key" })]);
        const byKey = operationOf("two", { idempotencyKey: "key" });
        expect(await rejection(store().accept([byKey]))).to.be.instanceOf(IdempotencyConflict);
        expect(await rejection(store().known("key", "another"))).to.be.instanceOf(IdempotencyConflict);
        const byId = operationOf("one", { request: "another" });
        expect(await rejection(store().accept([byId]))).to.be.instanceOf(OperationConflict);
      });

      it("all of a group or none", async () => {
        await store().accept([operationOf("one")]);
        const group = [operationOf("two"), operationOf("one", { request: "another" })];
        expect(await rejection(store().accept(group))).to.be.instanceOf(OperationConflict);
        expect(await store().operation("two")).to.equal(undefined);
      });

      it("a payment once, until its operation fails or is cancelled", async () => {
        const references = [{ channel: "invented-pay", transactionNumber: "N1" }];
        await store().accept([operationOf("one", { references })]);
        const again = operationOf("two", { references });
        expect(await rejection(store().accept([again]))).to.be.instanceOf(AlreadyRecorded);
        expect(await store().recorded(references)).to.deep.equal([0]);
        await store().cancel("one");
        expect(await store().recorded(references)).to.deep.equal([]);
        await store().accept([again]);
        await store().giveUp("two", "RangeError");
        expect(await store().recorded(references)).to.deep.equal([]);
      });

      it("a relayed transaction with its signer's next nonce, by the table and by the chain", async () => {
        const gap = await rejection(store().accept([relayedOf("early", 1)]));
        expect(gap).to.be.instanceOf(WrongNonce).with.property("expected", 0);
        const used = await rejection(store().accept([relayedOf("used", 0, 4)]));
        expect(used).to.be.instanceOf(WrongNonce).with.property("expected", 4);
        await store().accept([relayedOf("first", 4, 4)]);
        await store().accept([relayedOf("second", 5, 4)]);
        expect(await store().nextNonce(otherSigner)).to.equal(6);
      });
    });

    describe("keeps", () => {
      it("the order of acceptance, without the actors that are left out", async () => {
        const ids = ["c", "a", "b"];
        await store().accept(
          ids.map((id) => operationOf(id, { actor: id === "a" ? "treasurer" : "recorder" })),
        );
        expect((await store().queued(10)).map(({ id }) => id)).to.deep.equal(ids);
        expect((await store().queued(2)).map(({ id }) => id)).to.deep.equal(["c", "a"]);
        expect((await store().queued(10, ["recorder"])).map(({ id }) => id)).to.deep.equal(["a"]);
        expect((await store().queued(10, ["recorder", "treasurer"])).length).to.equal(0);
      });

      it("how long the oldest operation waits", async () => {
        expect(await store().oldestUnsettledMs()).to.equal(undefined);
        await store().accept([operationOf("one")]);
        nowMs = 2_000;
        await store().accept([operationOf("two")]);
        expect(await store().oldestUnsettledMs()).to.equal(1_000);
        await store().cancel("one");
        expect(await store().oldestUnsettledMs()).to.equal(2_000);
        expect(await store().unsettled()).to.equal(1);
      });

      it("one attempt for a signer and nonce", async () => {
        await store().accept([operationOf("one"), operationOf("two")]);
        await store().keepSigned([attemptOf("one", 0, hashOf("a"))]);
        await rejection(store().keepSigned([attemptOf("two", 0, hashOf("e"))]));
        expect(await stateOf("two")).to.equal("queued");
        expect(await store().nextNonce(signer)).to.equal(1);
        await store().keepSigned([attemptOf("two", 0, hashOf("e"), otherSigner)]);
        expect(await stateOf("two")).to.equal("signed");
      });

      it("no attempt of a group where one is refused", async () => {
        await store().accept([operationOf("one")]);
        const group = [attemptOf("one", 0, hashOf("a")), attemptOf("one", 1, hashOf("e"))];
        expect(await rejection(store().keepSigned(group)))
          .to.be.instanceOf(IllegalTransition)
          .with.property("to", "signed");
        expect(await stateOf("one")).to.equal("queued");
        expect(await store().open(10)).to.deep.equal([]);
        expect(await store().nextNonce(signer)).to.equal(0);
      });

      it("signers with the nonce they began with, and why one was stopped", async () => {
        await store().keepSigner(signer, 12);
        await store().keepSigner(signer, 99);
        expect(await store().nextNonce(signer)).to.equal(12);
        await store().stopSigner(signer, "nonce 12 was used by somebody else");
        await opened.reopen();
        expect(await store().signers()).to.deep.equal([
          { account: signer, firstNonce: 12, stopped: "nonce 12 was used by somebody else" },
        ]);
        expect(await rejection(store().stopSigner(otherSigner, "x"))).to.be.instanceOf(IllegalTransition);
      });

      it("documents and facts, across a restart", async () => {
        await store().keepDocument(hashOf("d"), '{"name":"invented"}');
        await store().keepDocument(hashOf("d"), '{"name":"invented"}');
        await store().setMeta("fact", "one");
        await store().setMeta("fact", "two");
        await opened.reopen();
        expect(await store().document(hashOf("d"))).to.equal('{"name":"invented"}');
        expect(await store().document(hashOf("e"))).to.equal(undefined);
        expect(await store().meta("fact")).to.equal("two");
        expect(await store().meta("none")).to.equal(undefined);
      });
    });

    describe("holds back", () => {
      it("a suspended operation, which goes on in its old place when it is resumed", async () => {
        await store().accept([operationOf("one"), operationOf("two")]);
        await store().suspend("one");
        expect((await store().queued(10)).map(({ id }) => id)).to.deep.equal(["two"]);
        expect(await store().unsettled()).to.equal(1);
        expect(await rejection(store().suspend("one"))).to.be.instanceOf(IllegalTransition);
        await store().resume("one");
        expect((await store().queued(10)).map(({ id }) => id)).to.deep.equal(["one", "two"]);
        expect(await whats("one")).to.deep.equal(["queued", "suspended", "queued"]);
      });

      it("what an operator asks once, under a key that is then no other request's, across a restart", async () => {
        await store().accept([operationOf("one"), operationOf("two", { idempotencyKey: "of two" })]);
        const asked = { idempotencyKey: "suspend", request: "suspend one" };
        expect(await store().suspend("one", asked)).to.equal(true);
        expect(await store().resume("one", { idempotencyKey: "resume", request: "resume one" })).to.equal(
          true,
        );
        await opened.reopen();
        expect(await store().suspend("one", asked)).to.equal(false);
        expect(await whats("one")).to.deep.equal(["queued", "suspended", "queued"]);
        expect(await store().known("suspend", "suspend one")).to.equal("one");
        const others = [
          () => store().cancel("one", { ...asked, request: "cancel one" }),
          () => store().cancel("one", { ...asked, idempotencyKey: "of two" }),
          () => store().accept([operationOf("three", { idempotencyKey: "suspend" })]),
        ];
        for (const other of others) {
          expect(await rejection(other())).to.be.instanceOf(IdempotencyConflict);
        }
        const keys = ["suspend", "of two", "another"];
        expect(await Promise.all(keys.map((key) => store().isUsed(key)))).to.deep.equal([true, true, false]);
      });

      it("no answer to what is refused: its key stays free", async () => {
        await store().accept([operationOf("one")]);
        const asked = { idempotencyKey: "resume", request: "resume one" };
        expect(await rejection(store().resume("one", asked))).to.be.instanceOf(IllegalTransition);
        expect(await store().isUsed("resume")).to.equal(false);
      });

      it("an answer that is kept by itself, once", async () => {
        await store().accept([operationOf("one")]);
        const asked = { idempotencyKey: "again", request: "the same bytes" };
        await store().keepAnswer(asked, "one");
        await store().keepAnswer(asked, "one");
        expect(await store().known("again", "the same bytes")).to.equal("one");
        expect(await rejection(store().keepAnswer({ ...asked, request: "others" }, "one"))).to.be.instanceOf(
          IdempotencyConflict,
        );
      });

      it("nothing that is signed, and nothing that others signed", async () => {
        await store().accept([operationOf("one"), relayedOf("relayed", 0)]);
        await store().keepSigned([attemptOf("one", 0, hashOf("a"))]);
        // One after the other: a rejection that nobody awaits yet would end the run.
        for (const act of ["suspend", "cancel", "resume"] as const) {
          expect(await rejection(store()[act]("one"))).to.be.instanceOf(IllegalTransition);
        }
        for (const act of ["suspend", "cancel"] as const) {
          expect(await rejection(store()[act]("relayed"))).to.be.instanceOf(RelayedByOther);
        }
      });

      it("a cancelled operation for ever", async () => {
        await store().accept([operationOf("one"), operationOf("two")]);
        await store().suspend("two");
        await store().cancel("one");
        await store().cancel("two");
        expect(await stateOf("one")).to.equal("cancelled");
        expect(await rejection(store().resume("two"))).to.be.instanceOf(IllegalTransition);
        expect(await store().unsettled()).to.equal(0);
      });
    });

    describe("lists", () => {
      it("the latest of those under way, held back and failed, also of one asker alone", async () => {
        const ids = async (...asked: Parameters<OutboxStore["latest"]>) =>
          (await store().latest(...asked)).map(({ id }) => id);
        for (const [index, id] of ["one", "two", "three", "four", "five"].entries()) {
          nowMs += 1;
          const asker = index % 2 === 0 ? "even" : "odd";
          await store().accept([operationOf(id, { idempotencyKey: `${asker}:${id}` })]);
        }
        await store().suspend("two");
        await store().giveUp("three", "InventedFault");
        await store().cancel("four");
        expect(await ids("unsettled", 10)).to.deep.equal(["five", "one"]);
        expect(await ids("unsettled", 1)).to.deep.equal(["five"]);
        expect(await ids("suspended", 10)).to.deep.equal(["two"]);
        expect(await ids("suspended", 10, "even:")).to.deep.equal([]);
        expect(await ids("failed", 10, "even:")).to.deep.equal(["three"]);
        expect(await store().latest("failed", 10)).to.deep.equal([
          { id: "three", kind: operationOf("three").kind, acceptedAtMs: 1_003 },
        ]);
      });
    });

    describe("follows a transaction on a chain that makes its own blocks", () => {
      beforeEach(async () => {
        await store().accept([operationOf("one")]);
        await store().keepSigned([attemptOf("one", 3, hashOf("a"))]);
      });

      it("with every byte string that was signed for its nonce", async () => {
        await store().keepVersion(signer, 3, versionOf(hashOf("e")));
        await opened.reopen();
        const [open] = await store().open(10);
        expect(open).to.deep.equal({
          signer,
          nonce: 3,
          operations: [{ id: "one", kind: "count", firstPart: 0, parts: 1, attempts: 1 }],
          versions: [
            { hash: hashOf("a"), raw: "0x00", purpose: "call", signedAtBlock: 7 },
            { hash: hashOf("e"), raw: "0x01", purpose: "call", signedAtBlock: 9 },
          ],
          exclusions: 0,
        });
        await rejection(store().keepVersion(signer, 3, versionOf(hashOf("a"))));
        expect((await store().open(10))[0]?.versions).to.have.length(2);
      });

      it("into a block, by whichever of its versions, out of it, and into another", async () => {
        await store().keepVersion(signer, 3, versionOf(hashOf("e")));
        await store().include(inclusionOf(hashOf("a")));
        expect((await store().open(10))[0]?.included).to.deep.equal(inclusionOf(hashOf("a")));
        expect(await stateOf("one")).to.equal("signed");
        await store().exclude(signer, 3);
        expect((await store().open(10))[0]).to.not.have.property("included");
        expect((await store().open(10))[0]?.exclusions).to.equal(1);
        await store().include(inclusionOf(hashOf("e"), 12));
        expect((await store().open(10))[0]?.included?.blockNumber).to.equal(12);
        await store().conclude([{ transaction: hashOf("e"), result: "mined", gasUsed: 21_000n }]);
        expect((await store().operation("one"))?.mined).to.deep.equal({
          transaction: hashOf("e"),
          blockNumber: 12,
          gasUsed: 21_000n,
        });
        expect(await store().open(10)).to.deep.equal([]);
        expect(await store().history("one")).to.deep.equal([
          { atMs: 1_000, what: "queued" },
          { atMs: 1_000, what: "signed", transaction: hashOf("a") },
          { atMs: 1_000, what: "replaced", transaction: hashOf("e") },
          { atMs: 1_000, what: "included", transaction: hashOf("a"), blockNumber: 10 },
          { atMs: 1_000, what: "excluded", transaction: hashOf("a"), blockNumber: 10 },
          { atMs: 1_000, what: "included", transaction: hashOf("e"), blockNumber: 12 },
          { atMs: 1_000, what: "mined", transaction: hashOf("e"), blockNumber: 12 },
        ]);
      });

      it("and shows all that was signed for it once its outcome stands, up to the first that waits", async () => {
        await store().accept([operationOf("two")]);
        await store().keepSigned([attemptOf("two", 4, hashOf("c"))]);
        await store().keepVersion(signer, 3, versionOf(hashOf("e"), "void"));
        await store().include(inclusionOf(hashOf("c"), 11));
        await store().conclude([{ transaction: hashOf("c"), result: "mined", gasUsed: 21_000n }]);
        expect(await store().concluded(0, 10)).to.deep.equal([]);
        await store().include(inclusionOf(hashOf("a"), 12));
        expect(await store().concluded(0, 10)).to.deep.equal([]);
        await store().conclude([{ transaction: hashOf("a"), result: "mined", gasUsed: 21_000n }]);
        const [first, second, ...more] = await store().concluded(0, 10);
        expect(first).to.deep.include({ signer, nonce: 3, transaction: hashOf("a"), blockNumber: 12 });
        expect(first?.versions.map(({ hash }) => hash)).to.deep.equal([hashOf("a"), hashOf("e")]);
        expect(second).to.deep.include({ nonce: 4, transaction: hashOf("c"), blockHash: hashOf("b") });
        expect(more).to.deep.equal([]);
        expect(await store().concluded(first?.sequence ?? 0, 1)).to.deep.equal([second]);
      });

      it("back into the queue where it reverted and may be signed anew", async () => {
        await store().include({ ...inclusionOf(hashOf("a")), reverted: true });
        await store().conclude([
          { transaction: hashOf("a"), result: "retry", gasUsed: 30_000n, revertData: "0xaabb" },
        ]);
        expect(await stateOf("one")).to.equal("queued");
        expect(await store().nextNonce(signer)).to.equal(4);
      });

      it("to its end where it reverted for good, or an empty one took its nonce", async () => {
        await store().accept([operationOf("two")]);
        await store().keepSigned([attemptOf("two", 4, hashOf("f"))]);
        await store().include({ ...inclusionOf(hashOf("a")), reverted: true });
        await store().keepVersion(signer, 4, versionOf(hashOf("9"), "void"));
        await store().include(inclusionOf(hashOf("9"), 11));
        await store().conclude([
          { transaction: hashOf("a"), result: "failed", gasUsed: 30_000n, revertData: "0xaabb" },
          { transaction: hashOf("9"), result: "voided", gasUsed: 21_000n },
        ]);
        expect((await store().operation("one"))?.failure).to.deep.equal({
          reason: "reverted",
          transaction: hashOf("a"),
          revertData: "0xaabb",
        });
        expect(await stateOf("two")).to.equal("cancelled");
        expect(await whats("two")).to.deep.equal(["queued", "signed", "cancelling", "included", "cancelled"]);
        expect(await store().unsettled()).to.equal(0);
      });

      it("and lets no step be skipped or repeated", async () => {
        const mined = { transaction: hashOf("a"), result: "mined", gasUsed: 1n } as const;
        expect(await rejection(store().conclude([mined]))).to.be.instanceOf(IllegalTransition);
        expect(await rejection(store().exclude(signer, 3))).to.be.instanceOf(IllegalTransition);
        const unknown = store().include(inclusionOf(hashOf("c")));
        expect(await rejection(unknown)).to.be.instanceOf(IllegalTransition);
        await store().include(inclusionOf(hashOf("a")));
        const twice = store().include(inclusionOf(hashOf("a")));
        expect(await rejection(twice)).to.be.instanceOf(IllegalTransition);
        const bumped = store().keepVersion(signer, 3, versionOf(hashOf("e")));
        expect(await rejection(bumped)).to.be.instanceOf(IllegalTransition);
        await store().conclude([mined]);
        expect(await rejection(store().conclude([mined]))).to.be.instanceOf(IllegalTransition);
        expect(await stateOf("one")).to.equal("mined");
      });

      it("and shows which nonces are taken, so that one that is missing is seen", async () => {
        await store().keepSigned([{ ...attemptOf("x", 5, hashOf("5")), operations: [] }]);
        expect(await store().nonces(signer, 3)).to.deep.equal([3, 5]);
        expect(await store().nonces(signer, 4)).to.deep.equal([5]);
        const [, empty] = await store().open(10);
        expect(empty).to.deep.include({ nonce: 5, operations: [] });
        expect(empty?.versions[0]?.purpose).to.equal("void");
      });
    });
  });
};
