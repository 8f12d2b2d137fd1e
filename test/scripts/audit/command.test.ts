import { expect } from "chai";
import { createServer } from "node:http";
import { InvalidCall, readCall } from "../../../scripts/audit/arguments.ts";
import { auditCommand } from "../../../scripts/audit/command.ts";

const ledger = `0x${"1e".repeat(20)}`;
const call = ["--rpc", "http://127.0.0.1:1/rpc", "--ledger", ledger];

const run = async (values: readonly string[]) => {
  const [lines, errors]: [string[], string[]] = [[], []];
  const progress = { write: (text: string) => errors.push(text) };
  const exitCode = await auditCommand(values, { progress, print: (line) => lines.push(line) });
  return { exitCode, lines, errors: errors.join("") };
};

describe("npm run audit: the call", () => {
  const wrong: readonly (readonly [string, readonly string[], string])[] = [
    ["without a node", ["--ledger", ledger], "--rpc is needed"],
    ["without a ledger", call.slice(0, 2), "--ledger is needed"],
    ["with a ledger that is none", [...call.slice(0, 2), "--ledger", "0x12"], "--ledger: expected 0x and 40"],
    ["with a node that is no address", ["--rpc", "localhost", "--ledger", ledger], "--rpc: expected http://"],
    ["with a block that is no number", [...call, "--block", "latest"], "--block: expected a whole number"],
    ["with a sample and all", [...call, "--sample", "3", "--all"], "give one of them"],
    [
      "with a file and a node",
      [...call, "--file", "a.ndjson"],
      "--file goes with --json only, not with --rpc",
    ],
    ["with an option that nobody knows", [...call, "--fast"], "fast"],
  ];
  for (const [name, values, message] of wrong) {
    it(`${name} is refused with code 2, the reason and the usage`, async () => {
      expect(() => readCall(values)).to.throw(InvalidCall, message);
      const { exitCode, errors } = await run(values);
      expect(exitCode).to.equal(2);
      expect(errors).to.contain(message).and.to.contain("npm run audit -- --rpc URL");
    });
  }

  it("with a file that is not there ends with 2", async () => {
    const { exitCode, errors } = await run(["--file", "nowhere.ndjson"]);
    expect(exitCode).to.equal(2);
    expect(errors).to.contain("nowhere.ndjson");
  });

  it("takes everything that it names", () => {
    const given = [
      ...call,
      "--gateway",
      "http://localhost:8650/",
      "--block",
      "7",
      "--from-block",
      "3",
      "--all",
    ];
    expect(readCall(given)).to.deep.equal({
      kind: "node",
      rpc: "http://127.0.0.1:1/rpc",
      ledger,
      gateway: "http://localhost:8650",
      block: 7,
      fromBlock: 3,
      sample: Number.POSITIVE_INFINITY,
    });
  });

  it("ends with 3 where the node tells no history, without its URL in the words", async () => {
    const server = createServer((_request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code: -32601, message: "not here" } }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const bound = server.address();
    const port = typeof bound === "object" && bound !== null ? bound.port : 0;
    const { exitCode, errors, lines } = await run([
      "--rpc",
      `http://127.0.0.1:${port}/secret`,
      "--ledger",
      ledger,
    ]);
    await new Promise((resolve) => server.close(resolve));
    expect(exitCode).to.equal(3);
    expect(lines).to.deep.equal([]);
    expect(errors).to.contain("could not be read").and.not.to.contain("secret");
  });
});
