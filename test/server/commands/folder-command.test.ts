import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { runFolderCommand } from "../../../server/commands/folder-command.ts";
import { UnfitFolder } from "../../../server/commands/backup.ts";

describe("a command on a data folder", () => {
  const run = async (values: readonly string[], work: (folder: string) => Promise<readonly string[]>) => {
    const [printed, errors]: [string[], string[]] = [[], []];
    const output = {
      print: (line: string) => void printed.push(line),
      printError: (line: string) => void errors.push(line),
    };
    const code = await runFolderCommand("look", values, ["data"], ({ data }) => work(data), output);
    return { code, printed, errors };
  };

  it("is given folders as whole paths, and prints what it answers", async () => {
    const { code, printed, errors } = await run(["--data", "books"], async (folder) => [folder, "done"]);
    expect({ code, printed, errors }).to.deep.equal({
      code: 0,
      printed: [resolve("books"), "done"],
      errors: [],
    });
  });

  for (const values of [[], ["--data"], ["--data", ""], ["--data", "a", "--more", "b"], ["books"]]) {
    it(`says how it is called, and does nothing, for ${JSON.stringify(values)}`, async () => {
      let done = false;
      const { code, errors } = await run(values, async () => {
        done = true;
        return [];
      });
      expect({ code, errors, done }).to.deep.equal({
        code: 64,
        errors: ["npm run look -- --data FOLDER"],
        done: false,
      });
    });
  }

  it("ends with the code and the words of what went wrong", async () => {
    const { code, errors } = await run(["--data", "books"], async (folder) => {
      throw new UnfitFolder(folder, "it is no data folder");
    });
    expect({ code, errors }).to.deep.equal({
      code: 78,
      errors: [`${resolve("books")}: it is no data folder`],
    });
  });

  for (const command of ["backup", "restore", "reindex", "rechain"]) {
    it(`is npm run ${command}`, () => {
      const ended = spawnSync(process.execPath, [`scripts/${command}.ts`], { encoding: "utf8" });
      expect(ended.stderr).to.contain(`npm run ${command} -- --`);
      expect(ended.status).to.equal(64);
    });
  }
});
