import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import { expect } from "chai";
import { createPublicClient, http, keccak256 } from "viem";
import { ledgerAbi } from "../../chain/abi/ledger.ts";
import { lensAbi } from "../../chain/abi/lens.ts";
import { address } from "../../protocol/ids.ts";
import { deployCommand, exitCodes } from "../../scripts/deploy/command.ts";

const chainId = 777;
const deployerKey = `0x${"5a".repeat(32)}`;
const admin = address(`0x${"ad".repeat(20)}`);

describe("npm run deploy", () => {
  let close: () => Promise<void>;
  let rpc: string;
  let lines: string[];
  let errors: string[];

  before(async function () {
    // Compiling is counted here where nothing was compiled before.
    this.timeout(120_000);
    const runtime = await createHardhatRuntimeEnvironment({
      networks: {
        outside: {
          type: "edr-simulated",
          chainType: "l1",
          chainId,
          hardfork: "prague",
          accounts: [{ privateKey: deployerKey, balance: "1000000000000000000" }],
        },
      },
    });
    const server = await runtime.network.createServer({ network: "outside" }, "127.0.0.1", 0);
    const { port } = await server.listen();
    rpc = `http://127.0.0.1:${port}`;
    close = () => server.close();
  });
  after(() => close());
  beforeEach(() => {
    [lines, errors] = [[], []];
  });

  const call = (values: readonly string[], key: string | undefined = deployerKey) =>
    deployCommand(values, {
      environment: { DEPLOYER_KEY: key },
      print: (line) => lines.push(line),
      printError: (line) => errors.push(line),
    });
  const valueOf = (contract: string, name: string): string => {
    const from = lines.indexOf(contract);
    return (
      lines
        .slice(from)
        .find((line) => line.trim().startsWith(name))
        ?.trim()
        .split(/ {2,}/)[1] ?? ""
    );
  };

  it("puts ledger and lens on the chain, wired to each other, and prints addresses and code hashes", async () => {
    const exitCode = await call(["--rpc", rpc, "--chain-id", "777", "--admin", admin]);
    expect(errors).to.deep.equal([]);
    expect(exitCode).to.equal(exitCodes.deployed);
    const client = createPublicClient({ transport: http(rpc) });
    const [ledger, lens] = [address(valueOf("ledger", "address")), address(valueOf("lens", "address"))];
    for (const [name, at] of [
      ["ledger", ledger],
      ["lens", lens],
    ] as const) {
      const code = await client.getCode({ address: at });
      expect(keccak256(code ?? "0x")).to.equal(valueOf(name, "code hash"));
    }
    const read = { address: ledger, abi: ledgerAbi } as const;
    expect((await client.readContract({ ...read, functionName: "defaultAdmin" })).toLowerCase()).to.equal(
      admin,
    );
    expect(await client.readContract({ ...read, functionName: "defaultAdminDelay" })).to.equal(172_800);
    const wired = await client.readContract({ address: lens, abi: lensAbi, functionName: "ledger" });
    expect(wired.toLowerCase()).to.equal(ledger);
  });

  it("names the predecessor of a successor", async () => {
    const predecessor = address(`0x${"0e".repeat(20)}`);
    const more = ["--predecessor", predecessor, "--admin-delay", "60"];
    expect(await call(["--rpc", rpc, "--chain-id", "777", ...more])).to.equal(exitCodes.deployed);
    const client = createPublicClient({ transport: http(rpc) });
    const read = { address: address(valueOf("ledger", "address")), abi: ledgerAbi } as const;
    expect((await client.readContract({ ...read, functionName: "PREDECESSOR" })).toLowerCase()).to.equal(
      predecessor,
    );
    expect(await client.readContract({ ...read, functionName: "defaultAdminDelay" })).to.equal(60);
  });

  it("refuses a node on another chain, and nothing is sent", async () => {
    const client = createPublicClient({ transport: http(rpc) });
    const before = await client.getBlockNumber({ cacheTime: 0 });
    expect(await call(["--rpc", rpc, "--chain-id", "1"])).to.equal(exitCodes.failed);
    expect(errors).to.deep.equal(["deploy: chain 1 is meant, the node is on chain 777; nothing was sent"]);
    expect(await client.getBlockNumber({ cacheTime: 0 })).to.equal(before);
  });

  it("says what the node says, without the node's URL", async () => {
    const secret = "http://127.0.0.1:1/secret-of-the-url";
    expect(await call(["--rpc", secret, "--chain-id", "777"])).to.equal(exitCodes.failed);
    expect(errors).to.have.length(1);
    expect(errors.join()).to.not.contain("secret-of-the-url");
  });

  const wrong: readonly (readonly [string, readonly string[], string | undefined, string])[] = [
    ["no node", ["--chain-id", "777"], deployerKey, "--rpc and --chain-id are needed"],
    ["no chain", ["--rpc", "http://127.0.0.1:1"], deployerKey, "--rpc and --chain-id are needed"],
    [
      "a chain that is no number",
      ["--rpc", "http://127.0.0.1:1", "--chain-id", "0x309"],
      deployerKey,
      "--chain-id",
    ],
    ["a node that is no URL", ["--rpc", "node", "--chain-id", "777"], deployerKey, "--rpc: expected"],
    [
      "an admin that is no address",
      ["--rpc", "http://127.0.0.1:1", "--chain-id", "1", "--admin", "me"],
      deployerKey,
      "--admin",
    ],
    ["an unknown option", ["--fast"], deployerKey, "--fast"],
    ["no key", ["--rpc", "http://127.0.0.1:1", "--chain-id", "777"], "", "DEPLOYER_KEY: expected"],
    [
      "a key of zeros",
      ["--rpc", "http://127.0.0.1:1", "--chain-id", "777"],
      `0x${"00".repeat(32)}`,
      "DEPLOYER_KEY: is no private key",
    ],
  ];
  for (const [what, values, key, message] of wrong) {
    it(`ends with 2 and says how it is called for ${what}`, async () => {
      expect(await call(values, key)).to.equal(exitCodes.wrongCall);
      expect(errors.join("\n")).to.contain(message).and.to.contain("npm run deploy -- --rpc URL");
    });
  }

  it("says so where the deployer cannot pay", async () => {
    expect(await call(["--rpc", rpc, "--chain-id", "777"], `0x${"5b".repeat(32)}`)).to.equal(
      exitCodes.failed,
    );
    expect(errors.join()).to.match(/enough funds/);
  });

  it("never prints the key", async () => {
    await call(["--rpc", rpc, "--chain-id", "777"]);
    await call(["--rpc", rpc, "--chain-id", "1"]);
    await call(["--rpc", rpc, "--chain-id", "x"], `${deployerKey}0`);
    expect([...lines, ...errors].join("\n")).to.not.contain(deployerKey.slice(2, 40));
  });
});
