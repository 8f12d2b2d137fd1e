/** What is asked twice is recorded once: by idempotency key, by business reference, and after a crash by its salts. */
import { expect } from "chai";
import { createHash } from "node:crypto";
import type { Vault } from "../../../server/vault/vault.ts";
import { evidenceCommitment } from "../../../protocol/evidence.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import { takesKey } from "../access/smallest-request.ts";
import { Description } from "../api/description.ts";
import { openEnded } from "../api/insured.ts";
import { at, listAt, type Answer } from "../service.ts";
import {
  claimOf,
  codesOf,
  giftOf,
  indexed,
  nameOf,
  openBooks,
  openFund,
  peopleOf,
  periodOf,
  recorded,
  type Books,
} from "../api/books.ts";
import { holdingAcceptance, holdingBlocks, losingAcceptance, vaultOf } from "./faults.ts";

describe("a write that is sent again", function () {
  this.timeout(30_000);
  let books: Books;
  /** A programme that is over, with money left, and two claims to decide. */
  let ended: string;
  let undecided: readonly string[];
  before(async () => {
    books = await openBooks({ GIFT_LOOKUPS_PER_MINUTE: "100" });
    const { service, insurance } = books;
    const claims = ["INVENTED-S-3", "INVENTED-S-4"].map((slip, person) =>
      claimOf(insurance, "10", slip, 50 + person),
    );
    undecided = codesOf(await service.post("/v1/claims", { claims }), "ClaimFiled");
    ended = await openEnded(books, service.clock.now());
    service.clock.advanceTo(service.clock.now() + 3 * 86_400);
  });
  after(() => books.service.close());

  const post = (path: string, body: unknown, key: string, headers = {}): Promise<Answer> =>
    books.service.post(path, body, { "idempotency-key": key, ...headers });
  const idsOf = (answer: Answer): readonly unknown[] =>
    listAt(answer.body, "operations").map((operation) => at(operation, "operation"));
  const summary = async (): Promise<unknown> => (await books.service.get("/v1/summary")).body;
  const expectUnderWay = (answer: Answer): void => {
    expect(answer.status, JSON.stringify(answer.body)).to.equal(409);
    expect(at(answer.body, "type")).to.equal("urn:everyfen:problem:under-way");
    expect(answer.headers["retry-after"]).to.equal("1");
  };
  const expectConflict = async (path: string, body: unknown, key: string): Promise<void> => {
    const before = await summary();
    const answer = await post(path, body, key);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(422);
    expect(at(answer.body, "type")).to.equal("urn:everyfen:problem:idempotency-conflict");
    expect(await summary()).to.deep.equal(before);
  };
  /** Without another body where an endpoint takes none. */
  type Write = readonly [path: string, body: object | undefined, other?: object];
  const statement = (words: string) => ({
    statement: { title: { zh: "标题", en: "Title" }, text: { zh: words, en: words } },
  });
  const moneyWrites = (): readonly Write[] => {
    const { fund, aid, insurance } = books;
    const money = { amount: "10", currency: "CNY" };
    const opening = { name: nameOf("again"), currency: "CNY" };
    const expense = { kind: "audit", ...money, voucher: "INVENTED-V-1" };
    const refund = { ...money, paymentNumber: "INVENTED-R-1" };
    return [
      ["/v1/donations", { donations: [giftOf(fund, "IDEM-1")] }, { donations: [giftOf(fund, "IDEM-2")] }],
      ["/v1/funds", { ...opening, claimsShareBps: 100 }, { ...opening, claimsShareBps: 101 }],
      [
        "/v1/programmes",
        { ...opening, kind: "aid", region: 1 },
        { ...opening, kind: "insurance", region: 1 },
      ],
      [`/v1/programmes/${aid}/allocations`, { fund, ...money }, { fund, ...money, amount: "11" }],
      [`/v1/programmes/${aid}/expenses`, expense, { ...expense, voucher: "INVENTED-V-2" }],
      [`/v1/donations/${books.donations[3]}/refunds`, refund, { ...refund, paymentNumber: "INVENTED-R-2" }],
      [
        "/v1/refunds/1/cover",
        { channel: "bank", paymentNumber: "INVENTED-C-1" },
        { channel: "cash", paymentNumber: "INVENTED-C-1" },
      ],
      [`/v1/programmes/${ended}/close`, undefined],
      ["/v1/moves", { from: ended, to: aid }, { from: ended, to: insurance }],
    ];
  };
  const insuranceWrites = (): readonly Write[] => {
    const { insurance, aid, filed, approved, paid } = books;
    const filing = claimOf(insurance, "10", "INVENTED-S-1");
    const [head = "", second = "", third = ""] = approved;
    const [refused = "", taken = ""] = undecided;
    const insurer = { name: nameOf("insurer"), shareBps: 10_000 };
    const roster = { premiumPerHead: "3000", currency: "CNY", people: peopleOf(2, 2020, 500) };
    const grant = {
      programme: aid,
      policyPeriod: 1,
      aidOf: paid,
      requested: "10",
      currency: "CNY",
      benefit: "cash",
      slip: "S",
    };
    const naming = (claim: string, fields: object = {}) => ({ claims: [{ claim, ...fields }] });
    const because = (claim: string, reason = "terms") => naming(claim, { reason });
    return [
      [`/v1/programmes/${aid}/periods`, periodOf(3, 2021), periodOf(3, 2021, { cover: "5" })],
      [
        `/v1/programmes/${insurance}/insurers`,
        { policyPeriod: 2, insurers: [insurer] },
        { policyPeriod: 2, insurers: [{ ...insurer, name: nameOf("another") }] },
      ],
      [
        `/v1/programmes/${insurance}/periods/2/rosters`,
        roster,
        { ...roster, people: peopleOf(2, 2020, 501) },
      ],
      ["/v1/claims", { claims: [filing] }, { claims: [{ ...filing, slip: "INVENTED-S-2" }] }],
      ["/v1/grants", { grants: [grant] }, { grants: [{ ...grant, slip: "T" }] }],
      [
        "/v1/claims/approve",
        naming(filed, { amount: "5000", currency: "CNY" }),
        naming(filed, { amount: "4999", currency: "CNY" }),
      ],
      [
        "/v1/claims/pay",
        naming(head, { paymentNumber: "INVENTED-T-1" }),
        naming(head, { paymentNumber: "INVENTED-T-2" }),
      ],
      ["/v1/payouts/1/recoveries", { amount: "5", voucher: "V-1" }, { amount: "6", voucher: "V-1" }],
      ["/v1/payouts/2/return", { voucher: "V-2" }, { voucher: "V-3" }],
      ["/v1/claims/hold", because(second), because(second, "evidence")],
      ["/v1/claims/release", naming(second), naming(third)],
      ["/v1/claims/cancel", because(third), because(third, "duplicate")],
      ["/v1/claims/reject", because(refused), because(refused, "evidence")],
      ["/v1/claims/withdraw", naming(taken), naming(refused)],
    ];
  };
  const auditWrites = (): readonly Write[] => {
    const total = { day: "2019-01-02", currency: "CNY", count: 1, sum: "1" };
    return [
      ["/v1/attestations", statement("one"), statement("two")],
      ["/v1/findings", statement("one"), statement("two")],
      ["/v1/findings/1/answer", statement("answer"), statement("another")],
      ["/v1/findings/1/close", statement("close"), statement("another")],
      ["/v1/channels/alipay/totals", total, { ...total, count: 2 }],
      [
        "/v1/corrections",
        { kind: "fund", record: 1, ...statement("one") },
        { kind: "fund", record: 1, ...statement("two") },
      ],
      [
        "/v1/actors",
        { account: `0x${"a1".repeat(20)}`, roles: [{ role: "auditor" }] },
        { account: `0x${"a2".repeat(20)}`, roles: [{ role: "auditor" }] },
      ],
      ["/v1/heads", undefined],
    ];
  };
  const writes = (): readonly Write[] => [...moneyWrites(), ...insuranceWrites(), ...auditWrites()];

  it("answers the same operation and records nothing twice, for every verb; over a restart too", async () => {
    const first = new Map<string, readonly unknown[]>();
    for (const [path, body] of writes()) {
      const answer = recorded(await post(path, body, `again-${path}`));
      expect(answer.headers, path).to.not.have.property("idempotency-replayed");
      first.set(path, idsOf(answer));
    }
    const again = async (): Promise<void> => {
      const before = await summary();
      for (const [path, body] of writes()) {
        const answer = recorded(await post(path, body, `again-${path}`));
        expect(idsOf(answer), path).to.deep.equal(first.get(path));
        expect(answer.headers["idempotency-replayed"], path).to.equal("true");
      }
      expect(await summary()).to.deep.equal(before);
    };
    await again();
    await books.service.restart();
    await again();
  });

  it("is tried for every endpoint that writes, here or where its answer is kept apart", async () => {
    const description = await Description.of(books.service);
    const elsewhere = {
      "access/repetitions.test.ts": /^(POST|DELETE) \/v1\/(keys|operations)\b/,
      "api/erasure.test.ts": /^POST \/v1\/donations\/forget$/,
      "desk/relay.test.ts": /^POST \/v1\/transactions$/,
      "heads/replicas.test.ts": /^(POST|DELETE) \/v1\/replicas\b/,
    };
    const tried = writes().map(([path]) => description.operationOf("POST", path)?.name);
    const writing = description.operations.filter(takesKey).map(({ name }) => name);
    const apart = writing.filter((name) => Object.values(elsewhere).some((pattern) => pattern.test(name)));
    expect([...tried, ...apart]).to.have.members(writing);
  });

  it("has an id on the chain that tells nobody what its key was, which may be a payment's number", async () => {
    const key = "INVENTED-VOUCHER-7";
    const [asker = ""] = /(?<=^efk_)[0-9a-f]+/.exec(books.service.key) ?? [];
    expect(asker).to.have.length(12);
    const opening = { name: nameOf("guessed"), currency: "CNY", claimsShareBps: 100 };
    const ids = idsOf(recorded(await post("/v1/funds", opening, key)));
    const guess = createHash("sha256").update(["openFund", asker, key].join("\0")).digest("hex");
    expect(ids).to.have.length(1).and.not.include(`0x${guess}`);
  });

  it("is refused with another body, and with another verb, under a key that was used", async () => {
    for (const [path, , other] of writes()) {
      if (other !== undefined) await expectConflict(path, other, `again-${path}`);
    }
    const paths = writes();
    for (const [index, [path, body]] of paths.entries()) {
      const used = paths[(index + 1) % paths.length]?.[0] ?? "";
      await expectConflict(path, body, `again-${used}`);
    }
  });

  it("is refused with more or fewer gifts than before, whatever batches they fall into", async () => {
    const gifts = [
      giftOf(books.fund, "PARTS-1"),
      giftOf(books.fund, "PARTS-2", { occurredAt: "2019-01-03" }),
      giftOf(books.fund, "PARTS-3", { channel: "wechat" }),
    ];
    const answer = recorded(await post("/v1/donations", { donations: gifts }, "parts"));
    expect(idsOf(answer)).to.have.length(3);
    const more = [...gifts, giftOf(books.fund, "PARTS-4", { occurredAt: "2019-01-04" })];
    for (const donations of [gifts.slice(0, 1), gifts.slice(0, 2), gifts.slice(1), more]) {
      await expectConflict("/v1/donations", { donations }, "parts");
    }
    const same = recorded(await post("/v1/donations", { donations: gifts }, "parts"));
    expect(idsOf(same)).to.deep.equal(idsOf(answer));
  });

  it("needs an Idempotency-Key of 1 to 128 visible characters", async () => {
    const before = await summary();
    for (const key of ["", " ", "a b", "k".repeat(129), "schlüssel", "钥匙"]) {
      const answer = await post("/v1/donations", { donations: [giftOf(books.fund, "NO-KEY")] }, key);
      expect(answer.status, JSON.stringify(key)).to.equal(400);
      expect(at(answer.body, "errors", 0, "field")).to.equal("idempotency-key");
    }
    const response = await books.service.app.inject({
      method: "POST",
      url: "/v1/donations",
      payload: { donations: [giftOf(books.fund, "NO-KEY")] },
      headers: { authorization: `Bearer ${books.service.key}` },
    });
    expect(response.statusCode).to.equal(400);
    expect(at(response.json(), "errors", 0)).to.deep.equal({
      field: "idempotency-key",
      reason: "is missing",
    });
    expect(await summary()).to.deep.equal(before);
  });

  it("is another request when another asker uses the same key", async () => {
    const made = await books.service.post("/v1/keys", { roles: ["treasurer"] });
    const authorization = `Bearer ${String(at(made.body, "key"))}`;
    const body = { name: nameOf("askers"), currency: "CNY", claimsShareBps: 1 };
    const mine = recorded(await post("/v1/funds", body, "shared"));
    const theirs = recorded(await post("/v1/funds", body, "shared", { authorization }));
    expect(idsOf(theirs)).to.not.deep.equal(idsOf(mine));
  });

  it("is refused as recorded already when its gift comes under another key, trimmed or not", async () => {
    recorded(await post("/v1/donations", { donations: [giftOf(books.fund, "SAME-GIFT")] }, "gift-1"));
    const before = await summary();
    for (const [number, key] of [
      ["SAME-GIFT", "gift-2"],
      [" SAME-GIFT\t", "gift-3"],
    ] as const) {
      const answer = await post("/v1/donations", { donations: [giftOf(books.fund, number)] }, key);
      expect(answer.status).to.equal(409);
      expect(at(answer.body, "type")).to.equal("urn:everyfen:problem:already-recorded");
    }
    expect(await summary()).to.deep.equal(before);
    const elsewhere = giftOf(books.fund, "SAME-GIFT", { channel: "wechat" });
    recorded(await post("/v1/donations", { donations: [elsewhere] }, "gift-4"));
  });

  it("lands once when ten come at the same time: the others are told to wait for its answer, or get it", async () => {
    const body = { donations: [giftOf(books.fund, "TEN-TIMES")] };
    const answers = await Promise.all(Array.from({ length: 10 }, () => post("/v1/donations", body, "ten")));
    const taken = answers.filter(({ status }) => status !== 409);
    expect(new Set(taken.map((answer) => idsOf(recorded(answer))[0])).size).to.equal(1);
    expect(taken.filter(({ headers }) => headers["idempotency-replayed"] === undefined)).to.have.length(1);
    for (const answer of answers.filter(({ status }) => status === 409)) expectUnderWay(answer);
    const others = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        post("/v1/donations", { donations: [giftOf(books.fund, "TEN-KEYS")] }, `ten-${index}`),
      ),
    );
    expect(others.map(({ status }) => status).toSorted((one, other) => one - other)).to.deep.equal([
      201,
      ...Array.from({ length: 9 }, () => 409),
    ]);
  });

  it("is told to come back while the first is not accepted, and gets its answer as soon as it is", async () => {
    const gifts = { donations: [giftOf(books.fund, "UNDER-WAY")] };
    const [accept, mine] = [holdingAcceptance(books.service), holdingBlocks(books.service)];
    const first = post("/v1/donations", gifts, "under-way");
    // The body is another one in vain: the first is not answered yet, so nobody can say whether it is the same.
    const more = { donations: [...gifts.donations, giftOf(books.fund, "UNDER-WAY-2")] };
    await accept.reached;
    for (const body of [gifts, more]) expectUnderWay(await post("/v1/donations", body, "under-way"));
    // Others are not kept from theirs.
    const other = post("/v1/donations", { donations: [giftOf(books.fund, "UNDER-WAY-3")] }, "not-under-way");
    accept.release();
    expect((await waitForOther(gifts)).status).to.equal(202);
    mine();
    expect(idsOf(recorded(await first))).to.have.length(1);
    recorded(await other);
    const again = recorded(await post("/v1/donations", gifts, "under-way"));
    expect(idsOf(again)).to.deep.equal(idsOf(await first));
    expect(again.headers["idempotency-replayed"]).to.equal("true");
  });

  /** Asks for the same without waiting for its block, which is held back, until it is not under way any more. */
  const waitForOther = async (body: unknown): Promise<Answer> => {
    for (;;) {
      const answer = await post("/v1/donations", body, "under-way", { prefer: "" });
      if (answer.status !== 409) return answer;
    }
  };

  it("can be asked for again once it was refused: its key is free", async () => {
    const wrong = { donations: [giftOf(books.fund, "REFUSED", { amount: "0" })] };
    for (const _ of [1, 2]) expect((await post("/v1/donations", wrong, "refused")).status).to.equal(422);
    const right = recorded(
      await post("/v1/donations", { donations: [giftOf(books.fund, "REFUSED")] }, "refused"),
    );
    expect(right.headers).to.not.have.property("idempotency-replayed");
  });
});

