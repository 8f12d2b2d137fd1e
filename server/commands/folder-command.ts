/** What the commands on a data folder share: options that are folders, texts, and an exit code that says what to do. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { exitCodeOf, lastWordsOf } from "../exit-codes.ts";

/** EX_USAGE of sysexits: the call itself is wrong. */
export const wrongCall = 64;

export interface Output {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

const toConsole: Output = { print: (line) => console.log(line), printError: (line) => console.error(line) };

/**
 * Runs `work` with the folders that `names` asks for, each a needed option, and prints the lines that it answers.
 * Answers 0, 64 for a wrong call, and what server/exit-codes.ts makes of an error.
 */
export const runFolderCommand = async <Name extends string>(
  command: string,
  values: readonly string[],
  names: readonly Name[],
  work: (
    folders: Readonly<Record<Name, string>>,
    progress: (line: string) => void,
  ) => Promise<readonly string[]>,
  { print, printError }: Output = toConsole,
): Promise<number> => {
  const folders = readFolders(values, names);
  if (folders === undefined) {
    printError(`npm run ${command} -- ${names.map((name) => `--${name} FOLDER`).join(" ")}`);
    return wrongCall;
  }
  try {
    for (const line of await work(folders, printError)) print(line);
    return 0;
  } catch (error) {
    printError(lastWordsOf(error));
    return exitCodeOf(error);
  }
};

const readFolders = <Name extends string>(
  values: readonly string[],
  names: readonly Name[],
): Readonly<Record<Name, string>> | undefined => {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" } as const]));
  try {
    const { values: given } = parseArgs({ args: [...values], options, strict: true });
    const folders: Partial<Record<Name, string>> = {};
    for (const name of names) {
      const folder = given[name];
      if (typeof folder !== "string" || folder === "") return undefined;
      folders[name] = resolve(folder);
    }
    return isWhole(folders, names) ? folders : undefined;
  } catch {
    return undefined;
  }
};

const isWhole = <Name extends string>(
  folders: Partial<Record<Name, string>>,
  names: readonly Name[],
): folders is Record<Name, string> => names.every((name) => folders[name] !== undefined);
