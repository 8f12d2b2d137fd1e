/** The published documents: each is asked for by the digest that the chain names it by, and must be the one of that digest. */
import { createHash } from "node:crypto";
import type { Bytes32 } from "../../../protocol/ids.ts";
import type { LedgerState } from "../../../protocol/ledger/records.ts";
import { chunksOf } from "../chunks.ts";
import { atOnce, type GatewayAudit } from "./answers.ts";
import type { Served } from "./words.ts";

/** Every digest that an event names a document by, once. */
const digestsIn = (state: LedgerState): readonly Bytes32[] => {
  const { funds, programmes, attestations, findings, corrections } = state;
  const periods = programmes.flatMap((programme) => programme.periods);
  const digests = [
    ...funds.map(({ document }) => document),
    ...programmes.map(({ document }) => document),
    ...periods.flatMap(({ terms, insurers }) =>
      insurers === undefined ? [terms] : [terms, insurers.document],
    ),
    ...attestations.map(({ document }) => document),
    ...findings.flatMap(({ opened, answered, closed }) =>
      [opened, answered, closed].flatMap((statement) =>
        statement === undefined ? [] : [statement.document],
      ),
    ),
    ...corrections.map(({ document }) => document),
  ];
  return [...new Set(digests)];
};

const contentIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const servedOf = async (
  { checks, askDocument }: GatewayAudit,
  digest: Bytes32,
): Promise<Served | undefined> => {
  const text = await askDocument(digest);
  if (text === undefined) return { kind: "absent" };
  const check = checks.of("gateway.documents");
  check.counted();
  const actual = `0x${createHash("sha256").update(text).digest("hex")}`;
  check.equal(`document ${digest}`, "sha256", digest, actual);
  return actual === digest ? { kind: "document", content: contentIn(text) } : undefined;
};

/**
 * Fills `documents`, so that what was asked before the gateway stopped answering is known. A document that is not
 * published is no lie: an auditor may publish a statement elsewhere. It is noted. Rejects with GatewayFailure.
 */
export const auditDocuments = async (audit: GatewayAudit, documents: Map<Bytes32, Served>): Promise<void> => {
  const digests = digestsIn(audit.state);
  for (const chunk of chunksOf(digests, atOnce)) {
    const served = await Promise.all(chunk.map((digest) => servedOf(audit, digest)));
    for (const [at, digest] of chunk.entries()) {
      const one = served[at];
      if (one !== undefined) documents.set(digest, one);
    }
  }
  const absent = digests.filter((digest) => documents.get(digest)?.kind === "absent");
  if (absent.length > 0)
    audit.checks
      .of("gateway.documents")
      .note(`${absent.length} of ${digests.length} documents are not published here, the first ${absent[0]}`);
};
