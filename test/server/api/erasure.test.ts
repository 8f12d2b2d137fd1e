/** A giver is forgotten: nothing leads from the gift to them any more, and the books still add up. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import { donationCommitment } from "../../../protocol/donations/commitment.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import { NotPossible } from "../../../server/outbox/errors.ts";
import { at, listAt } from "../service.ts";
import { refusalOf } from "../read/histories.ts";
import { askPostgres } from "../database/postgres.ts";
import { holdingAcceptance, holdingBlocks } from "../desk/faults.ts";
import { giftOf, openBooks, recorded, type Books } from "./books.ts";

const gift = { transactionNumber: "INVENTED-FORGOTTEN", channel: "alipay" };
const remembered = "INVENTED-REMEMBERED";
const amount = "12345";

describe("forgetting the giver of a gift", function () {
  this.timeout(90_000);
  let books: Books;
  /** What the giver kept. */
  let receipt: unknown;
  let code: string;
  let atFirst: readonly unknown[];
  let sealed: readonly Buffer[];

  const findPayload = async (transactionNumber: string): Promise<string> => {
    const payload = { transactionNumber, amount };
    return (await books.service.app.inject({ method: "POST", url: "/v1/donations/find", payload })).payload;
  };
  const forget = (number: string) =>
    books.service.post("/v1/donations/forget", { ...gift, transactionNumber: number });
  const askVault = async (statement: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const { folder, database } = books.service;
    if (database !== undefined) return askPostgres(database, statement, "everyfen_vault");
    const vault = new DatabaseSync(join(folder, "vault.db"), { readOnly: true });
    try {
      return vault.prepare(statement).all();
    } finally {
      vault.close();
    }
  };
  /** The encrypted rows of gifts, as they stand in the vault. */
  const sealedRows = async (): Promise<readonly Buffer[]> =>
    (await askVault("SELECT box FROM opening")).map(({ box }) => {
      if (!(box instanceof Uint8Array)) throw new Error("no bytes");
      return Buffer.from(box);
    });
  /** What everybody can see of the gift, and of the books. */
  const seen = async (): Promise<readonly unknown[]> => {
    const urls = [
      `/v1/donations/${code}`,
      `/v1/donations/${code}/trace`,
      `/v1/donations/${code}/proof`,
      `/v1/funds/${books.fund}`,
      "/v1/summary",
    ];
    const answers = await Promise.all(urls.map((url) => books.service.get(url)));
    expect(answers.map(({ status }) => status)).to.deep.equal(urls.map(() => 200));
    // Every log of the ledger, and the fund's line gift by gift.
    const files = ["ledger", `funds/${books.fund}/donations`].map((name) =>
      books.service.app.inject(`/v1/exports/${name}`),
    );
    const exported = await Promise.all(files);
    expect(exported.map(({ statusCode }) => statusCode)).to.deep.equal([200, 200]);
    return [...answers.map(({ body }) => at(body, "data")), ...exported.map(({ payload }) => payload)];
  };

  before(async () => {
    books = await openBooks({ GIFT_LOOKUPS_PER_MINUTE: "100" });
    const donations = [gift.transactionNumber, remembered].map((number) =>
      giftOf(books.fund, number, { amount, remark: "虚构备注" }),
    );
    recorded(await books.service.post("/v1/donations", { donations }));
    receipt = at(JSON.parse(await findPayload(gift.transactionNumber)), "data");
    code = String(at(receipt, "code"));
    atFirst = await seen();
    sealed = await sealedRows();
    expect(await forget(gift.transactionNumber)).to.deep.include({ status: 200, body: { recorded: true } });
  });
  after(() => books.service.close());

  it("leaves no byte of its row in the vault's files, or tells PostgreSQL to use its place again", async () => {
    const left = await sealedRows();
    const [gone, ...others] = sealed.filter((row) => !left.some((each) => each.equals(row)));
    if (gone === undefined) throw new Error("the row is there");
    expect(others).to.deep.equal([]);
    if (books.service.database !== undefined) {
      const [counted] = await askVault(
        "SELECT vacuum_count AS times FROM pg_stat_user_tables WHERE schemaname = 'everyfen_vault' AND relname = 'opening'",
      );
      expect(Number(counted?.["times"])).to.be.greaterThan(0);
      return;
    }
    const files = readdirSync(books.service.folder).filter((name) => name.startsWith("vault.db"));
    for (const name of files) {
      expect(readFileSync(join(books.service.folder, name)).includes(gone), name).to.equal(false);
    }
  });

  it("answers whoever looks for it as for a number that nobody knows, byte for byte", async () => {
    expect(await findPayload(gift.transactionNumber)).to.equal(await findPayload("INVENTED-UNHEARD-OF"));
    expect(at(JSON.parse(await findPayload(remembered)), "data", "code")).to.be.a("string");
  });

  it("leaves the gift's place, its trace, its proof and the books as they were, and every law holds", async () => {
    expect(await seen()).to.deep.equal(atFirst);
    const laws = await books.service.get("/v1/audit");
    expect(listAt(laws.body, "data").filter((law) => at(law, "holds") !== true)).to.deep.equal([]);
  });

  it("leaves the receipt that the giver kept as good as it was", async () => {
    const { salt, ...payload } = Object(at(receipt, "opening"));
    const { amount: given, channel, occurredAt, transactionNumber } = payload;
    const opened = donationCommitment(bytes32(salt), {
      amount: given,
      channel,
      occurredAt,
      transactionNumber,
    });
    const shown = await books.service.get(`/v1/donations/${code}`);
    expect(opened).to.equal(at(shown.body, "data", "commitment"));
  });

  it("still says of the payment that it is recorded, so that no import records it a second time", async () => {
    const donations = [giftOf(books.fund, gift.transactionNumber, { amount })];
    const again = await books.service.post("/v1/donations", { donations });
    expect([again.status, at(again.body, "type")]).to.deep.equal([
      409,
      "urn:everyfen:problem:already-recorded",
    ]);
    const standing = await books.service.post("/v1/donations/standing", { donations });
    expect(JSON.stringify(standing.body)).to.not.contain("new");
    expect(await seen()).to.deep.equal(atFirst);
  });

  it("answers alike however often it is asked, and says of a mistyped number that it was never recorded", async () => {
    expect((await forget(gift.transactionNumber)).body).to.deep.equal({ recorded: true });
    expect((await forget("INVENTED-MISTYPED")).body).to.deep.equal({ recorded: false });
  });

  it("is asked by an admin alone", async () => {
    const made = await books.service.post("/v1/keys", { roles: ["recorder"] });
    const key = { authorization: `Bearer ${String(at(made.body, "key"))}` };
    const body = { ...gift, transactionNumber: remembered };
    expect((await books.service.post("/v1/donations/forget", body, key)).status).to.equal(403);
    expect(at(JSON.parse(await findPayload(remembered)), "data", "code")).to.be.a("string");
  });

  it("is asked once under one key: again it is answered alike, and another payment under it is refused", async () => {
    const asked = (transactionNumber: string) =>
      books.service.post(
        "/v1/donations/forget",
        { ...gift, transactionNumber },
        { "idempotency-key": "forget-once" },
      );
    const first = await asked(gift.transactionNumber);
    const again = await asked(gift.transactionNumber);
    expect([first.body, again.body]).to.deep.equal([{ recorded: true }, { recorded: true }]);
    expect(again.headers["idempotency-replayed"]).to.equal("true");
    expect((await asked(remembered)).status).to.equal(422);
    expect(at(JSON.parse(await findPayload(remembered)), "data", "code")).to.be.a("string");
  });

  it("leaves no word of it in the access log", async () => {
    const log = JSON.stringify(await books.service.gateway.accessLog.list(undefined, 1_000));
    expect(log).to.contain("/v1/donations/forget");
    expect(log).to.not.contain("INVENTED");
  });

  it("stays so after a restart", async () => {
    await books.service.restart();
    expect(await findPayload(gift.transactionNumber)).to.equal(await findPayload("INVENTED-UNHEARD-OF"));
    expect(await seen()).to.deep.equal(atFirst);
  });

  it("waits for a gift that is being accepted, and is refused until it is recorded", async () => {
    const number = "INVENTED-BEING-RECORDED";
    const [accepting, mine] = [holdingAcceptance(books.service), holdingBlocks(books.service)];
    const given = books.service.post("/v1/donations", { donations: [giftOf(books.fund, number)] });
    await accepting.reached;
    const asked = refusalOf(books.service.gateway.erasure.forgetGift({ ...gift, transactionNumber: number }));
    // As far as it comes by itself.
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    accepting.release();
    expect(await asked).to.be.instanceOf(NotPossible);
    expect((await forget(number)).status).to.equal(409);
    mine();
    recorded(await given);
    expect((await forget(number)).body).to.deep.equal({ recorded: true });
  });
});
