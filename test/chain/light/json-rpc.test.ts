import { expect } from "chai";
import { createServer, type Server } from "node:http";
import { eventReaders } from "../../../chain/light/events.ts";
import { jsonRpc, type Post } from "../../../chain/light/json-rpc.ts";
import { eventsOf } from "../../../chain/light/logs.ts";
import { lightNode } from "../../../chain/light/node.ts";
import { topicOf } from "../../../chain/light/words.ts";
import { address } from "../../../protocol/ids.ts";
import { Unanswered } from "../../../protocol/verify/steps.ts";
import { logRangeBlocks } from "../../../server/chain/rpc.ts";

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

const callsIn = (body: string): readonly Call[] => JSON.parse(body) as readonly Call[];

/** Answers each call by itself. */
const answering =
  (answer: (call: Call) => object, bodies: string[] = []): Post =>
  async (_url, body) => {
    bodies.push(body);
    const answers = callsIn(body).map((call) => ({ jsonrpc: "2.0", id: call.id, ...answer(call) }));
    return { status: 200, text: JSON.stringify(answers.toReversed()) };
  };

const reasonOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Unanswered) return `${error.reason} ${error.detail}`.trim();
    throw error;
  }
  return "answered";
};

describe("JSON-RPC without a library", () => {
  it("sends the calls of one moment together, at most 20 at once, and gives each its own answer", async () => {
    const bodies: string[] = [];
    const request = jsonRpc(
      "http://node.example",
      answering(({ params }) => ({ result: params[0] }), bodies),
    );
    const numbers = Array.from({ length: 45 }, (_, number) => number);
    expect(await Promise.all(numbers.map((number) => request("echo", [number])))).to.deep.equal(numbers);
    expect(bodies.map((body) => callsIn(body).length)).to.deep.equal([20, 20, 5]);
  });

  it("takes null for an answer, and tells an error, silence and garbage apart", async () => {
    const ask = (post: Post) => reasonOf(jsonRpc("http://node.example", post)("eth_chainId", []));
    expect(await ask(answering(() => ({ result: null })))).to.equal("answered");
    expect(await ask(answering(() => ({ error: { code: -32_000, message: "too busy" } })))).to.equal(
      "refused too busy",
    );
    expect(await ask(async () => Promise.reject(new Unanswered("unreachable", "no route")))).to.equal(
      "unreachable no route",
    );
    expect(await ask(async () => ({ status: 200, text: "<html>" }))).to.equal("garbled HTTP 200");
    expect(await ask(async () => ({ status: 503, text: "<html>" }))).to.equal("refused HTTP 503");
    expect(await ask(async () => ({ status: 200, text: "[]" }))).to.equal("garbled no result");
    expect(
      await ask(async () => ({ status: 200, text: '{"error":{"code":-32005,"message":"one at a time"}}' })),
    ).to.equal("refused one at a time");
  });
});

