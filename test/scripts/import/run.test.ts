import { appendFileSync } from "node:fs";
import { expect } from "chai";
import type { PlacedGift } from "../../../scripts/import/check.ts";
import { Chunks } from "../../../scripts/import/chunks.ts";
import { fen } from "../../../protocol/amounts.ts";
import { FileChanged } from "../../../scripts/import/record.ts";
import { runImport } from "../../../scripts/import/run.ts";
import { alreadyRecorded, summaryLines, type ImportResult } from "../../../scripts/import/summary.ts";
import { GatewayFailure } from "../../../scripts/import/target.ts";
import { csv, Folder, manyRows, profileWith, row, Written } from "./files.ts";
import { InventedGateway } from "./invented-gateway.ts";

describe("import: a clean file", () => {
  let folder: Folder;
  let gateway: InventedGateway;
  beforeEach(() => {
    folder = new Folder();
    gateway = new InventedGateway("F01N", "F02K");
  });
  afterEach(() => folder.remove());

  const run = (path: string, change: { readonly dryRun?: boolean } = {}): Promise<ImportResult> =>
    runImport({
      path,
      profile: profileWith(),
      target: gateway,
      dryRun: false,
      progress: new Written(),
      ...change,
    });

  it("is recorded as it stands, with free text for the vault and nothing of unmapped columns", async () => {
    await run(
      folder.write("day.csv", csv(row({ words: '"two\nlines, ""quoted"""' }), row({ number: "", row: "2" }))),
    );
    expect([...gateway.gifts.values()]).to.deep.equal([
      {
        fund: "F01N",
        channel: "alipay",
        occurredAt: "2020-04-01T08:15:00+08:00",
        transactionNumber: "INVENTED-0001",
        amount: 1250n,
        currency: "CNY",
        providerIssued: true,
        remark: 'two\nlines, "quoted"',
      },
      {
        fund: "F01N",
        channel: "alipay",
        occurredAt: "2020-04-01T08:15:00+08:00",
        transactionNumber: "april#2",
        amount: 1250n,
        currency: "CNY",
        providerIssued: false,
      },
    ]);
  });

  it("of GB18030 is read like one of UTF-8", async () => {
    // 支付宝 in GB18030.
    const [before = "", after = ""] = csv(row()).split("支付宝");
    const bytes = Buffer.concat([
      Buffer.from(before),
      Buffer.from("d6a7b8b6b1a6", "hex"),
      Buffer.from(after),
    ]);
    await runImport({
      path: folder.write("day.csv", bytes),
      profile: profileWith({ file: { encoding: "gb18030", delimiter: "," } }),
      target: gateway,
      dryRun: false,
      progress: new Written(),
    });
    expect([...gateway.gifts.keys()]).to.deep.equal(["alipay INVENTED-0001"]);
  });

  it("with a byte order mark, Windows line ends and empty lines is the same file", async () => {
    await run(
      folder.write("day.csv", `\ufeff${csv(row(), "", row({ number: "2" }), "")}`.replaceAll("\n", "\r\n")),
    );
    expect(gateway.gifts.size).to.equal(2);
  });

  it("put together from files with other line ends keeps no stray character in its last cell", async () => {
    const [header = "", first = "", second = ""] = csv(row(), row({ number: "2" })).split("\n");
    await run(folder.write("mixed.csv", `${header}\n${first}\r\n${second}\n`));
    await run(folder.write("mixed-otherwise.csv", `${header}\r\n${first}\n${second}\r\n`));
    const recorded = [...gateway.gifts.values()];
    expect(recorded).to.have.length(2);
    expect(JSON.stringify(recorded, (_, value: unknown) => String(value))).to.not.contain("\\r");
  });

  it("lands to the fen, in requests of at most 3,000 gifts, a day and fund together", async () => {
    const count = 8_000;
    const started = performance.now();
    const result = await run(folder.write("day.csv", csv(...manyRows(count, 2))));
    const seconds = (performance.now() - started) / 1000;
    const sum = BigInt((count * (count + 1)) / 2);
    expect(gateway.total()).to.equal(sum);
    expect(result.recorded.bySource.all).to.deep.equal({ rows: count, sum });
    for (const { gifts } of gateway.requests) expect(gifts.length).to.be.at.most(3_000);
    expect(result.recorded.requests).to.equal(gateway.requests.length).and.to.equal(3);
    console.log(`      ${Math.round(count / seconds)} gifts a second, read twice, without a gateway`);
  });

  it("asks about all gifts before the first one is recorded", async () => {
    await run(folder.write("day.csv", csv(...manyRows(3_001))));
    expect(gateway.asked).to.equal(2);
  });

  it("records nothing the second time and says so", async () => {
    const path = folder.write("day.csv", csv(...manyRows(100)));
    await run(path);
    const before = gateway.requests.length;
    const second = await run(path);
    expect(gateway.requests).to.have.length(before);
    expect(second.recorded.bySource.all.rows).to.equal(0);
    expect(alreadyRecorded(second)).to.deep.equal({ rows: 100, sum: 5050n });
    expect(summaryLines(second).at(-1)).to.equal(
      "nothing was recorded: every gift of the file is recorded already",
    );
  });

  it("that overlaps another adds what is new", async () => {
    const rows = manyRows(60);
    await run(folder.write("first.csv", csv(...rows.slice(0, 40))));
    const result = await run(folder.write("second.csv", csv(...rows)));
    expect(result.recorded.bySource.all.rows).to.equal(20);
    expect(alreadyRecorded(result)?.rows).to.equal(40);
    expect(gateway.total()).to.equal(1830n);
  });

  for (const after of ["nothing", "recording"] as const) {
    it(`goes on after an end in the middle, with ${after === "nothing" ? "nothing of the request done" : "the answer lost"}`, async () => {
      const path = folder.write("day.csv", csv(...manyRows(7_000, 4)));
      gateway.failing = { request: 2, after };
      let failure: unknown;
      await run(path).catch((error: unknown) => {
        failure = error;
      });
      expect(failure).to.be.instanceOf(GatewayFailure);
      expect(gateway.gifts.size).to.be.greaterThan(0).and.to.be.lessThan(7_000);
      gateway.failing = undefined;
      const second = await run(path);
      expect(gateway.gifts.size).to.equal(7_000);
      expect(gateway.total()).to.equal(24_503_500n);
      expect(second.recorded.bySource.all.rows + (alreadyRecorded(second)?.rows ?? 0)).to.equal(7_000);
    });
  }

  it("makes the same keys of the same rows, and others of other rows", async () => {
    const path = folder.write("day.csv", csv(...manyRows(4_000, 1)));
    const other = new InventedGateway("F01N", "F02K");
    await run(path);
    await runImport({ path, profile: profileWith(), target: other, dryRun: false, progress: new Written() });
    const keys = gateway.requests.map(({ key }) => key);
    expect(other.requests.map(({ key }) => key)).to.deep.equal(keys);
    expect(new Set(keys).size).to.equal(keys.length);
    for (const key of keys) expect(key).to.match(/^[0-9a-f]{64}$/);
  });

  it("that changes between the passes is not recorded", async () => {
    const path = folder.write("day.csv", csv(row()));
    const changing = new InventedGateway("F01N", "F02K");
    const fundTotal = changing.fundTotal.bind(changing);
    changing.fundTotal = (code) => {
      appendFileSync(path, `${row({ number: "late" })}\n`);
      return fundTotal(code);
    };
    const attempt = runImport({
      path,
      profile: profileWith(),
      target: changing,
      dryRun: false,
      progress: new Written(),
    });
    let failure: unknown;
    await attempt.catch((error: unknown) => {
      failure = error;
    });
    expect(failure).to.be.instanceOf(FileChanged);
    expect(changing.requests).to.deep.equal([]);
  });

  it("is only counted in a dry run", async () => {
    const path = folder.write("day.csv", csv(...manyRows(10)));
    const result = await run(path, { dryRun: true });
    expect(gateway.requests).to.deep.equal([]);
    expect(summaryLines(result)[0]).to.equal("dry run: 10 gifts would be recorded, 0 are recorded already");
  });

  it("is summed up by source and fund, with control totals and the ledger's own figures", async () => {
    const totals = { sources: { april: { rows: 2, amount: "25.00" } }, all: { rows: 3, amount: "26.00" } };
    const rows = [row(), row({ number: "2", for: "Heating" }), row({ sheet: "may", number: "3", yuan: "1" })];
    const content = csv(...rows, row({ sheet: "draft" }));
    const result = await runImport({
      path: folder.write("day.csv", content),
      profile: profileWith({ totals, source: { column: "sheet", exclude: ["draft", "nowhere"] } }),
      target: gateway,
      dryRun: false,
      progress: new Written(),
    });
    expect(summaryLines(result).map((line) => line.replaceAll(/ +/g, " ").trimEnd())).to.deep.equal([
      " rows yuan",
      " read 4",
      " left out by the profile 1",
      " gifts in the file 3 26.00",
      " already recorded 0 0.00",
      " recorded now 3 26.00",
      "",
      " source rows yuan",
      " april 2 25.00",
      " may 1 1.00",
      "",
      " fund rows yuan",
      " F01N 2 13.50",
      " F02K 1 12.50",
      "",
      " control totals",
      " source april: 2 rows, 25.00 yuan, as expected",
      " all: 3 rows, 26.00 yuan, as expected",
      " note: the profile names the source nowhere, which no row has",
      "",
      " fund, in the ledger before after recorded now",
      " F01N 0.00 13.50 13.50",
      " F02K 0.00 12.50 12.50",
    ]);
  });
});

