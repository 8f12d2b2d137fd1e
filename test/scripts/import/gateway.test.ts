import { expect } from "chai";
import { exitCodes, importCommand } from "../../../scripts/import/command.ts";
import { HttpTarget } from "../../../scripts/import/http-target.ts";
import { GatewayFailure, type ImportTarget } from "../../../scripts/import/target.ts";
import { at, codeOf, newYear2021, openService, type Service } from "../../server/service.ts";
import { csv, exampleProfile, Folder, manyRows, row, Written } from "./files.ts";

describe("import: through a real gateway, over its API", function () {
  // Compiling is counted here where nothing was compiled before.
  this.timeout(180_000);
  const count = 4_000;
  const sum = BigInt((count * (count + 1)) / 2);
  let service: Service;
  let folder: Folder;
  let lines: string[];
  let errors: Written;

  before(async () => {
    folder = new Folder();
    // The gifts of the files lie before this moment.
    service = await openService(newYear2021);
    for (const name of ["insurance", "heating"]) {
      const fund = {
        name: { zh: `示例${name}`, en: `Example ${name}` },
        currency: "CNY",
        claimsShareBps: 9000,
      };
      codeOf(await service.post("/v1/funds", fund), "FundOpened");
    }
    await service.app.listen({ host: "127.0.0.1", port: 0 });
  });
  after(async () => {
    await service.close();
    folder.remove();
  });
  beforeEach(() => {
    [lines, errors] = [[], new Written()];
  });

  /** `requests` limits how many are recorded before the script ends as if it were killed. */
  const run = (rows: readonly string[], requests = Number.MAX_SAFE_INTEGER) =>
    importCommand(
      [
        "--profile",
        folder.write("profile.json", JSON.stringify(exampleProfile)),
        "--file",
        folder.write("day.csv", csv(...rows)),
        "--url",
        service.app.listeningOrigin,
      ],
      {
        environment: { EVERYFEN_API_KEY: service.key },
        print: (line) => lines.push(line),
        errors,
        connect: (url, apiKey) => endingAfter(requests, new HttpTarget({ url, apiKey })),
      },
    );

  const endingAfter = (requests: number, target: HttpTarget): ImportTarget => {
    let left = requests;
    return {
      standing: (gifts) => target.standing(gifts),
      fundTotal: (code) => target.fundTotal(code),
      record: async (gifts, key) => {
        if (left === 0) throw new GatewayFailure("the script ended here");
        left -= 1;
        await target.record(gifts, key);
      },
    };
  };

  const total = async (): Promise<bigint> => {
    let donated = 0n;
    for (const fund of ["F01N", "F02K"]) {
      const { body } = await service.get(`/v1/funds/${fund}`);
      donated += BigInt(String(at(body, "data", "partition", "total", "amount")));
    }
    return donated;
  };

  it("refuses a file with one bad row and records nothing of it", async () => {
    expect(await run([...manyRows(5), row({ number: "BAD", yuan: "1.001" })])).to.equal(exitCodes.refused);
    expect(await total()).to.equal(0n);
  });

  it("records what it can before it ends in the middle, and the rest after the gateway was started again", async () => {
    const rows = manyRows(count, 2);
    expect(await run(rows, 1)).to.equal(exitCodes.failed);
    const first = await total();
    expect(first > 0n && first < sum, String(first)).to.equal(true);
    await service.restart();
    await service.app.listen({ host: "127.0.0.1", port: 0 });
    const started = performance.now();
    expect(await run(rows)).to.equal(exitCodes.done);
    const seconds = (performance.now() - started) / 1000;
    expect(await total()).to.equal(sum);
    expect(lines.join("\n")).to.match(/gifts in the file +4000 +80,020\.00/);
    console.log(`      ${Math.round(count / seconds)} gifts a second, checked, and what was new recorded`);
  });

  it("records nothing the second time and says so", async () => {
    expect(await run(manyRows(count, 2))).to.equal(exitCodes.done);
    expect(lines.at(-1)).to.equal("nothing was recorded: every gift of the file is recorded already");
    expect(await total()).to.equal(sum);
  });

  it("refuses a file in which one recorded gift has another amount", async () => {
    const rows = [row({ number: "NEW" }), row({ number: "INVENTED-000001", yuan: "9999" })];
    expect(await run(rows)).to.equal(exitCodes.refused);
    expect(errors.text).to.contain("line 3 (record 2), column number: is recorded already with another");
    expect(await total()).to.equal(sum);
  });
});
