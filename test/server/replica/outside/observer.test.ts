/** Watching what an operator signs on a chain that others make: what is honest, and what is said of what is not. */
import { expect } from "chai";
import { bytes32 } from "../../../../protocol/ids.ts";
import { judge } from "../../../../server/heads/contradiction.ts";
import type { ConcludedAttempt } from "../../../../server/outbox/attempts.ts";
import { Finding } from "../../../../server/replica/finding.ts";
import { KeptAttempts } from "../../../../server/replica/outside/kept-attempts.ts";
import { askedNode } from "../../../../server/replica/outside/node.ts";
import { Observer } from "../../../../server/replica/outside/observer.ts";
import { NotOutside, sourceOf, Unreachable, type Fetch } from "../../../../server/replica/source.ts";
import { runReplica } from "../../../../server/commands/replica.ts";
import { temporaryFolder } from "../../gateway.ts";
import { account, attemptOf, bumped, cancelled, hashOf, nodeOf, otherAccount, showing } from "./gateway.ts";

const from = "http://operator.invalid";

describe("watching a chain outside", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let kept: KeptAttempts;
  let shown: readonly ConcludedAttempt[];
  const observer = (ask: Fetch = showing(() => shown), node?: ReturnType<typeof nodeOf>): Observer =>
    new Observer({
      source: sourceOf(from, ask),
      kept,
      ...(node === undefined ? {} : { node: askedNode(from, node) }),
    });
  const found = async (look: Promise<unknown>): Promise<Finding> => {
    const error: unknown = await look.catch((thrown: unknown) => thrown);
    if (!(error instanceof Finding)) throw new Error(`found nothing, but ${JSON.stringify(error)}`);
    return error;
  };

  beforeEach(async () => {
    folder = temporaryFolder();
    kept = await KeptAttempts.open(`${folder.path}/attempts.db`);
    shown = await Promise.all([attemptOf(0), attemptOf(1), attemptOf(2)]);
  });
  afterEach(async () => {
    await kept.close();
    folder.remove();
  });

  it("says how many transactions it read, over pages, and reads on from there", async () => {
    const all = await Promise.all(Array.from({ length: 60 }, (_, nonce) => attemptOf(nonce)));
    shown = all.slice(0, 55);
    const watching = observer();
    expect(await watching.look()).to.deep.equal({ transactions: 55, accounts: 1, block: 55 });
    shown = all;
    expect(await watching.look()).to.include({ transactions: 60 });
    expect(await observer().look()).to.include({ transactions: 60 });
  });

  it("is silent on raised fees, cancellations, and a cancellation that came too late", async () => {
    shown = [
      await attemptOf(0, [{}, bumped]),
      await attemptOf(1, [{}, bumped, cancelled]),
      await attemptOf(2, [cancelled, {}]),
      await attemptOf(3, [cancelled]),
    ];
    const watching = observer();
    expect(await watching.look()).to.include({ transactions: 4 });
    expect(await watching.look()).to.include({ transactions: 4 });
    shown = [...shown.slice(0, 3), await attemptOf(3, [cancelled]), await attemptOf(4)];
    expect(await watching.look()).to.include({ transactions: 5 });
  });

  const proven = async (finding: Finding, nonce: number): Promise<void> => {
    expect(finding.kind).to.equal("rewritten");
    const [evidence] = finding.evidence;
    if (evidence === undefined) throw new Error("no evidence");
    const signer = account.address.toLowerCase();
    expect(await judge(evidence)).to.deep.equal({ stands: true, signer, at: nonce });
  };

  it("proves two histories where one attempt shows two calls, cancelled in between or not", async () => {
    for (const versions of [
      [{}, { data: "0x99" }],
      [{}, cancelled, { value: 1n }],
      [cancelled, { to: null }, {}],
    ] as const) {
      shown = [await attemptOf(0, versions)];
      await proven(await found(observer().look()), 0);
    }
  });

  it("proves two histories where the last page is another now, and where an early one is after a restart", async () => {
    const watching = observer();
    await watching.look();
    shown = [...shown.slice(0, 2), await attemptOf(2, [{ data: "0x99" }])];
    await proven(await found(watching.look()), 2);
    shown = await Promise.all([attemptOf(0, [{ data: "0x99" }]), attemptOf(1), attemptOf(2)]);
    await proven(await found(observer().look()), 0);
  });

  it("proves them in earlier pages too where the operator fell back behind what it showed", async () => {
    const all = await Promise.all(Array.from({ length: 52 }, (_, nonce) => attemptOf(nonce)));
    shown = all;
    const watching = observer();
    await watching.look();
    shown = [...all.slice(0, 20), await attemptOf(20, [{ data: "0x99" }])];
    await proven(await found(watching.look()), 20);
  });

  it("proves them where one page shows an account's number twice", async () => {
    const second = await attemptOf(0, [{ data: "0x99" }]);
    shown = [await attemptOf(0), { ...second, sequence: 2 }];
    await proven(await found(observer().look()), 0);
  });

  it("says that what was shown is withdrawn, and is quiet again once it is back", async () => {
    const [first, second] = shown;
    const all = shown;
    const watching = observer();
    await watching.look();
    shown = [first, second].filter((each) => each !== undefined);
    for (const looking of [watching, observer()]) {
      const { kind, message } = await found(looking.look());
      expect(kind).to.equal("withdrawn");
      expect(message).to.contain("transaction 2 of");
    }
    shown = all;
    expect(await watching.look()).to.include({ transactions: 3 });
  });

  it("says that what was called final is elsewhere now", async () => {
    await observer().look();
    const [first, ...more] = shown;
    if (first === undefined) throw new Error("nothing is shown");
    for (const moved of [
      { ...first, blockHash: hashOf(99) },
      { ...first, blockNumber: 99 },
      await attemptOf(0, [{}, bumped]),
    ]) {
      shown = [moved, ...more];
      expect(await found(observer().look())).to.include({ kind: "otherBlock" });
    }
  });

  it("names what is no transaction of that account, number, chain or hash", async () => {
    const [honest] = shown;
    const [version] = honest?.versions ?? [];
    if (honest === undefined || version === undefined) throw new Error("nothing is shown");
    const foreign = await attemptOf(0, [{ chainId: 5 }]);
    const cases: readonly (readonly [string, ConcludedAttempt])[] = [
      ["otherAccount", await attemptOf(0, [{}], otherAccount)],
      ["otherAccount", { ...honest, nonce: 7 }],
      ["foreignTransaction", foreign],
      ["otherBytes", { ...honest, versions: [{ ...version, raw: "0x1234" }] }],
      ["otherBytes", { ...honest, versions: [{ ...version, hash: hashOf(1) }] }],
      ["inconsistent", { ...honest, transaction: hashOf(1) }],
      ["tooLong", { ...honest, versions: Array.from({ length: 1_001 }, () => version) }],
    ];
    for (const [kind, attempt] of cases) {
      shown = [attempt];
      expect((await found(observer().look())).kind, kind).to.equal(kind);
    }
    expect(await kept.counted()).to.include({ transactions: 0 });
  });

  it("notices another chain, block 0 or ledger, a chain of the operator's own, and pages that lead nowhere", async () => {
    await observer().look();
    const other = { otherChain: { chainId: 5 }, otherGenesis: { genesis: hashOf(1) } };
    for (const [kind, place] of Object.entries(other)) {
      expect(await found(observer(showing(() => shown, place)).look())).to.include({ kind });
    }
    const elsewhere = { ledger: `0x${"44".repeat(20)}` };
    expect(await found(observer(showing(() => shown, elsewhere)).look())).to.include({ kind: "otherLedger" });
    const own = observer(async () => Response.json({ data: { kind: "embedded" } }));
    expect(await own.look().catch((error: unknown) => error)).to.be.instanceOf(NotOutside);
    const looping: Fetch = async (url, init) => {
      const body: unknown = await (await showing(() => shown)(url, init)).json();
      const data = typeof body === "object" && body !== null && "data" in body ? body.data : {};
      return Response.json({ data: Object.assign({}, data, { next: 0 }) });
    };
    expect(await found(observer(looping).look())).to.include({ kind: "disorder" });
  });

  it("asks a node whether it has each block and transaction", async () => {
    const [first, second, third] = shown;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error("nothing is shown");
    expect(await observer(undefined, nodeOf(shown)).look()).to.include({ transactions: 3 });
    const other = { ...second, blockHash: bytes32(`0x${"ab".repeat(32)}`) };
    const differs = await found(observer(undefined, nodeOf([first, other, third])).look());
    expect(differs.kind).to.equal("notInNode");
    expect(differs.message).to.contain(other.blockHash);
    const missing = await found(observer(undefined, nodeOf([first, second])).look());
    expect(missing.kind).to.equal("notInNode");
    expect(missing.message).to.contain("it does not know that transaction");
  });

  it("does not take a node that is behind, silent or on another chain for an answer", async () => {
    const behind: unknown = await observer(undefined, nodeOf(shown, 1))
      .look()
      .catch((error: unknown) => error);
    expect(behind).to.be.instanceOf(Unreachable).with.property("message").that.contains("its newest is 1");
    const garbage: unknown = await observer(undefined, async () => "garbage")
      .look()
      .catch((error: unknown) => error);
    expect(garbage).to.be.instanceOf(Unreachable).with.property("message").that.contains("the node of --rpc");
    const honest = nodeOf(shown);
    const elsewhere = observer(undefined, async (method, params) =>
      method === "eth_chainId" ? "0x5" : honest(method, params),
    );
    expect(await found(elsewhere.look())).to.include({ kind: "otherChain" });
  });

  it("says nothing of the whole where it was ended before it had read the whole", async () => {
    shown = await Promise.all(Array.from({ length: 51 }, (_, nonce) => attemptOf(nonce)));
    const source = sourceOf(
      from,
      showing(() => shown),
    );
    const ended = new Observer({ source, kept, signal: AbortSignal.abort() });
    expect(await ended.look().catch((error: unknown) => error)).to.be.instanceOf(Unreachable);
  });

  it("begins too where the gateway did not answer at first, and the folder of another kind is refused", async () => {
    const lines: string[] = [];
    const print = (line: string): number => lines.push(line);
    let asked = 0;
    const run = (fetch: Fetch): Promise<number> =>
      runReplica(["--data", `${folder.path}/late`, "--from", from, "--once"], {
        output: { print, printError: print },
        signal: AbortSignal.any([]),
        fetch,
      });
    const late: Fetch = async (url, init) => {
      asked += 1;
      if (asked === 1) throw new Error("nobody is there");
      return showing(() => shown)(url, init);
    };
    expect(await run(late)).to.equal(0);
    expect(lines.at(-1)).to.contain("3 transactions of 1 accounts");
    expect(await run(async () => Response.json({ data: { kind: "embedded" } }))).to.equal(78);
    expect(lines.at(-1)).to.contain("choose another folder");
  });

  it("is what npm run replica does for such a gateway, with the evidence in a file, and says what it does not do", async () => {
    const lines: string[] = [];
    const print = (line: string): number => lines.push(line);
    const run = (...values: readonly string[]): Promise<number> =>
      runReplica(["--data", `${folder.path}/replica`, ...values], {
        output: { print, printError: print },
        signal: new AbortController().signal,
        fetch: showing(() => shown),
      });
    expect(await run("--from", from, "--once")).to.equal(0);
    expect(lines.join("\n"))
      .to.contain("nothing is executed here")
      .and.to.contain("no node is asked")
      .and.to.contain("3 transactions of 1 accounts, the last in block 3: none contradicts another");
    shown = [await attemptOf(0, [{}, { data: "0x99" }])];
    expect(await run("--from", from, "--once")).to.equal(65);
    const [, path = ""] = /evidence: ([^;]+);/.exec(lines.join("\n")) ?? [];
    expect(
      await runReplica(["--check-evidence", path], {
        output: { print, printError: print },
        signal: new AbortController().signal,
      }),
    ).to.equal(0);
    expect(lines.at(-1)).to.contain("signed two transactions with its number 0 that do different things");
  });
});