describe("import: requests", () => {
  const gift = (record: number, day: number): PlacedGift => ({
    line: record + 1,
    record,
    source: "april",
    gift: {
      fund: "F01N",
      channel: "alipay",
      occurredAt: `2020-04-0${day}`,
      transactionNumber: String(record),
      amount: fen(1),
      currency: "CNY",
      providerIssued: true,
    },
  });
  const cut = (days: readonly number[], size: number, held: number): readonly (readonly number[])[] => {
    const chunks = new Chunks(size, held);
    const requests = days.flatMap((day, index) => {
      const full = chunks.add(gift(index + 1, day));
      return full === undefined ? [] : [full];
    });
    return [...requests, ...chunks.rest()].map((request) => request.map(({ record }) => record));
  };

  it("go out when a day's group is full, the rest in the order of days, groups kept whole", () => {
    expect(cut([2, 1, 2, 1, 2, 3, 3], 3, 100)).to.deep.equal([
      [1, 3, 5],
      [2, 4],
      [6, 7],
    ]);
    expect(cut([3, 1, 2], 3, 100)).to.deep.equal([[2, 3, 1]]);
  });

  it("hold back a bounded number of gifts: past it the largest group goes", () => {
    expect(cut([1, 2, 2, 3, 4], 100, 3)).to.deep.equal([
      [2, 3],
      [1, 4, 5],
    ]);
  });
});
