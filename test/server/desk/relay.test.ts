/** Transactions signed with keys of their own: relayed byte for byte, or refused with the fact, before anything is kept. */
import { expect } from "chai";
import { encodeFunctionData, keccak256, parseTransaction, serializeTransaction, type Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { ledgerAbi } from "../../../chain/abi/ledger.ts";
import { encodeVerb, type Verb } from "../../../chain/verbs.ts";
import { documentDigest } from "../../../protocol/json.ts";
import { bytes32, periodNumber, programmeId, type Address } from "../../../protocol/ids.ts";
import { statementDocument } from "../../../server/documents.ts";
import { openKeystore } from "../../../server/keys/keystore.ts";
import { embeddedChainId } from "../../../server/chain/pinned.ts";
import { openBooks, recorded, type Books } from "../api/books.ts";
import { at, listAt, type Answer } from "../service.ts";
import { holdingBlocks } from "./faults.ts";

const auditor = privateKeyToAccount(`0x${"a1".repeat(32)}`);
const stranger = privateKeyToAccount(`0x${"b2".repeat(32)}`);
const zero = { programme: programmeId(0), period: periodNumber(0) };
const halfOrder = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

describe("relayed transactions", function () {
  this.timeout(120_000);
  let books: Books;
  let ledger: Address;
  let relayKey: string;
  let asked = 0;
  before(async () => {
    books = await openBooks();
    const deployed = books.service.gateway.deployment["ledger"];
    if (deployed === undefined) throw new Error("no ledger");
    ledger = deployed.address;
    const key = await books.service.post("/v1/keys", { roles: ["relay"] });
    relayKey = String(at(key.body, "key"));
    recorded(
      await books.service.post("/v1/actors", { account: auditor.address, roles: [{ role: "auditor" }] }),
    );
  });
  after(() => books.service.close());

  /** Attests to the whole ledger, by a document of an invented digest. */
  const attest = (number: number, document = bytes32(`0x${"d0".repeat(32)}`)): Verb => ({
    verb: "attest",
    operation: bytes32(`0x${number.toString(16).padStart(64, "0")}`),
    ...zero,
    document,
  });
  const fieldsOf = (nonce: number, data: Hex) => ({
    type: "eip1559" as const,
    chainId: embeddedChainId,
    nonce,
    gas: 500_000n,
    maxFeePerGas: 0n,
    maxPriorityFeePerGas: 0n,
    to: ledger,
    data,
  });
  const signed = (nonce: number, verb: Verb = attest(1_000 + nonce), fields: object = {}): Promise<Hex> =>
    auditor.signTransaction({ ...fieldsOf(nonce, encodeVerb(verb)), ...fields });
  const send = (
    transaction: string,
    headers: Readonly<Record<string, string>> = {},
    more: object = {},
  ): Promise<Answer> =>
    books.service.post(
      "/v1/transactions",
      { transaction, ...more },
      {
        authorization: `Bearer ${relayKey}`,
        "idempotency-key": `relay-${(asked += 1)}`,
        ...headers,
      },
    );
  const nextNonce = async (): Promise<number> =>
    Number(
      await books.service.gateway.chain.request({
        method: "eth_getTransactionCount",
        params: [auditor.address, "latest"],
      }),
    );
  const refuse = async (transaction: string, field: string, reason: RegExp): Promise<void> => {
    const before = await books.service.gateway.chain.head();
    const answer = await send(transaction);
    const shown = JSON.stringify(answer.body);
    expect(answer.status, shown).to.be.oneOf([400, 422]);
    expect(at(answer.body, "errors", 0, "field"), shown).to.equal(field);
    expect(at(answer.body, "errors", 0, "reason"), shown).to.match(reason);
    expect(await books.service.gateway.chain.head()).to.deep.equal(before);
    expect(await books.service.gateway.outbox.unsettled()).to.equal(0);
  };

  it("are recorded as they are, and the operation is the transaction's hash", async () => {
    const raw = await signed(0);
    const answer = recorded(await send(raw));
    const operation = at(answer.body, "operations", 0);
    expect(at(operation, "operation")).to.equal(keccak256(raw));
    expect(at(operation, "recordedAt", "transaction")).to.equal(keccak256(raw));
    expect(at(operation, "records", 0)).to.deep.equal({ event: "Attested", attestation: 1 });
    const kept = await books.service.gateway.chain.request({
      method: "eth_getTransactionByHash",
      params: [keccak256(raw)],
    });
    expect(String(at(kept, "from")).toLowerCase()).to.equal(auditor.address.toLowerCase());
  });

  it("bring the words with them that they carry the digest of, and no others", async () => {
    const words = (en: string) => ({
      title: { zh: "虚构的证明", en: "Invented attestation" },
      text: { zh: "虚构", en },
    });
    const document = documentDigest(statementDocument(words("invented")));
    const raw = await signed(await nextNonce(), attest(200, document));
    const before = await books.service.gateway.chain.head();
    const refused = await send(raw, {}, { statements: [words("invented"), words("other words")] });
    expect(at(refused.body, "errors", 0, "field")).to.equal("statements[1]");
    expect(at(refused.body, "errors", 0, "reason")).to.match(/does not carry its digest, 0x/);
    expect(await books.service.gateway.chain.head()).to.deep.equal(before);
    expect((await books.service.app.inject({ url: `/v1/documents/${document}` })).statusCode).to.equal(404);
    recorded(await send(raw, {}, { statements: [words("invented")] }));
    const published = await books.service.app.inject({ url: `/v1/documents/${document}` });
    expect(published.json()).to.deep.equal({ kind: "statement", ...words("invented") });
  });

  it("bring no words that read otherwise than they are written", async () => {
    const raw = await signed(await nextNonce());
    for (const hidden of ["\u0000", "\u001b", "\u0085", "\u202e", "\u2066"]) {
      const text = { zh: "虚构", en: `before${hidden}after` };
      const statement = { title: { zh: "题", en: "title" }, text };
      const answer = await send(raw, {}, { statements: [statement] });
      expect(answer.status, JSON.stringify(hidden)).to.be.oneOf([400, 422]);
      expect(JSON.stringify(at(answer.body, "errors"))).to.contain("statements");
    }
  });

  it("are taken as legacy transactions and as multicalls too", async () => {
    const nonce = await nextNonce();
    const data = encodeVerb({ verb: "multicall", calls: [attest(100), attest(101)] });
    const { maxFeePerGas: _fee, maxPriorityFeePerGas: _tip, type: _type, ...fields } = fieldsOf(nonce, data);
    const raw = await auditor.signTransaction({ ...fields, type: "legacy", gasPrice: 0n });
    const { body } = recorded(await send(raw));
    expect(at(body, "operations", 0, "records")).to.have.length(2);
  });

  it("are answered alike when the same bytes come again, whoever sends them", async () => {
    const raw = await signed(await nextNonce());
    const first = recorded(await send(raw, { "idempotency-key": "same" }));
    const before = await books.service.gateway.chain.head();
    for (const again of [
      await send(raw, { "idempotency-key": "same" }),
      await send(raw, { "idempotency-key": "elsewhere" }),
      await send(raw.toUpperCase().replace("0X", "0x")),
      await send(raw, { authorization: `Bearer ${books.service.key}` }),
    ]) {
      expect(recorded(again).body).to.deep.equal(first.body);
    }
    expect(await books.service.gateway.chain.head()).to.deep.equal(before);
    // Both keys name these bytes for ever.
    for (const key of ["same", "elsewhere"]) {
      const other = await send(await signed(await nextNonce()), { "idempotency-key": key });
      expect(at(other.body, "type")).to.equal("urn:everyfen:problem:idempotency-conflict");
    }
  });

  it("are mined in order when several of a signer wait, and are known after a restart", async () => {
    const nonce = await nextNonce();
    const release = holdingBlocks(books.service);
    const raws = await Promise.all([0, 1, 2].map((index) => signed(nonce + index)));
    for (const raw of raws) expect((await send(raw, { prefer: "" })).status).to.equal(202);
    release();
    await books.service.restart();
    for (const raw of raws) recorded(await send(raw));
    expect(await nextNonce()).to.equal(nonce + 3);
  });

  it("say what the ledger refused, and take their nonce all the same", async () => {
    const nonce = await nextNonce();
    const answer = await send(
      await signed(nonce, { verb: "closePeriod", programme: programmeId(1), max: 1 }),
    );
    expect(answer.status).to.equal(409);
    expect(at(answer.body, "detail")).to.match(/^NothingToClose: /);
    expect(await nextNonce()).to.equal(nonce + 1);
  });

  describe("are refused", () => {
    it("with another nonce than the signer's next: replayed, ahead, or taken by one that waits", async () => {
      const nonce = await nextNonce();
      await refuse(
        await signed(nonce - 1, attest(200)),
        "transaction.nonce",
        new RegExp(`expected ${nonce},`),
      );
      await refuse(
        await signed(nonce + 1),
        "transaction.nonce",
        new RegExp(`expected ${nonce},.* got ${nonce + 1}`),
      );
      const release = holdingBlocks(books.service);
      const waiting = await signed(nonce, attest(201));
      expect((await send(waiting, { prefer: "" })).status).to.equal(202);
      const double = await send(await signed(nonce, attest(202)));
      expect(at(double.body, "errors", 0, "reason")).to.match(new RegExp(`expected ${nonce + 1},`));
      release();
      recorded(await send(waiting));
    });

    it("for another chain, or for none", async () => {
      const nonce = await nextNonce();
      await refuse(
        await signed(nonce, attest(1), { chainId: 1 }),
        "transaction.chainId",
        /expected \d+, got 1$/,
      );
      const { type: _type, chainId: _chain, ...fields } = fieldsOf(nonce, encodeVerb(attest(1)));
      const { maxFeePerGas: _fee, maxPriorityFeePerGas: _tip, ...legacy } = fields;
      const raw = await auditor.signTransaction({ ...legacy, type: "legacy", gasPrice: 0n });
      await refuse(raw, "transaction.chainId", /got none/);
    });

    it("to another contract, to none, with value or with a fee", async () => {
      const nonce = await nextNonce();
      const lens = books.service.gateway.deployment["lens"]?.address;
      await refuse(await signed(nonce, attest(1), { to: lens }), "transaction.to", /expected the ledger/);
      await refuse(await signed(nonce, attest(1), { to: undefined }), "transaction.to", /got none/);
      await refuse(await signed(nonce, attest(1), { value: 1n }), "transaction.value", /expected 0, got 1/);
      await refuse(await signed(nonce, attest(1), { maxFeePerGas: 7n }), "transaction.maxFeePerGas", /got 7/);
      const tip = { maxFeePerGas: 7n, maxPriorityFeePerGas: 7n };
      await refuse(await signed(nonce, attest(1), tip), "transaction.maxFeePerGas", /got 7/);
      const accessList = [{ address: ledger, storageKeys: [] }];
      await refuse(await signed(nonce, attest(1), { accessList }), "transaction", /access list/);
    });

    it("with gas that is too little to be taken, or more than a transaction may have", async () => {
      const nonce = await nextNonce();
      await refuse(await signed(nonce, attest(1), { gas: 21_000n }), "transaction.gas", /needs from/);
      await refuse(await signed(nonce, attest(1), { gas: 16_777_217n }), "transaction.gas", /to 16777216/);
    });

    it("with calldata that is no verb of the ledger, or says it in another way", async () => {
      const nonce = await nextNonce();
      const withData = (data: Hex): Promise<Hex> => signed(nonce, attest(1), { data });
      const canonical = encodeVerb(attest(1));
      await refuse(await withData("0xdeadbeef"), "transaction.data", /function of this ledger's ABI/);
      await refuse(await withData("0x"), "transaction.data", /calldata/);
      await refuse(await withData(`${canonical}00`), "transaction.data", /canonical/);
      const read = encodeFunctionData({
        abi: ledgerAbi,
        functionName: "extsload",
        args: [bytes32(canonical.slice(0, 66)), 1n],
      });
      await refuse(await withData(read), "transaction.data", /a verb, got extsload/);
      const nested = encodeVerb({
        verb: "multicall",
        calls: [{ verb: "multicall", calls: [attest(1)] }],
      });
      await refuse(await withData(nested), "transaction.data", /a verb, got multicall/);
    });

    it("from nobody the ledger knows, and from the gateway's own keys", async () => {
      const raw = await stranger.signTransaction(fieldsOf(0, encodeVerb(attest(1))));
      await refuse(raw, "transaction.from", /is not registered on the ledger/);
      const own = await ownAuditor(books.service.folder);
      const sent = await own.signTransaction(fieldsOf(99, encodeVerb(attest(1))));
      await refuse(sent, "transaction.from", /is a key of this gateway/);
    });

    it("unsigned, of another type, with trailing bytes, or with the other signature that says the same", async () => {
      const nonce = await nextNonce();
      const raw = await signed(nonce);
      const unsigned = serializeTransaction(fieldsOf(nonce, encodeVerb(attest(1))));
      await refuse(unsigned, "transaction", /is not signed/);
      const other = await auditor.signTransaction({
        type: "eip2930",
        chainId: embeddedChainId,
        nonce,
        gas: 500_000n,
        gasPrice: 0n,
        to: ledger,
        data: encodeVerb(attest(1)),
      });
      await refuse(other, "transaction", /expected eip1559 or legacy/);
      await refuse(`${raw}00`, "transaction", /.+/);
      await refuse("0x02", "transaction", /expected the bytes of one signed transaction/);
      await refuse("0x", "transaction", /pattern/);
      await refuse("transaction", "transaction", /pattern/);
      const { r, s, yParity, ...fields } = parseTransaction(`0x02${raw.slice(4)}`);
      if (r === undefined || s === undefined || yParity === undefined) throw new Error("not signed");
      expect(BigInt(s) <= halfOrder).to.equal(true);
      const high: Hex = `0x${(order - BigInt(s)).toString(16).padStart(64, "0")}`;
      const malleated = serializeTransaction(fields, { r, s: high, yParity: 1 - yParity });
      await refuse(malleated, "transaction", /high s/);
    });

    it("by keys that have no business with it", async () => {
      const made = await books.service.post("/v1/keys", { roles: ["adjudicator", "auditor"] });
      const answer = await send(await signed(await nextNonce()), {
        authorization: `Bearer ${String(at(made.body, "key"))}`,
      });
      expect(answer.status).to.equal(403);
    });
  });
});

/** The key that the gateway itself signs with for its auditor. */
const ownAuditor = async (path: string) => {
  const file = (name: string): string => `${path}/${name}`;
  const keystore = openKeystore({ path, file, release: () => {} }, ["auditor"], "invented password");
  return keystore.account("auditor");
};

describe("registering actors", function () {
  this.timeout(120_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
  });
  after(() => books.service.close());

  const register = (roles: readonly object[], account: string = stranger.address): Promise<Answer> =>
    books.service.post("/v1/actors", { account, roles });
  const events = (answer: Answer): unknown =>
    listAt(recorded(answer).body, "operations", 0, "records").map((each) => at(each, "event"));

  it("registers once, and grants further roles to whoever is registered", async () => {
    const first = await register([
      { role: "auditor" },
      { role: "adjudicator", programme: books.insurance },
      { role: "provider", channel: "bank" },
    ]);
    expect(events(first)).to.deep.equal(["ActorRegistered", "RoleGranted", "RoleGranted", "RoleGranted"]);
    expect(events(await register([{ role: "payer", programme: books.aid }]))).to.deep.equal(["RoleGranted"]);
  });

  it("refuses roles without what they are of, or with what they are not of, and the gateway's own keys", async () => {
    const refuse = async (answer: Promise<Answer>, field: string, reason: RegExp): Promise<void> => {
      const { status, body } = await answer;
      expect(status, JSON.stringify(body)).to.be.oneOf([400, 422]);
      expect(at(body, "errors", 0, "field")).to.equal(field);
      expect(at(body, "errors", 0, "reason")).to.match(reason);
    };
    await refuse(register([{ role: "payer" }]), "roles[0].programme", /missing/);
    await refuse(register([{ role: "provider" }]), "roles[0].channel", /missing/);
    await refuse(register([{ role: "provider", channel: "pigeon" }]), "roles[0].channel", /not registered/);
    await refuse(register([{ role: "auditor", channel: "bank" }]), "roles[0].channel", /expected none/);
    await refuse(
      register([{ role: "auditor", programme: books.aid }]),
      "roles[0].programme",
      /expected none/,
    );
    await refuse(register([{ role: "owner" }]), "roles[0].role", /expected one of/);
    await refuse(register([]), "roles", /fewer than 1/);
    await refuse(register([{ role: "auditor" }], "0x12"), "account", /pattern/);
    const own = await ownAuditor(books.service.folder);
    await refuse(register([{ role: "recorder" }], own.address), "account", /is a key of this gateway/);
  });
});
