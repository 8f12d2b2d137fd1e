/** The contracts' code on the chain against what the sources of this repository compile to. */
import { decodeAbiParameters, getContractAddress, type Hex } from "viem";
import { quantity } from "../../chain/light/logs.ts";
import type { Check, Checks } from "../../protocol/audit/check.ts";
import { address, type Address, type Bytes32 } from "../../protocol/ids.ts";
import type { Artefact, SourceCode } from "../../server/commands/source-code.ts";
import { hexOf, membersOf, numberOf, type Ask } from "./node.ts";

const wordDigits = 64;
/** Two digits a byte, behind 0x. */
const at = (byte: number): number => 2 + byte * 2;

const codeAt = async (ask: Ask, contract: Address, block: number): Promise<Hex> =>
  hexOf(await ask("eth_getCode", [contract, quantity(block)]), "eth_getCode");

/** The code with zeros where the constructor wrote. */
const masked = (code: Hex, { immutables }: Artefact): string =>
  immutables
    .flat()
    .reduce<string>(
      (text, { start, length }) =>
        text.slice(0, at(start)) + "0".repeat(length * 2) + text.slice(at(start + length)),
      code,
    );

/** What the constructor wrote, each immutable once; undefined where its places do not say the same. */
const immutablesOf = (code: Hex, { immutables }: Artefact): readonly (string | undefined)[] =>
  immutables.map((ranges) => {
    const words = new Set(ranges.map(({ start, length }) => code.slice(at(start), at(start + length))));
    return words.size === 1 ? [...words][0] : undefined;
  });

const addressOf = (word: string): Address => address(`0x${word.padStart(wordDigits, "0").slice(-40)}`);
const isAddress = (word: string): boolean => /^0{24}/.test(word.padStart(wordDigits, "0"));

const firstDifference = (one: string, other: string): number => {
  for (let byte = 0; byte < Math.max(one.length, other.length); byte += 1) {
    if (one.slice(at(byte), at(byte + 1)) !== other.slice(at(byte), at(byte + 1))) return byte;
  }
  return 0;
};

const isSameCode = (code: Hex, artefact: Artefact): boolean => masked(code, artefact) === artefact.runtime;

const checkCode = (check: Check, name: string, code: Hex, artefact: Artefact): boolean => {
  const [bytes, expected] = [(code.length - 2) / 2, (artefact.runtime.length - 2) / 2];
  check.counted(bytes);
  if (code === "0x") {
    check.says(name, "code", `${name}: there is no code at this address`);
    return false;
  }
  check.equal(name, "length of its code", expected, bytes);
  if (isSameCode(code, artefact)) return true;
  const byte = firstDifference(masked(code, artefact), artefact.runtime);
  if (bytes === expected)
    check.says(name, "code", `${name}: its code differs from the sources from byte ${byte} on`);
  return false;
};

interface Creation {
  readonly from: Address;
  readonly nonce: number;
  readonly input: Hex;
}

/** The transaction that created a contract by itself; undefined where another contract did. */
const creationIn = async (ask: Ask, transaction: Bytes32): Promise<Creation | undefined> => {
  const method = "eth_getTransactionByHash";
  const answer = await ask(method, [transaction]);
  if (answer === null) return undefined;
  const { to, from, nonce, input } = membersOf(answer, method);
  if (to !== null && to !== undefined) return undefined;
  return { from: address(hexOf(from, method)), nonce: numberOf(nonce, method), input: hexOf(input, method) };
};

const constructorTypes = [{ type: "address" }, { type: "uint48" }, { type: "address" }] as const;

/** What the constructor was given, told beside the verdict: these are choices, not rules. */
const checkCreation = (
  check: Check,
  ledger: Address,
  { bytecode }: Artefact,
  creation: Creation | undefined,
  predecessor: Address | undefined,
): void => {
  const isOwn =
    creation !== undefined &&
    address(getContractAddress({ from: creation.from, nonce: BigInt(creation.nonce) })) === ledger;
  if (!isOwn) {
    check.note(
      "another contract created the ledger, or nobody knows which transaction: what its constructor was given was not checked",
    );
    return;
  }
  if (!creation.input.startsWith(bytecode)) {
    check.says(
      "ledger",
      "creation",
      "ledger: the transaction that created it carries other code than the sources give",
    );
    return;
  }
  const [admin, delay, given] = decodeAbiParameters(
    constructorTypes,
    `0x${creation.input.slice(bytecode.length)}`,
  );
  check.equal("ledger", "predecessor", address(given), predecessor ?? "unreadable");
  check.note(
    `created by ${creation.from} with admin ${address(admin)}, a delay of ${delay} seconds, predecessor ${address(given)}`,
  );
};

export interface CodeQuestion {
  readonly ask: Ask;
  readonly ledger: Address;
  readonly block: number;
  /** Of the transaction that emitted the ledger's first log. */
  readonly firstTransaction: Bytes32 | undefined;
  /** Where the caller says that the lens stands. */
  readonly lens: Address | undefined;
}

/** Contracts that the ledger's creator made right after it, where deployments put the lens. */
const placesTried = 4;

const findLens = async (
  { ask, block }: CodeQuestion,
  creation: Creation | undefined,
  { lens }: SourceCode,
): Promise<Address | undefined> => {
  if (creation === undefined) return undefined;
  const { from, nonce } = creation;
  for (let later = 1; later <= placesTried; later += 1) {
    const candidate = address(getContractAddress({ from, nonce: BigInt(nonce + later) }));
    if (isSameCode(await codeAt(ask, candidate, block), lens)) return candidate;
  }
  return undefined;
};

const checkLens = async (
  check: Check,
  { ask, ledger, block }: CodeQuestion,
  lens: Address,
  artefact: Artefact,
): Promise<boolean> => {
  const code = await codeAt(ask, lens, block);
  if (!checkCode(check, "lens", code, artefact)) return false;
  const words = immutablesOf(code, artefact);
  const isOwn = words.every((word) => word !== undefined && isAddress(word) && addressOf(word) === ledger);
  if (!isOwn) check.says("lens", "ledger", `lens: it reads another ledger than ${ledger}`);
  check.note(`the lens stands at ${lens}`);
  return isOwn;
};

/**
 * Checks both contracts and answers the lens that may be asked: one whose code is that of the sources and that reads
 * this ledger. Rejects with NodeFailure.
 */
export const auditCode = async (
  checks: Checks,
  question: CodeQuestion,
  sources: SourceCode,
): Promise<Address | undefined> => {
  const { ask, ledger, block, firstTransaction } = question;
  const check = checks.of("code.ledger");
  const code = await codeAt(ask, ledger, block);
  const creation = firstTransaction === undefined ? undefined : await creationIn(ask, firstTransaction);
  if (checkCode(check, "ledger", code, sources.ledger)) {
    const [predecessor] = immutablesOf(code, sources.ledger);
    const written = predecessor !== undefined && isAddress(predecessor) ? addressOf(predecessor) : undefined;
    checkCreation(check, ledger, sources.ledger, creation, written);
  }
  const lens = question.lens ?? (await findLens(question, creation, sources));
  const ofLens = checks.of("code.lens");
  if (lens === undefined) {
    ofLens.unfinished(
      "no lens was found beside the ledger; name one with --lens, or deploy one with npm run deploy",
    );
    return undefined;
  }
  return (await checkLens(ofLens, question, lens, sources.lens)) ? lens : undefined;
};
