/** An auditor's own tools against /rpc: reads are answered as by any node, and nothing else is. */
import { expect } from "chai";
import { createPublicClient, http, type PublicClient } from "viem";
import { decodeLedgerLog } from "../../../chain/decode.ts";
import { claimSources, reserveOf, traceDonation, traceInterval } from "../../../chain/lens.ts";
import { parseCode, type Code } from "../../../protocol/codes/code.ts";
import { fen, position } from "../../../protocol/amounts.ts";
import { bytes32 } from "../../../protocol/ids.ts";
import { readMethods } from "../../../server/chain/rpc.ts";
import { contractOf } from "../../../server/gateway.ts";
import { at, listAt } from "../service.ts";
import { openBooks, type Books } from "./books.ts";

describe("/rpc", function () {
  this.timeout(30_000);
  let books: Books;
  let url: string;
  let client: PublicClient;

  before(async () => {
    books = await openBooks();
    const origin = await books.service.app.listen({ host: "127.0.0.1", port: 0 });
    url = `${origin}/rpc`;
    client = createPublicClient({ transport: http(url, { batch: true, retryCount: 0 }) });
  });
  after(() => books.service.close());

  const codeOf = <Kind extends Code["kind"]>(
    kind: Kind,
    text: string | undefined,
  ): Extract<Code, { kind: Kind }> => {
    const parsed = parseCode(text ?? "");
    if (!parsed.ok || !isKind(kind, parsed.code)) throw new Error(`no ${kind}: ${text}`);
    return parsed.code;
  };
  const send = async (body: unknown): Promise<unknown> => {
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", origin: "https://auditor.example" },
    });
    expect(response.status).to.equal(200);
    expect(response.headers.get("access-control-allow-origin")).to.equal("*");
    return response.json();
  };

  it("answers viem: chain, head, block, code, every log of the ledger", async () => {
    const { chain, deployment } = books.service.gateway;
    const head = await chain.head();
    expect(await client.getChainId()).to.equal(chain.chainId);
    expect(await client.getBlockNumber()).to.equal(BigInt(head.number));
    expect((await client.getBlock({ blockNumber: BigInt(head.number) })).hash).to.equal(head.hash);
    const ledger = contractOf(deployment, "ledger").address;
    expect((await client.getCode({ address: ledger }))?.length).to.be.greaterThan(10_000);
    const logs = await client.getLogs({ address: ledger, fromBlock: 0n });
    const events = logs.flatMap(
      (log) => decodeLedgerLog({ topics: [...log.topics], data: log.data })?.type ?? [],
    );
    const count = (type: string): number => events.filter((each) => each === type).length;
    expect([
      count("BatchRecorded"),
      count("ClaimFiled"),
      count("ClaimApproved"),
      count("ClaimPaid"),
    ]).to.deep.equal([4, 5, 4, 1]);
  });

  it("answers the lens: traces, sources and reserves as the API has them", async () => {
    const lens = { client, lens: contractOf(books.service.gateway.deployment, "lens").address };
    const paid = codeOf("claim", books.paid);
    const wire = await books.service.get(`/v1/claims/${books.paid}/sources`);
    const sources = await claimSources(lens, paid.claim);
    expect(sources.map(({ amount }) => amount.toString())).to.deep.equal(
      listAt(wire.body, "data", "sources").map((source) => at(source, "amountFen")),
    );
    const { programme } = codeOf("programme", books.insurance);
    const view = await books.service.get(`/v1/programmes/${books.insurance}`);
    const reserve = await reserveOf(lens, programme);
    expect(reserve.shortfall.toString()).to.equal(at(view.body, "data", "shortfall", "amount"));
    expect(reserve.available.toString()).to.equal(at(view.body, "data", "partition", "inReserve", "amount"));

    const donation = codeOf("donation", books.donations[3]);
    const proof = at((await books.service.get(`/v1/donations/${books.donations[3]}/proof`)).body, "data");
    const traced = await traceDonation(lens, {
      batch: donation.batch,
      index: donation.index,
      amount: fen(500_000n),
      commitment: bytes32(String(at(proof, "leaf", "commitment"))),
      siblings: listAt(proof, "siblings").map((sibling) => ({
        hash: bytes32(String(at(sibling, "hash"))),
        sum: fen(BigInt(String(at(sibling, "sum")))),
      })),
    });
    const trace = at((await books.service.get(`/v1/donations/${books.donations[3]}/trace`)).body, "data");
    expect(traced.slices.map(({ place, amount }) => [place, amount.toString()])).to.have.deep.members(
      listAt(trace, "slices").map((slice) => [at(slice, "place"), at(slice, "amountFen")]),
    );
    const interval = { start: traced.start, end: position(traced.start + 500_000n) };
    const { fund } = codeOf("fund", books.fund);
    expect(await traceInterval(lens, fund, interval)).to.deep.equal(traced.slices);
  });

  it("tells a revert with the contract's data", async () => {
    const lens = contractOf(books.service.gateway.deployment, "lens").address;
    const answer = await send({
      jsonrpc: "2.0",
      id: 1,
      method: "eth_call",
      params: [{ to: lens, data: "0xffffffff" }, "latest"],
    });
    expect(at(answer, "error", "code")).to.be.a("number");
    expect(at(answer, "result")).to.equal(undefined);
  });

  it("refuses writes, other namespaces and unknown methods with -32601, and makes no block", async () => {
    const { chain } = books.service.gateway;
    const before = await chain.head();
    const refused = [
      "eth_sendRawTransaction",
      "eth_sendTransaction",
      "eth_sign",
      "eth_signTransaction",
      "eth_accounts",
      "eth_newFilter",
      "eth_subscribe",
      "evm_mine",
      "evm_setNextBlockTimestamp",
      "hardhat_setBalance",
      "hardhat_impersonateAccount",
      "debug_traceTransaction",
      "personal_unlockAccount",
      "txpool_content",
      "toString",
      "__proto__",
      "",
      "ETH_CHAINID",
    ];
    for (const method of refused) {
      const answer = await send({ jsonrpc: "2.0", id: 7, method, params: [] });
      expect(at(answer, "error", "code"), method).to.equal(-32601);
      expect(at(answer, "id")).to.equal(7);
    }
    expect(
      [...readMethods].filter((method) => /send|sign|mine|set|filter|trace/i.test(method)),
    ).to.deep.equal([]);
    expect(await chain.head()).to.deep.equal(before);
  });

  it("refuses calls that bring their own code", async () => {
    for (const params of [
      [{ data: "0x5b600056" }, "latest"],
      [{ to: null, data: "0x5b600056" }, "latest"],
      [{ to: `0x${"1".repeat(40)}` }, "latest", { [`0x${"1".repeat(40)}`]: { code: "0x5b600056" } }],
      [],
    ]) {
      const answer = await send({ jsonrpc: "2.0", id: 1, method: "eth_call", params });
      expect(at(answer, "error", "code"), JSON.stringify(params)).to.equal(-32602);
    }
  });

  describe("a range", () => {
    const ask = (method: string, params: readonly unknown[]) =>
      send({ jsonrpc: "2.0", id: 1, method, params });
    const logsOf = (range: Readonly<Record<string, unknown>>) => {
      const address = contractOf(books.service.gateway.deployment, "ledger").address;
      return ask("eth_getLogs", [{ address, ...range }]);
    };

    it("of logs has up to 10,000 blocks, also past the head; parts of it make the whole", async () => {
      const whole = listAt(await logsOf({ fromBlock: "0x0", toBlock: "latest" }), "result");
      expect(whole.length).to.be.greaterThan(10);
      expect(listAt(await logsOf({ fromBlock: "0x0", toBlock: "0x270f" }), "result")).to.deep.equal(whole);
      expect(listAt(await logsOf({ fromBlock: "earliest", blockHash: null }), "result")).to.deep.equal(whole);
      const last = String(at(whole.at(-1), "blockHash"));
      const ofBlock = whole.filter((log) => at(log, "blockHash") === last);
      expect(listAt(await logsOf({ blockHash: last }), "result")).to.deep.equal(ofBlock);
    });

    it("of logs that is longer is refused with the limit and what to do", async () => {
      for (const range of [
        { fromBlock: "0x0", toBlock: "0x2710" },
        { fromBlock: "earliest", toBlock: "0x2710", blockHash: null },
      ]) {
        expect(at(await logsOf(range), "error")).to.deep.equal({
          code: -32_005,
          message: "eth_getLogs: 10001 blocks, at most 10000 in one question; ask in parts",
        });
      }
    });

    it("of logs whose ends cannot be read is refused, whatever the chain would make of it", async () => {
      for (const end of ["0x00", 0, "0", "newest", "0x1234567890abc", {}]) {
        for (const range of [{ fromBlock: end }, { fromBlock: "0x0", toBlock: end }]) {
          const answer = await logsOf(range);
          expect(at(answer, "error", "code"), JSON.stringify(range)).to.equal(-32_602);
          expect(at(answer, "error", "message")).to.match(/^eth_getLogs: (from|to)Block: expected a number/);
        }
      }
      expect(at(await ask("eth_getLogs", []), "error", "code")).to.equal(-32_602);
    });

    it("of fees has up to 1,024 blocks and 100 percentiles", async () => {
      expect(at(await ask("eth_feeHistory", ["0x4", "latest", [50]]), "result", "oldestBlock")).to.match(
        /^0x/,
      );
      expect(at(await ask("eth_feeHistory", ["0x400", "latest", []]), "error")).to.equal(undefined);
      expect(at(await ask("eth_feeHistory", ["0x401", "latest", []]), "error")).to.deep.equal({
        code: -32_005,
        message: "eth_feeHistory: 1025 blocks, at most 1024 in one question; ask in parts",
      });
      const percentiles = Array.from({ length: 101 }, (_, at) => at);
      const many = await ask("eth_feeHistory", ["0x1", "latest", percentiles]);
      expect(at(many, "error", "code")).to.equal(-32_005);
      for (const count of [undefined, 4, "latest"]) {
        const answer = await ask("eth_feeHistory", count === undefined ? [] : [count, "latest", []]);
        expect(at(answer, "error", "code"), String(count)).to.equal(-32_602);
      }
    });
  });

  it("answers a batch call by call, in order, whatever fails in it", async () => {
    const answers = await send([
      { jsonrpc: "2.0", id: "a", method: "eth_chainId" },
      { jsonrpc: "2.0", id: "b", method: "eth_sendRawTransaction", params: ["0x"] },
      { jsonrpc: "2.0", id: 3, method: "eth_blockNumber", params: [] },
    ]);
    expect(listAt(answers).map((each) => at(each, "id"))).to.deep.equal(["a", "b", 3]);
    expect(at(answers, 0, "result")).to.equal(`0x${books.service.gateway.chain.chainId.toString(16)}`);
    expect(at(answers, 1, "error", "code")).to.equal(-32601);
    expect(at(answers, 2, "result")).to.match(/^0x[0-9a-f]+$/);
  });

  it("takes no empty, oversized or malformed batch", async () => {
    const call = { jsonrpc: "2.0", id: 1, method: "eth_chainId" };
    for (const body of [
      [],
      Array.from({ length: 51 }, () => call),
      { ...call, jsonrpc: "1.0" },
      "eth_chainId",
    ]) {
      const response = await fetch(url, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      });
      expect(response.status).to.equal(400);
    }
  });

  it("lets pages of any origin ask, and only that", async () => {
    const preflight = await fetch(url, {
      method: "OPTIONS",
      headers: {
        origin: "https://auditor.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
      },
    });
    expect(preflight.status).to.equal(204);
    expect(preflight.headers.get("access-control-allow-origin")).to.equal("*");
    expect(preflight.headers.get("access-control-allow-methods")).to.equal("POST");
    expect(preflight.headers.get("access-control-allow-headers")).to.equal("content-type");
    expect(preflight.headers.get("access-control-allow-credentials")).to.equal(null);
    const elsewhere = await fetch(url.replace("/rpc", "/v1/summary"), {
      headers: { origin: "https://auditor.example" },
    });
    expect(elsewhere.headers.get("access-control-allow-origin")).to.equal(null);
  });
});

const isKind = <Kind extends Code["kind"]>(kind: Kind, code: Code): code is Extract<Code, { kind: Kind }> =>
  code.kind === kind;