describe("a node that answers without end", () => {
  let server: Server;
  let url: string;
  let sentBytes = 0;
  before(async () => {
    const megabyte = Buffer.alloc(1_048_576, " ");
    server = createServer((_request, response) => {
      const send = (): void => {
        sentBytes += megabyte.length;
        if (response.write(megabyte)) setImmediate(send);
      };
      response.on("drain", send).on("error", () => response.destroy());
      send();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const bound = server.address();
    url = `http://127.0.0.1:${typeof bound === "object" && bound !== null ? bound.port : 0}`;
  });
  after(async () => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  it("is read no further than 32 MiB, and has not answered", async () => {
    expect(await reasonOf(jsonRpc(url)("eth_chainId", []))).to.match(/^tooMany .* 33554432 bytes$/);
    expect(sentBytes).to.be.within(32 * 1_048_576, 64 * 1_048_576);
  });

  it("is told apart from one that nobody is at", async () => {
    expect(await reasonOf(jsonRpc("http://127.0.0.1:9")("eth_chainId", []))).to.match(/^unreachable/);
  });
});

describe("a node that answers something else", () => {
  const node = (result: unknown) => lightNode(async () => result);

  it("has not answered", async () => {
    const asked: readonly (readonly [unknown, (of: ReturnType<typeof node>) => Promise<unknown>])[] = [
      ["8650", (of) => of.chainId()],
      [undefined, (of) => of.hasCode(address(`0x${"11".repeat(20)}`))],
      [{ number: "0x1", hash: "0x12", timestamp: "0x1" }, (of) => of.newest()],
      [{ number: "0x2", hash: `0x${"12".repeat(32)}`, timestamp: "0x1" }, (of) => of.block(1)],
      [{}, (of) => of.block(1)],
    ];
    for (const [result, ask] of asked) {
      expect(await reasonOf(ask(node(result))), JSON.stringify(result)).to.match(/^garbled/);
    }
    expect(await node(null).block(1)).to.equal(undefined);
  });
});

describe("logs of a node that refuses long ranges", () => {
  const ledger = address(`0x${"11".repeat(20)}`);
  const query = { ledger, fromBlock: 0, toBlock: 99, topics: [topicOf(1)] };
  const reader = eventReaders.HeadNoted;

  it("are asked for in parts, each once", async () => {
    const ranges: string[] = [];
    const request = async (_method: string, [filter]: readonly unknown[]): Promise<unknown> => {
      const { fromBlock, toBlock } = filter as { readonly fromBlock: string; readonly toBlock: string };
      if (Number(toBlock) - Number(fromBlock) >= 30) throw new Unanswered("refused", "range too long");
      ranges.push(`${Number(fromBlock)}-${Number(toBlock)}`);
      return [];
    };
    expect(await eventsOf(request, reader, query)).to.deep.equal([]);
    expect(ranges).to.deep.equal(["0-24", "25-49", "50-74", "75-99"]);
  });

  it("reach over the longest embedded chain, of 100,000 blocks, in questions of at most 10,000", async () => {
    let [next, refused] = [0, 0];
    const request = async (_method: string, [filter]: readonly unknown[]): Promise<unknown> => {
      const { fromBlock, toBlock } = filter as { readonly fromBlock: string; readonly toBlock: string };
      if (Number(toBlock) - Number(fromBlock) >= logRangeBlocks) {
        refused += 1;
        throw new Unanswered("refused", "at most 10000 in one question");
      }
      expect(Number(fromBlock)).to.equal(next);
      next = Number(toBlock) + 1;
      return [];
    };
    await eventsOf(request, reader, { ...query, toBlock: 100_000 });
    expect([next, refused]).to.deep.equal([100_001, 15]);
  });

  it("are given up after a bounded number of parts, and never where nobody is there", async () => {
    let asked = 0;
    const refusing = async (): Promise<never> => {
      asked += 1;
      throw new Unanswered("refused", "no");
    };
    expect(await reasonOf(eventsOf(refusing, reader, { ...query, toBlock: 1_000_000 }))).to.equal(
      "refused no",
    );
    expect(asked).to.be.at.most(64);
    asked = 0;
    const silent = async (): Promise<never> => {
      asked += 1;
      throw new Unanswered("unreachable");
    };
    expect(await reasonOf(eventsOf(silent, reader, query))).to.equal("unreachable");
    expect(asked).to.equal(1);
  });

  it("are refused where they are not what was asked for", async () => {
    const log = {
      address: ledger,
      blockNumber: "0x5",
      logIndex: "0x0",
      topics: [`0x${"ab".repeat(32)}`, topicOf(1), topicOf(2)],
      data: `0x${"cd".repeat(32)}`,
    };
    const of = (change: object) => reasonOf(eventsOf(async () => [{ ...log, ...change }], reader, query));
    expect(await of({})).to.equal("garbled logs that were not asked for");
    expect(await of({ topics: "none" })).to.equal("garbled no topics");
    expect(await of({ blockNumber: "0x64" })).to.equal("garbled logs that were not asked for");
    expect(await reasonOf(eventsOf(async () => "none", reader, query))).to.equal("garbled no list of logs");
    const many = Array.from({ length: 20_001 }, () => log);
    expect(await reasonOf(eventsOf(async () => many, reader, query))).to.equal("tooMany 20001");
  });
});
