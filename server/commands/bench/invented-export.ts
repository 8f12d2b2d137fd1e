/** An invented ledger as an export, as `/v1/exports/ledger` gives it: for measuring those who read such files. */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, rmSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { headerLine, sealedHeader } from "../../../protocol/exports/header.ts";
import { ledgerLine } from "../../../protocol/exports/ledger-rows.ts";
import { address, bytes32 } from "../../../protocol/ids.ts";
import type { ChainBlock } from "../../index/chain-reader.ts";
import {
  inventedChainId,
  inventedGenesis,
  inventedLedger,
  inventLedger,
  type LedgerSize,
} from "./invented-ledger.ts";

const noLens = address(`0x${"00".repeat(20)}`);

/** Writes the file and answers how many logs are in it. Rejects with what writing rejects with. */
export const writeInventedExport = async (path: string, size: LedgerSize): Promise<number> => {
  const [rowsPath, hash] = [`${path}.rows`, createHash("sha256")];
  let rows = 0;
  let last: ChainBlock | undefined;
  function* lines(): Generator<string> {
    for (const { block, logs } of inventLedger(size)) {
      last = block;
      for (const log of logs) {
        const line = ledgerLine((rows += 1), { ...log, blockTime: block.time });
        hash.update(line);
        yield line;
      }
    }
  }
  try {
    await pipeline(Readable.from(lines()), createWriteStream(rowsPath));
    if (last === undefined) throw new RangeError("the invented ledger has no block");
    const facts = {
      kind: "ledger",
      chainId: inventedChainId,
      ledger: inventedLedger,
      lens: noLens,
      genesis: inventedGenesis,
      fromBlock: 0,
      toBlock: last.number,
      toBlockHash: last.hash,
      toBlockTime: last.time,
      demonstration: true,
    } as const;
    const head = headerLine(sealedHeader(facts, rows, bytes32(`0x${hash.digest("hex")}`)));
    await pipeline(Readable.from([head]), createWriteStream(path));
    await pipeline(createReadStream(rowsPath), createWriteStream(path, { flags: "a" }));
    return rows;
  } finally {
    rmSync(rowsPath, { force: true });
  }
};
