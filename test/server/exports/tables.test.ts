/** Tables as files: each says what the API says, leads from balance to balance, and stays true of its block. */
import { expect } from "chai";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { fundId } from "../../../protocol/ids.ts";
import type { ExportHeader } from "../../../protocol/exports/header.ts";
import { headerComments } from "../../../protocol/exports/header.ts";
import { checked } from "../../protocol/exports/exported.ts";
import { allocate, claimOf, codesOf, giftOf, openBooks, recorded, type Books } from "../api/books.ts";
import { Description } from "../api/description.ts";
import { insure, type Insured } from "../api/insured.ts";
import { everyGet } from "../api/walk.ts";
import { at, listAt } from "../service.ts";

type Row = Readonly<Record<string, string | number | undefined>>;

const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null;
const fenOf = (text: string | number | undefined): bigint => BigInt(String(text ?? "0").replace(".", ""));
const sumOf = (rows: readonly Row[], column: string): bigint =>
  rows.reduce((sum, row) => sum + fenOf(row[column]), 0n);

describe("exports of tables", function () {
  this.timeout(40_000);
  let books: Books;
  let insured: Insured;
  before(async () => {
    books = await openBooks();
    insured = await insure(books);
  });
  after(() => books.service.close());

  const fetched = async (path: string): Promise<string> => {
    const { statusCode, payload } = await books.service.app.inject(`/v1/exports/${path}`);
    expect(statusCode, payload.slice(0, 300)).to.equal(200);
    return payload;
  };
  /** One after the other: an address has few places. */
  const fetchedAll = async (paths: readonly string[]): Promise<readonly string[]> => {
    const files: string[] = [];
    for (const path of paths) files.push(await fetched(path));
    return files;
  };
  /** The head and the rows, once the file is found to be whole in both forms. */
  const table = async (path: string, query = ""): Promise<{ header: ExportHeader; rows: readonly Row[] }> => {
    const lines = await fetched(`${path}?format=ndjson${query}`);
    const { header, faults } = checked(lines, 65_536);
    expect(faults, path).to.deep.equal([]);
    const csv = await fetched(`${path}?format=csv${query}`);
    expect(checked(csv, 65_536).faults, path).to.deep.equal([]);
    if (header === undefined) throw new RangeError("no head");
    const rows = lines
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line): unknown => JSON.parse(line))
      .filter(isRow);
    const cells = csv.split("\r\n").filter((line) => line !== "" && !line.startsWith("#"));
    const [names = "", ...values] = cells;
    const sameInCsv = rows.map((row) =>
      names
        .split(",")
        .map((name) => String(row[name] ?? ""))
        .join(","),
    );
    expect(values, path).to.deep.equal(sameInCsv);
    return { header, rows };
  };
  const data = async (url: string): Promise<unknown> => at((await books.service.get(url)).body, "data");
  const programmes = (): readonly string[] => [books.insurance, books.aid, insured.city, insured.ended];

  it("list every gift of a fund where it stands on the line, and lead to what was donated", async () => {
    for (const fund of [books.fund, books.restricted]) {
      const { header, rows } = await table(`funds/${fund}/donations`);
      expect(header).to.include({ kind: "donations", subject: fund, currency: "CNY", opening: "0.00" });
      const view = await data(`/v1/funds/${fund}`);
      expect(rows.length).to.equal(at(view, "donations"));
      expect(fenOf(header.closing)).to.equal(BigInt(String(at(view, "partition", "total", "amount"))));
      expect(sumOf(rows, "amount")).to.equal(fenOf(header.closing));
      let balance = 0n;
      for (const row of rows) {
        balance += fenOf(row["amount"]);
        expect(fenOf(row["balance"])).to.equal(balance);
        const gift = await data(`/v1/donations/${row["donation"]}`);
        expect([
          row["commitment"],
          row["channel"],
          Number(String(row["day"]).replaceAll("-", "")),
          row["transaction"],
        ]).to.deep.equal([
          at(gift, "commitment"),
          at(gift, "batch", "channel"),
          at(gift, "batch", "day"),
          at(gift, "batch", "recordedAt", "transaction"),
        ]);
        expect(String(fenOf(row["claims_share"]))).to.equal(at(gift, "claimsShare", "amount"));
        expect(String(balance - fenOf(row["amount"]))).to.equal(at(gift, "start"));
      }
    }
  });

  it("list what was allocated of a fund, in two parts that add up", async () => {
    const { header, rows } = await table(`funds/${books.fund}/allocations`);
    const listed = listAt(
      (await books.service.get(`/v1/allocations?fund=${books.fund}&limit=100`)).body,
      "data",
    );
    expect(
      rows.map((row) => [row["allocation"], row["programme"], String(fenOf(row["to_claims"]))]),
    ).to.deep.equal(
      listed.map((each) => [at(each, "allocation"), at(each, "programme"), at(each, "claimsAmountFen")]),
    );
    expect(sumOf(rows, "to_claims") + sumOf(rows, "to_operations")).to.equal(sumOf(rows, "amount"));
    expect([sumOf(rows, "amount"), fenOf(rows.at(-1)?.["balance"])]).to.deep.equal([
      fenOf(header.closing),
      fenOf(header.closing),
    ]);
  });

  it("list the open and paid claims of a programme as the API shows them, and no others", async () => {
    const states = new Set<unknown>();
    for (const programme of programmes()) {
      const { rows } = await table(`programmes/${programme}/claims`);
      const all = listAt(
        (await books.service.get(`/v1/claims?programme=${programme}&limit=100`)).body,
        "data",
      );
      const shown = all.filter((each) =>
        ["filed", "approved", "onHold", "paid"].includes(String(at(each, "state"))),
      );
      for (const each of all) states.add(at(each, "state"));
      expect(rows.map((row) => row["claim"])).to.deep.equal(shown.map((each) => at(each, "code")));
      for (const [index, row] of rows.entries()) {
        const view = shown[index];
        expect(row["state"]).to.equal(at(view, "state"));
        for (const amount of ["requested", "approved", "paid", "recovered"]) {
          expect(String(fenOf(row[amount])), `${String(row["claim"])} ${amount}`).to.equal(
            at(view, amount, "amount"),
          );
        }
      }
    }
    expect([...states]).to.include.members([
      "filed",
      "approved",
      "paid",
      "rejected",
      "withdrawn",
      "cancelled",
    ]);
  });

  it("list what was paid and what came back in the order of the chain, and lead to what is paid net", async () => {
    const kinds = new Set<unknown>();
    for (const programme of programmes()) {
      const { header, rows } = await table(`programmes/${programme}/payouts`);
      const view = await data(`/v1/programmes/${programme}`);
      expect(String(fenOf(header.closing))).to.equal(at(view, "partition", "paid", "amount"));
      expect(sumOf(rows, "amount")).to.equal(fenOf(header.closing));
      for (const row of rows) kinds.add(row["kind"]);
      expect(rows.map((row) => Number(row["block"]))).to.deep.equal(
        rows.map((row) => Number(row["block"])).toSorted((one, other) => one - other),
      );
    }
    expect([...kinds]).to.have.members(["payout", "recovery", "return"]);
  });

  it("list a programme's queue in its order, and lead to what it takes to pay it", async () => {
    let waiting = 0;
    for (const programme of programmes()) {
      const { header, rows } = await table(`programmes/${programme}/queue`);
      const queue = listAt(
        (await books.service.get(`/v1/programmes/${programme}/queue?limit=100`)).body,
        "data",
      );
      expect(
        rows.map((row) => [row["claim"], row["queue_number"], String(fenOf(row["amount"]))]),
      ).to.deep.equal(
        queue.map((each) => [at(each, "code"), at(each, "queueNumber"), at(each, "approved", "amount")]),
      );
      const view = await data(`/v1/programmes/${programme}`);
      expect(String(fenOf(header.closing))).to.equal(at(view, "approvedUnpaid", "amount"));
      waiting += rows.length;
    }
    expect(waiting).to.be.greaterThan(2);
  });

  it("list a programme's periods, each beginning with what the one before it left", async () => {
    for (const programme of programmes()) {
      const { rows } = await table(`programmes/${programme}/periods`);
      expect(rows.length).to.be.greaterThan(0);
      for (const [index, row] of rows.entries()) {
        const came = ["opening", "allocated", "moved_in", "recovered"].map((name) => fenOf(row[name]));
        const went = ["moved_out", "paid", "closing"].map((name) => fenOf(row[name]));
        const total = (parts: readonly bigint[]) => parts.reduce((sum, part) => sum + part, 0n);
        expect(total(came)).to.equal(total(went));
        const next = rows[index + 1];
        if (next !== undefined && row["state"] === "closed") expect(next["opening"]).to.equal(row["closing"]);
      }
    }
  });

  it("go on from block to block: the one's closing balance is the other's opening", async () => {
    const { number } = await books.service.gateway.chain.head();
    for (const path of [
      `funds/${books.fund}/donations`,
      `funds/${books.fund}/allocations`,
      `programmes/${insured.city}/payouts`,
    ]) {
      const whole = await table(path);
      const middle = Number(whole.rows[1]?.["block"]);
      const front = await table(path, `&toBlock=${middle}`);
      const back = await table(path, `&fromBlock=${middle + 1}&toBlock=${number}`);
      expect([front.rows.length, back.rows.length], path).to.not.include(0);
      expect(front.rows.length + back.rows.length).to.equal(whole.rows.length);
      expect(back.header.opening).to.equal(front.header.closing);
      expect([front.header.opening, back.header.closing]).to.deep.equal([
        whole.header.opening,
        whole.header.closing,
      ]);
    }
  });

  it("of a block stay what they are, whatever is recorded and decided later", async () => {
    const { number } = await books.service.gateway.chain.head();
    const paths = [
      `funds/${books.fund}/donations`,
      `funds/${books.fund}/allocations`,
      ...["claims", "payouts", "queue"].map((name) => `programmes/${books.insurance}/${name}`),
    ].map((path) => `${path}?toBlock=${number}`);
    const before = await fetchedAll(paths);
    const { service, fund, insurance, filed } = books;
    recorded(await service.post("/v1/donations", { donations: [giftOf(fund, "LATER-1")] }));
    recorded(await allocate(service, fund, insurance, "300000"));
    const claims = [{ claim: filed, amount: "10", currency: "CNY" }];
    recorded(await service.post("/v1/claims/approve", { claims }));
    const [head = ""] = books.approved;
    recorded(await service.post("/v1/claims/pay", { claims: [{ claim: head, paymentNumber: "LATER-2" }] }));
    expect(await fetchedAll(paths)).to.deep.equal(before);
    const after = await table(`programmes/${insurance}/queue`);
    expect(after.rows.some((row) => row["claim"] === head)).to.equal(false);
    expect(after.rows.some((row) => row["claim"] === filed)).to.equal(true);
  });

  it("keep the queue of an older block in its order, although some of its claims were approved only later", async () => {
    const { service, insurance } = books;
    const filed = await service.post("/v1/claims", {
      claims: [11, 12, 13, 14, 15, 16].map((person) => claimOf(insurance, "10", `QUEUE-${person}`, person)),
    });
    const codes = codesOf(filed, "ClaimFiled");
    const approve = async (claims: readonly string[]) =>
      recorded(
        await service.post("/v1/claims/approve", {
          claims: claims.map((claim) => ({ claim, amount: "10", currency: "CNY" })),
        }),
      );
    const [first = "", second = "", third = "", ...rest] = codes;
    for (const claim of rest.toReversed()) await approve([claim]);
    await approve([first]);
    const { number } = await service.gateway.chain.head();
    await approve([third]);
    await approve([second]);
    const older = await table(`programmes/${insurance}/queue`, `&toBlock=${number}`);
    const ours = older.rows.map((row) => String(row["claim"])).filter((code) => codes.includes(code));
    expect(ours).to.deep.equal([...rest.toReversed(), first]);
    const now = await table(`programmes/${insurance}/queue`);
    expect(now.rows.map((row) => String(row["claim"])).slice(-2)).to.deep.equal([third, second]);
  });

  it("say in their first lines what they are, with times of Asia/Shanghai, and in headers too", async () => {
    const response = await books.service.app.inject(`/v1/exports/programmes/${insured.city}/claims`);
    const { header } = checked(response.payload, 4_096);
    if (header === undefined) throw new RangeError("no head");
    expect(response.payload.startsWith(headerComments(header))).to.equal(true);
    expect(response.payload).to.contain("# timeZone: Asia/Shanghai\r\n");
    const { number, hash } = await books.service.gateway.chain.head();
    expect(response.headers).to.include({
      "content-type": "text/csv; charset=utf-8",
      "everyfen-block-hash": hash,
      "everyfen-row-count": String(header.rowCount),
      "everyfen-digest": `sha256=${header.digest}`,
    });
    expect(response.headers["content-disposition"]).to.contain(`claims-${insured.city}-0-${number}.csv`);
    const times = response.payload.match(/\d{4}-\d\d-\d\dT[\d:]+\S{6}/g) ?? [];
    expect(times.length).to.be.greaterThan(3);
    for (const time of times) expect(time).to.match(/\+08:00$/);
  });

  it("are like every file that the API gives: block, range, row count and digest are in it", async () => {
    const description = await Description.of(books.service);
    const { hash, number } = await books.service.gateway.chain.head();
    const given = new Set<string>();
    for (const url of everyGet(description, books, insured)) {
      const operation = description.operationOf("GET", url);
      const content = Object.keys(Object(at(operation?.description, "responses", "200", "content")));
      for (const [type, format] of [
        ["text/csv", "csv"],
        ["application/x-ndjson", "ndjson"],
      ] as const) {
        if (!content.includes(type)) continue;
        // The ledger has one form, and no choice of it.
        const asked = content.length === 1 && format === "ndjson" ? url : `${url}?format=${format}`;
        const { statusCode, payload } = await books.service.app.inject(asked);
        if (statusCode === 404) continue;
        const { header, faults } = checked(payload, 65_536);
        expect(faults, asked).to.deep.equal([]);
        expect(header, asked).to.include({ toBlockHash: hash, fromBlock: 0, toBlock: number });
        given.add(`${operation?.name} ${format}`);
      }
    }
    expect(given.size).to.be.greaterThan(13);
  });

  it("refuse a fund or programme that is not there, and another form", async () => {
    const unknown = encodeCode({ kind: "fund", fund: fundId(99) });
    for (const [path, status] of [
      [`funds/${unknown}/donations`, 404],
      [`funds/${books.insurance}/donations`, 404],
      [`programmes/${books.fund}/queue`, 404],
      [`funds/${books.fund}/gifts`, 404],
      [`funds/${books.fund}/donations?format=xlsx`, 400],
      [`programmes/${books.aid}/periods?toBlock=1`, 400],
    ] as const) {
      expect((await books.service.app.inject(`/v1/exports/${path}`)).statusCode, path).to.equal(status);
    }
  });
});
