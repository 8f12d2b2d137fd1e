/**
 * Signing in at the foundation's desk with an API key. What is no key, what is revoked and what has expired are answered
 * alike and after the same time, and only so many tries of one address are looked at.
 */
import type { SignInAnswer } from "../../protocol/ports/desk-access.ts";
import { systemTimer, type Timer } from "../timer.ts";
import type { ApiKeys } from "./api-keys.ts";
import { readToken } from "./new-key.ts";
import type { Sessions } from "./sessions.ts";
import { networkOf, Windows } from "./windows.ts";

const windowMs = 60_000;
/** Addresses that are remembered at once. */
const remembered = 10_000;
/** Every answer takes this long: many times what looking a key up takes. */
const answerMs = 100;

export interface SignInOptions {
  readonly keys: Pick<ApiKeys, "inForce">;
  readonly sessions: Pick<Sessions, "begin">;
  /** Tries of one address in a minute. */
  readonly perAddress: number;
  readonly timer?: Timer;
}

export class SignIn {
  readonly #options: SignInOptions;
  readonly #timer: Timer;
  readonly #tries: Windows;

  constructor(options: SignInOptions) {
    this.#options = options;
    this.#timer = options.timer ?? systemTimer;
    this.#tries = new Windows(options.perAddress, windowMs, remembered);
  }

  /** `typed` is what stood in the form; `askedFrom` the address that it came from. */
  async try(typed: string, askedFrom: string): Promise<SignInAnswer> {
    const startedMs = this.#timer.nowMs();
    const waitMs = this.#tries.count(networkOf(askedFrom), startedMs);
    if (waitMs !== undefined) return { outcome: "tooMany", retryAfterSeconds: Math.ceil(waitMs / 1_000) };
    const session = await this.#begin(typed.trim());
    const restMs = startedMs + answerMs - this.#timer.nowMs();
    if (restMs > 0) await this.#timer.sleep(restMs);
    return session === undefined ? { outcome: "refused" } : { outcome: "signedIn", session };
  }

  async #begin(text: string): Promise<string | undefined> {
    const { keys, sessions } = this.#options;
    const proof = readToken(text);
    if (proof === undefined || (await keys.inForce(proof)) === undefined) return undefined;
    return sessions.begin(proof);
  }
}