describe("a write whose process ended between vault and outbox", function () {
  this.timeout(30_000);
  let books: Books;
  before(async () => {
    books = await openBooks();
  });
  after(() => books.service.close());

  const lose = (path: string, body: unknown, key: string): Promise<void> =>
    losingAcceptance(books.service, async () => {
      const answer = await books.service.post(path, body, { "idempotency-key": key });
      expect(answer.status).to.equal(500);
    });
  const vaultOpen = async <Result>(work: (vault: Vault) => Promise<Result>): Promise<Result> => {
    const vault = await vaultOf(books.service);
    try {
      return await work(vault);
    } finally {
      await vault.close();
    }
  };
  const opening = (transactionNumber: string) =>
    vaultOpen((vault) => vault.byReference({ channel: "alipay", transactionNumber }));
  const eventsOf = async (answer: Answer) => {
    const id = String(at(recorded(answer).body, "operations", 0, "operation"));
    return (await books.service.gateway.desk.operation(id))?.events ?? [];
  };

  it("commits to the same bytes when it comes again, with the same key or another", async () => {
    for (const [number, keys] of [
      ["LOST-1", ["lost-1", "lost-1"]],
      ["LOST-2", ["lost-2", "lost-2b"]],
    ] as const) {
      const body = { donations: [giftOf(books.fund, number, { remark: "invented" })] };
      await lose("/v1/donations", body, keys[0]);
      const left = await opening(number);
      expect(left?.salt).to.match(/^0x[0-9a-f]{64}$/);
      recorded(await books.service.post("/v1/donations", body, { "idempotency-key": keys[1] }));
      const kept = await opening(number);
      expect(kept?.salt).to.equal(left?.salt);
      const { chain, deployment } = books.service.gateway;
      const logs = JSON.stringify(
        await chain.request({
          method: "eth_getLogs",
          params: [{ address: deployment["ledger"]?.address, fromBlock: "0x0", toBlock: "latest" }],
        }),
      );
      expect(logs.split(String(left?.commitment).slice(2))).to.have.length(2);
    }
  });

  it("forgets what it left when the gift comes again with other content, whatever differs", async () => {
    const other = await openFund(books.service, "other");
    const changes = [{ fund: other }, { remark: "two" }, { providerIssued: false }, { amount: "2" }];
    for (const [index, change] of changes.entries()) {
      const number = `LOST-CHANGED-${index}`;
      const gift = giftOf(books.fund, number, { remark: "one" });
      await lose("/v1/donations", { donations: [gift] }, `changed-${index}`);
      const left = await opening(number);
      const donations = [{ ...gift, ...change }];
      recorded(await books.service.post("/v1/donations", { donations }));
      const kept = await opening(number);
      expect(kept?.salt).to.not.equal(left?.salt);
      expect([kept?.remark, kept?.findable]).to.deep.equal([
        donations[0]?.remark,
        donations[0]?.providerIssued,
      ]);
      const standing = await books.service.post("/v1/donations/standing", { donations });
      expect(standing.body).to.deep.equal({ standing: ["recorded"] });
    }
  });

  it("uses the salts of its papers again, and keeps the papers that were recorded in the end", async () => {
    const filing = (slip: string) => ({ claims: [claimOf(books.insurance, "10", slip)] });
    const evidenceOf = async (answer: Answer): Promise<string | undefined> => {
      const [event] = await eventsOf(answer);
      return event?.type === "ClaimFiled" ? event.evidence : undefined;
    };
    const papersOf = (answer: Answer): Promise<unknown> =>
      vaultOpen(async (vault) =>
        JSON.parse((await vault.payload(String(at(answer.body, "operations", 0, "operation")))) ?? ""),
      );
    const commitmentTo = (papers: unknown, number: string): string =>
      evidenceCommitment(bytes32(String(at(papers, 0, "salt"))), { kind: "settlementSlip", number });

    await lose("/v1/claims", filing("SLIP-LOST-1"), "slip-1");
    const same = await books.service.post("/v1/claims", filing("SLIP-LOST-1"), {
      "idempotency-key": "slip-1",
    });
    const papers = await papersOf(same);
    expect(await evidenceOf(same)).to.equal(commitmentTo(papers, "SLIP-LOST-1"));

    await lose("/v1/claims", filing("SLIP-LOST-2"), "slip-2");
    const other = await books.service.post("/v1/claims", filing("SLIP-RIGHT"), {
      "idempotency-key": "slip-2",
    });
    const kept = await papersOf(other);
    expect(at(kept, 0, "number")).to.equal("SLIP-RIGHT");
    expect(await evidenceOf(other)).to.equal(commitmentTo(kept, "SLIP-RIGHT"));
  });

  it("left the positions where they were: the next of each line follows the last", async () => {
    const allocation = { fund: books.fund, amount: "7", currency: "CNY" };
    await lose(`/v1/programmes/${books.aid}/allocations`, allocation, "lost-allocation");
    const path = `/v1/programmes/${books.aid}/allocations`;
    const [event] = await eventsOf(await books.service.post(path, allocation));
    expect(event?.type === "PremiumAllocated" ? event.fundStart : undefined).to.equal(112_500n);
    await indexed(books.service);
  });
});
