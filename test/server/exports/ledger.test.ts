/** The raw log of the ledger as a file: all of it or any range of blocks, and what the file says of itself is so. */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { decodeLedgerLog } from "../../../chain/decode.ts";
import { readLedgerLine } from "../../../protocol/exports/ledger-rows.ts";
import type { LedgerRow } from "../../../protocol/exports/ledger-rows.ts";
import { checkLaws } from "../../../protocol/laws/laws.ts";
import { applyEvent, emptyState } from "../../../protocol/ledger/state.ts";
import { exitCodes, verifyExportCommand } from "../../../scripts/verify-export/command.ts";
import { Exports, type ReadAt } from "../../../server/exports/export.ts";
import { ledgerExport } from "../../../server/exports/ledger.ts";
import { checked } from "../../protocol/exports/exported.ts";
import { allocate, openBooks, recorded, type Books } from "../api/books.ts";
import { refusalOf } from "../read/histories.ts";
import { at } from "../service.ts";

describe("the export of the ledger", function () {
  this.timeout(30_000);
  let books: Books;
  before(async () => (books = await openBooks()));
  after(() => books.service.close());

  const download = async (query = "") => {
    const { statusCode, headers, payload } = await books.service.app.inject(`/v1/exports/ledger${query}`);
    return { statusCode, headers, payload };
  };
  const rowsIn = (payload: string): readonly LedgerRow[] =>
    payload.trimEnd().split("\n").slice(1).map(readLedgerLine);

  it("is whole, and its head and its headers say of which block it is", async () => {
    const { payload, headers } = await download();
    const head = await books.service.gateway.chain.head();
    const { header, rows, faults } = checked(payload, 65_536);
    expect(faults).to.deep.equal([]);
    expect(header).to.include({
      kind: "ledger",
      chainId: 8650,
      fromBlock: 0,
      toBlock: head.number,
      toBlockHash: head.hash,
      rowCount: rows,
      demonstration: true,
    });
    const behind = payload.slice(payload.indexOf("\n") + 1);
    const digest = `sha256=0x${createHash("sha256").update(behind).digest("hex")}`;
    expect(headers).to.include({
      "everyfen-blocks": `0-${head.number}`,
      "everyfen-block-hash": head.hash,
      "everyfen-row-count": String(rows),
      "everyfen-digest": digest,
      "everyfen-seal": `sha256=${header?.seal}`,
      "content-type": "application/x-ndjson; charset=utf-8",
    });
    expect(headers["content-disposition"]).to.contain(`everyfen-ledger-0-${head.number}.ndjson`);
  });

  it("holds all that the books are made of: rebuilt from the file alone they are the gateway's", async () => {
    const { payload } = await download();
    const state = emptyState();
    for (const { topics, data, ...place } of rowsIn(payload)) {
      const event = decodeLedgerLog({ topics, data });
      if (event !== undefined) applyEvent(state, { event, place });
    }
    const { body } = await books.service.get(`/v1/funds/${books.fund}`);
    expect(String(state.funds[0]?.donated)).to.equal(at(body, "data", "partition", "total", "amount"));
    expect(state.claims.length).to.equal(5);
    expect(checkLaws(state, books.service.clock.now()).filter(({ holds }) => !holds)).to.deep.equal([]);
  });

  it("holds each log as the chain's node gives it", async () => {
    const { payload } = await download();
    const { gateway } = books.service;
    const answer = await gateway.chain.request({
      method: "eth_getLogs",
      params: [{ fromBlock: "0x0", toBlock: "latest", address: gateway.deployment["ledger"]?.address }],
    });
    const logs = Array.isArray(answer) ? answer : [];
    const rows = rowsIn(payload);
    expect(rows.length).to.equal(logs.length).and.to.be.greaterThan(30);
    for (const [index, row] of rows.entries()) {
      const log: unknown = logs[index];
      expect([row.blockNumber, row.logIndex]).to.deep.equal([
        Number(at(log, "blockNumber")),
        Number(at(log, "logIndex")),
      ]);
      expect([row.blockHash, row.transactionHash, row.topics, row.data]).to.deep.equal(
        ["blockHash", "transactionHash", "topics", "data"].map((name) => at(log, name)),
      );
    }
  });

  it("is the same in pieces, and goes on where a download ended", async () => {
    const all = rowsIn((await download()).payload);
    const head = await books.service.gateway.chain.head();
    const middle = Math.floor(head.number / 2);
    const front = await download(`?toBlock=${middle}`);
    const back = await download(`?fromBlock=${middle + 1}`);
    for (const { payload } of [front, back]) expect(checked(payload, 65_536).faults).to.deep.equal([]);
    const logs = (rows: readonly LedgerRow[]) => rows.map(({ topics, data }) => [topics, data]);
    expect(logs([...rowsIn(front.payload), ...rowsIn(back.payload)])).to.deep.equal(logs(all));
  });

  it("is the same bytes for the same blocks, however the chain went on, and after a restart", async () => {
    const { number } = await books.service.gateway.chain.head();
    const before = await download(`?toBlock=${number}`);
    recorded(await allocate(books.service, books.fund, books.aid, "7"));
    expect((await books.service.gateway.chain.head()).number).to.be.greaterThan(number);
    expect((await download(`?toBlock=${number}`)).payload).to.equal(before.payload);
    await books.service.restart();
    expect((await download(`?toBlock=${number}`)).payload).to.equal(before.payload);
  });

  it("of a block without logs is a head with no rows", async () => {
    const { payload } = await download("?toBlock=0");
    const { header, rows, faults } = checked(payload);
    expect([header?.toBlock, rows, faults]).to.deep.equal([0, 0, []]);
  });

  it("passes the command, offline and against the gateway's own node", async () => {
    const { app, folder } = books.service;
    const rpc = `${await app.listen({ host: "127.0.0.1", port: 0 })}/rpc`;
    const file = join(folder, "export.ndjson");
    writeFileSync(file, (await download()).payload);
    const lines: string[] = [];
    const parts = {
      print: (line: string) => lines.push(line),
      printError: (line: string) => lines.push(line),
    };
    expect(await verifyExportCommand([file], parts), lines.join("\n")).to.equal(exitCodes.sound);
    expect(await verifyExportCommand([file, "--rpc", rpc], parts), lines.join("\n")).to.equal(
      exitCodes.sound,
    );
    expect(lines.at(-1)).to.equal("every log is the node's own, and none of the node's is missing");
  });

  it("refuses blocks that are not there, and names the field and the reason", async () => {
    const { number } = await books.service.gateway.chain.head();
    const refused = [
      [`?toBlock=${number + 1}`, "toBlock", `is not recorded yet; the newest block is ${number}`],
      ["?fromBlock=5&toBlock=4", "fromBlock", "lies behind the last block, 4"],
      ["?fromBlock=-1", "fromBlock", undefined],
      ["?toBlock=latest", "toBlock", undefined],
      ["?limit=5", "limit", "is not a field of this request"],
    ] as const;
    for (const [query, field, reason] of refused) {
      const { statusCode, payload } = await download(query);
      const body: unknown = JSON.parse(payload);
      expect([statusCode, at(body, "errors", 0, "field")], query).to.deep.equal([400, field]);
      if (reason !== undefined) expect(at(body, "errors", 0, "reason")).to.equal(reason);
    }
  });

  it("breaks off where its block is replaced meanwhile: what was sent is seen to be cut short", async () => {
    const { exports } = books.service.gateway;
    const range = await exports.range(0, undefined);
    const source = ledgerExport(exports.readAt(range), range);
    const { header } = await exports.open(range, "192.0.2.1", () => source);
    const other = { ...range, to: { ...range.to, hash: header.genesis } };
    let error: unknown;
    try {
      for await (const _chunk of ledgerExport(exports.readAt(other), other).chunks());
    } catch (thrown) {
      error = thrown;
    }
    expect(String(error)).to.contain(`block ${range.to.number} was replaced while it was exported`);
  });

  it("reads a part in each turn of the event loop, so that others are answered while it is digested", async () => {
    const { exports } = books.service.gateway;
    const range = await exports.range(0, undefined);
    const readAt = exports.readAt(range);
    let turn = 0;
    let isOver = false;
    const next = (): void => {
      turn += 1;
      if (!isOver) setImmediate(next);
    };
    setImmediate(next);
    const turnsOf = async (): Promise<readonly number[]> => {
      const turns: number[] = [];
      const counted: ReadAt = (work) =>
        readAt((database) => {
          turns.push(turn);
          return work(database);
        });
      for await (const _chunk of ledgerExport(counted, range).chunks());
      return turns;
    };
    const turns = (await Promise.all([turnsOf(), turnsOf()])).flat();
    isOver = true;
    expect(turns.length).to.be.greaterThan(4);
    expect(new Set(turns).size).to.equal(turns.length);
  });

  it("reads no row for who asks for the headers only, and keeps no place for them", async () => {
    const { app } = books.service;
    const { headers } = await download();
    for (let times = 0; times < 20; times += 1) {
      const answer = await app.inject({ method: "HEAD", url: "/v1/exports/ledger" });
      expect([answer.statusCode, answer.payload]).to.deep.equal([200, ""]);
      expect(answer.headers["everyfen-seal"]).to.equal(headers["everyfen-seal"]);
    }
  });

  it("sends a few at once, says when to come back, and takes the next when one is read or given up", async () => {
    const { exports } = books.service.gateway;
    const range = await exports.range(0, undefined);
    const source = ledgerExport(exports.readAt(range), range);
    const opened = [];
    let refused: unknown;
    while (refused === undefined && opened.length < 100) {
      try {
        opened.push(await exports.open(range, `192.0.2.${opened.length}`, () => source));
      } catch (error) {
        refused = error;
      }
    }
    expect(opened.length).to.be.within(1, 99);
    expect(at(refused, "code")).to.equal("unavailable");
    expect((await download()).statusCode).to.equal(503);
    let isPrepared = false;
    const prepare = () => {
      isPrepared = true;
      return source;
    };
    await exports.open(range, "192.0.2.200", prepare).catch(() => undefined);
    expect(isPrepared, "reads nothing of what it refuses").to.equal(false);
    for (const { stream } of opened) {
      stream.destroy();
      await once(stream, "close");
    }
    expect((await download()).statusCode).to.equal(200);
  });

  it("keeps places for others where one address has taken two, whichever host of a network asks", async () => {
    const { exports } = books.service.gateway;
    const range = await exports.range(0, undefined);
    const open = (askedFrom: string) =>
      exports.open(range, askedFrom, () => ledgerExport(exports.readAt(range), range));
    const ofOne = [await open("2001:db8::1"), await open("2001:db8::2")];
    expect(at(await refusalOf(open("2001:db8::3")), "code")).to.equal("too-many-requests");
    const ofOthers = [await open("2001:db8:0:1::1"), await open("127.0.0.1")];
    expect((await download()).statusCode).to.equal(200);
    const [first] = ofOne;
    first?.stream.destroy();
    if (first !== undefined) await once(first.stream, "close");
    ofOne.push(await open("2001:db8::3"));
    for (const { stream } of [...ofOne, ...ofOthers]) stream.destroy();
  });

  it("keeps no process from ending that nobody reads", async () => {
    const { exports } = books.service.gateway;
    const range = await exports.range(0, undefined);
    const kept = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
    const before = kept();
    const opened = await exports.open(range, "192.0.2.1", () => ledgerExport(exports.readAt(range), range));
    expect(kept()).to.equal(before);
    opened.stream.destroy();
  });

  it("breaks off where it is not read in time, and gives its place to others", async () => {
    const { gateway } = books.service;
    const range = await gateway.exports.range(0, undefined);
    const source = ledgerExport(gateway.exports.readAt(range), range);
    const { header } = await gateway.exports.open(range, "192.0.2.1", () => source);
    const identity = { ...header, genesisHash: header.genesis };
    const index = { identity, read: () => expect.fail("the source reads by itself") };
    const exports = new Exports({ ...header, index, demonstration: true, longestMs: 1 });
    for (let times = 0; times < 5; times += 1) {
      const { stream } = await exports.open(range, "192.0.2.1", () => source);
      expect(String(await refusalOf(once(stream, "end")))).to.contain("was not read within");
    }
  });
});
