/** Invented rosters in a folder of their own, and the command run on them. */
import { createSecretKey } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeCode } from "../../../protocol/codes/code.ts";
import { programmeId } from "../../../protocol/ids.ts";
import { openingLengthBytes, readOpening } from "../../../protocol/rosters/opening.ts";
import type { RosterOpening } from "../../../protocol/rosters/opening.ts";
import { rosterCommand } from "../../../scripts/roster/command.ts";
import { framesOf, readRosterRecord } from "../../../scripts/roster/folder.ts";
import { Folder, Written } from "../import/files.ts";

export const programme = encodeCode({ kind: "programme", programme: programmeId(7) });

export const profile = {
  name: "Invented roster",
  file: { encoding: "utf-8", delimiter: "," },
  columns: { idNumber: "number" },
};

export const minutesProfile = {
  ...profile,
  columns: {
    idNumber: "number",
    validity: {
      from: { column: "from", format: "YYYY-MM-DD HH:mm" },
      to: { column: "to", format: "YYYY-MM-DD HH:mm" },
    },
  },
};

export const csv = (rows: readonly string[], header = "name,number"): string =>
  `${[header, ...rows].join("\n")}\n`;

export const peopleCsv = (idNumbers: readonly string[]): string =>
  csv(idNumbers.map((number, index) => `Somebody Invented ${index},${number}`));

export class Desk {
  readonly folder = new Folder();
  /** Everything that any call has written to either end. */
  said = "";
  /** What the last call printed, and what it wrote as progress and errors. */
  printed = "";
  errors = "";

  path(name: string): string {
    return join(this.folder.path, name);
  }

  /** Arguments that make a roster `out` from a file; later ones replace earlier ones. */
  build(content: string, out: string, change: Readonly<Record<string, string | undefined>> = {}): string[] {
    const options: Record<string, string | undefined> = {
      programme,
      period: "3",
      profile: this.folder.write("profile.json", JSON.stringify(profile)),
      file: this.folder.write("people.csv", content),
      out: this.path(out),
      "key-file": this.path("key"),
      premium: "30.00",
      denominator: "5000000",
      from: "2030-01-01",
      to: "2031-01-01",
      ...change,
    };
    return Object.entries(options).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, value],
    );
  }

  prove(out: string): string[] {
    return ["--prove", "--roster", this.path(out), "--key-file", this.path("key")];
  }

  async run(values: readonly string[], input: readonly string[] = []): Promise<number> {
    const errors = new Written();
    this.printed = "";
    const code = await rosterCommand(values, {
      input: (async function* () {
        for (const chunk of input) yield Buffer.from(chunk);
      })(),
      print: (line) => {
        this.printed += `${line}\n`;
      },
      errors,
    });
    this.errors = errors.text;
    this.said += this.printed + this.errors;
    return code;
  }

  record(out: string): Record<string, unknown> {
    return JSON.parse(readFileSync(this.path(`${out}/roster.json`), "utf8"));
  }

  async openings(out: string): Promise<readonly RosterOpening[]> {
    const key = createSecretKey(readFileSync(this.path("key"), "utf8").trim(), "hex");
    const folder = this.path(out);
    const openings: RosterOpening[] = [];
    for await (const frame of framesOf(folder, readRosterRecord(folder), key)) {
      for (let at = 0; at < frame.length / openingLengthBytes; at += 1) openings.push(readOpening(frame, at));
    }
    return openings;
  }

  /** Everything under the folder, hidden names too. */
  names(): readonly string[] {
    return readdirSync(this.folder.path, { recursive: true }).map(String).sort();
  }
}
