import { expect } from "chai";
import { InvalidConfig } from "../../server/config.ts";
import { exitCodeOf, exitCodes, lastWordsOf } from "../../server/exit-codes.ts";
import { DataFolderInUse } from "../../server/folder.ts";
import { OutboxBehindIndex } from "../../server/index/agreement.ts";
import { SenderStopped } from "../../server/outbox/errors.ts";
import { ForeignOutbox, ReplayDiverged } from "../../server/outbox/replay.ts";
import { UnreadableEvidence } from "../../server/replica/evidence.ts";
import { DamagedReplica } from "../../server/replica/kept.ts";
import { NotEmbedded, NotOutside } from "../../server/replica/source.ts";
import { ForeignKeys } from "../../server/stores.ts";
import { bytes32 } from "../../protocol/ids.ts";

const hash = bytes32(`0x${"11".repeat(32)}`);
const damaged = Object.assign(new Error("database disk image is malformed"), { errcode: 11 });

describe("the code that the process ends with", () => {
  const cases = [
    ["78 where the configuration is at fault", new InvalidConfig([]), exitCodes.config],
    ["78 where another gateway has the folder", new DataFolderInUse("folder", 1), exitCodes.config],
    ["78 where the folder is another chain's", new ForeignOutbox("1", "2"), exitCodes.config],
    ["78 where the database is that of other keys", new ForeignKeys(), exitCodes.config],
    ["65 where the replay makes another block", new ReplayDiverged(3, hash, "x"), exitCodes.data],
    ["65 where the outbox lost its end", new OutboxBehindIndex(3, hash, undefined), exitCodes.data],
    ["65 where what a replica kept is not what it makes of it", new DamagedReplica("x"), exitCodes.data],
    ["65 where evidence is none", new UnreadableEvidence("file", "is not JSON"), exitCodes.data],
    ["78 where there is no operator's chain to make again", new NotEmbedded(1), exitCodes.config],
    [
      "78 where a folder watches a chain outside and the operator has its own",
      new NotOutside(),
      exitCodes.config,
    ],
    ["65 where a store's file is damaged", damaged, exitCodes.data],
    ["that of the cause where the sender stopped", new SenderStopped(damaged), exitCodes.data],
    ["75 for everything else, such as a full disk", new Error("database or disk is full"), exitCodes.retry],
    ["75 where the sender stopped for such", new SenderStopped(new Error("disk")), exitCodes.retry],
    ["75 for what is no error at all", "something", exitCodes.retry],
  ] as const;
  for (const [what, error, code] of cases) {
    it(`is ${what}`, () => expect(exitCodeOf(error)).to.equal(code));
  }

  it("comes with what to do, also where SQLite only names a symptom", () => {
    expect(lastWordsOf(damaged)).to.contain("restore the data folder from its backup");
    expect(lastWordsOf(new Error("said"))).to.equal("said");
  });
});
