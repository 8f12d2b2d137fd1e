import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  DataFolderInUse,
  openDataFolder,
  ReadableByOthers,
  readSecret,
  writeSecret,
} from "../../server/folder.ts";
import { temporaryFolder } from "./gateway.ts";

describe("the data folder", () => {
  let root: ReturnType<typeof temporaryFolder>;
  let path: string;
  beforeEach(() => {
    root = temporaryFolder();
    path = join(root.path, "data");
  });
  afterEach(() => root.remove());

  it("is made for its owner alone", () => {
    openDataFolder(path).release();
    expect(statSync(path).mode & 0o777).to.equal(0o700);
    expect(statSync(join(path, "lock")).mode & 0o777).to.equal(0o600);
  });

  it("belongs to one process at a time, and the refusal names the other", () => {
    const folder = openDataFolder(path);
    expect(() => openDataFolder(path))
      .to.throw(DataFolderInUse)
      .with.property("process", process.pid);
    const source = `import { openDataFolder } from ${JSON.stringify(join(import.meta.dirname, "../../server/folder.ts"))};
      try { openDataFolder(${JSON.stringify(path)}); } catch (error) { console.log(error.name, error.process); }`;
    const other = spawnSync(process.execPath, ["--input-type=module-typescript", "-e", source], {
      encoding: "utf8",
    });
    expect(other.stdout.trim()).to.equal(`DataFolderInUse ${process.pid}`);
    folder.release();
    openDataFolder(path).release();
  });

  it("is free again when its process was killed", () => {
    const source = `import { openDataFolder } from ${JSON.stringify(join(import.meta.dirname, "../../server/folder.ts"))};
      openDataFolder(${JSON.stringify(path)}); process.kill(process.pid, "SIGKILL");`;
    const other = spawnSync(process.execPath, ["--input-type=module-typescript", "-e", source], {
      encoding: "utf8",
    });
    expect(other.signal).to.equal("SIGKILL");
    expect(Number(readFileSync(join(path, "lock.pid"), "utf8"))).to.equal(other.pid);
    openDataFolder(path).release();
  });

  it("keeps secrets that only the owner may read, and refuses one that others may", () => {
    const folder = openDataFolder(path);
    const file = folder.file("secret");
    expect(readSecret(file)).to.equal(undefined);
    writeSecret(file, "invented");
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(readSecret(file)?.toString()).to.equal("invented");
    chmodSync(file, 0o644);
    expect(() => readSecret(file))
      .to.throw(ReadableByOthers)
      .with.property("mode", "644");
    folder.release();
  });
});
