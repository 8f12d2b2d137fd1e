import { expect } from "chai";
import { inspect } from "node:util";
import { resolve } from "node:path";
import { InvalidConfig, readConfig } from "../../server/config.ts";

describe("the configuration", () => {
  it("needs nothing to be set", () => {
    expect(readConfig({ PATH: "/bin", PORT: "" })).to.deep.include({
      host: "127.0.0.1",
      port: 8650,
      dataDir: resolve("data"),
      logLevel: "info",
      chainId: 8650,
      finalityBlocks: 12,
      pollMs: 1_000,
      maxFeeGwei: 500,
      requestsPerMinute: 600,
      rpcRequestsPerMinute: 1_200,
      trustProxy: false,
    });
  });

  it("takes every variable", () => {
    const config = readConfig({
      HOST: "::1",
      PORT: "9000",
      PUBLIC_URL: "https://books.example",
      DATA_DIR: "/invented/folder",
      LOG_LEVEL: "warn",
      CHAIN_ID: "7",
      TRUST_PROXY: "true",
      BODY_LIMIT_BYTES: "2048",
      REQUESTS_PER_MINUTE: "60",
      RPC_REQUESTS_PER_MINUTE: "90",
      GIFT_LOOKUPS_PER_MINUTE: "3",
      SIGN_INS_PER_MINUTE: "4",
      QUEUE_LIMIT: "50",
      PREDECESSOR: `0x${"Ab".repeat(20)}`,
      FINALITY_BLOCKS: "0",
      POLL_INTERVAL_MS: "250",
      MAX_FEE_GWEI: "90",
      LEASE_SECONDS: "30",
      DATABASE_URL: "postgres://books:invented@database.example/books",
      RPC_URL: "https://node.example/",
      KEYSTORE_PASSWORD: "invented password",
    });
    expect(config).to.deep.include({
      host: "::1",
      port: 9000,
      publicUrl: "https://books.example",
      dataDir: "/invented/folder",
      logLevel: "warn",
      chainId: 7,
      trustProxy: true,
      bodyLimitBytes: 2048,
      requestsPerMinute: 60,
      rpcRequestsPerMinute: 90,
      giftLookupsPerMinute: 3,
      signInsPerMinute: 4,
      queueLimit: 50,
      expectedChainId: 7,
      predecessor: `0x${"ab".repeat(20)}`,
      finalityBlocks: 0,
      pollMs: 250,
      maxFeeGwei: 90,
      leaseSeconds: 30,
    });
    expect(config.databaseUrl?.reveal()).to.equal("postgres://books:invented@database.example/books");
    expect(config.rpcUrl?.reveal()).to.equal("https://node.example/");
    expect(config.keystorePassword?.reveal()).to.equal("invented password");
  });

  it("reports all faults at once, by variable, without their values", () => {
    const environment = {
      PORT: "65536",
      CHAIN_ID: "1e3",
      PREDECESSOR: `0x${"ab".repeat(19)}`,
      QUEUE_LIMIT: "１０",
      LOG_LEVEL: "loud",
      RPC_URL: "ftp://user:hunter2@node.example",
      DATABASE_URL: "mysql://user:hunter2@database.example/books",
      LEASE_SECONDS: "0",
      RPC_REQUESTS_PER_MINUTE: "0",
      KEYSTORE_PASSWORD: "hunter2",
      PUBLIC_URL: "https://books.example/path",
      TRUST_PROXY: "yes",
    };
    try {
      readConfig(environment);
      expect.fail("expected a refusal");
    } catch (error) {
      if (!(error instanceof InvalidConfig)) throw error;
      expect(error.faults.map(({ variable }) => variable)).to.have.members(Object.keys(environment));
      expect(error.message).to.contain("PORT: expected a whole number from 0 to 65535");
      expect(error.message).not.to.contain("hunter2");
    }
  });

  it("refuses a database of several gateways without the chain that they share", () => {
    const DATABASE_URL = "postgres://user:hunter2@database.example/books";
    for (const environment of [{ DATABASE_URL }, { DATABASE_URL, RPC_URL: "" }]) {
      expect(() => readConfig(environment))
        .to.throw(InvalidConfig, "RPC_URL: expected to be set where DATABASE_URL is")
        .with.property("message")
        .that.does.not.contain("hunter2");
    }
  });

  it("prints no secret, however it is printed", () => {
    const config = readConfig({
      RPC_URL: "https://user:hunter2hunter2@node.example:8545/v3/hunter2hunter2?key=hunter2hunter2",
      DATABASE_URL: "postgresql://user:hunter2@database.example:5433/hunter2?password=hunter2",
      KEYSTORE_PASSWORD: "hunter2hunter2",
    });
    for (const printed of [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      `${String(config.rpcUrl)} ${String(config.databaseUrl)} ${String(config.keystorePassword)}`,
      JSON.stringify(config.describe()),
    ]) {
      expect(printed).not.to.contain("hunter2");
    }
    expect(config.describe()).to.include({
      rpcUrl: "https://node.example:8545",
      databaseUrl: "postgresql://database.example:5433",
      keystorePassword: "(secret)",
    });
  });
});
