/**
 * The check as a part of a page: on the verifier's page, on a gift's page, and in the file that works without any site.
 * It finds its elements by `data-verifier`, and its words beside it or behind an address.
 */
import { supplied } from "./older-browsers.ts";
import { jsonRpc } from "../../../chain/light/json-rpc.ts";
import { lightNode } from "../../../chain/light/node.ts";
import { receiptLimitBytes, type Receipt } from "../../../protocol/receipt/types.ts";
import { verifyDonation, type Report } from "../../../protocol/verify/verify.ts";
import { gatewayAt, proofAt, receiptInAddress, rememberedHead, rememberHead } from "./sources.ts";
import { element, reportElement } from "./view.ts";
import type { VerifierWords } from "./words.ts";

/** Receipts that were checked on this page: one payment cannot be two gifts. */
const earlier: Receipt[] = [];

const wordsOf = async (root: HTMLElement): Promise<VerifierWords> => {
  const { words = "", wordsAt } = root.dataset;
  const text = wordsAt === undefined ? words : await (await fetch(wordsAt)).text();
  return JSON.parse(text) as VerifierWords;
};

const part = <Kind extends Element>(
  root: HTMLElement,
  name: string,
  kind: abstract new () => Kind,
): Kind | undefined => {
  const found = root.querySelector(`[data-verifier="${name}"]`);
  return found instanceof kind ? found : undefined;
};

const textOf = (root: HTMLElement, name: string): string | undefined => {
  const value = part(root, name, HTMLInputElement)?.value.trim();
  return value === "" ? undefined : value;
};

/** What the verifier is about to check: a chosen file, the receipt of the address, or the page's own gift. */
const fileOf = async (root: HTMLElement, inAddress: string | undefined): Promise<string | undefined> => {
  const chosen = part(root, "file", HTMLInputElement)?.files?.[0];
  // Not a film that somebody chose by mistake: what is longer than any receipt is told as that.
  if (chosen !== undefined) return chosen.slice(0, receiptLimitBytes + 1).text();
  if (inAddress !== undefined) return inAddress;
  const { proof } = root.dataset;
  return proof === undefined ? undefined : proofAt(new URL(proof, location.href).href);
};

const remember = ({ place, seen, receipt }: Report): void => {
  if (place !== undefined && seen !== undefined) rememberHead(place, seen);
  if (receipt !== undefined) earlier.push(receipt);
};

const check = async (
  root: HTMLElement,
  file: string,
): Promise<{ readonly report: Report; readonly node: string }> => {
  const node = textOf(root, "node") ?? new URL("/rpc", location.href).href;
  const site =
    part(root, "gateway", HTMLInputElement) === undefined ? location.origin : textOf(root, "gateway");
  const report = await verifyDonation({
    file,
    node: lightNode(jsonRpc(node)),
    ...(site === undefined ? {} : { gateway: gatewayAt(site) }),
    remembered: rememberedHead,
    earlier,
  });
  remember(report);
  return { report, node };
};

/** One run: the button waits, the answer takes the place of the last. */
const run = async (root: HTMLElement, inAddress: string | undefined): Promise<void> => {
  const answer = part(root, "answer", HTMLElement);
  const button = part(root, "button", HTMLButtonElement);
  if (answer === undefined || button === undefined || button.disabled) return;
  button.disabled = true;
  let words: VerifierWords | undefined;
  try {
    const reading = fileOf(root, inAddress);
    // Both travel at once; whoever waits for the file meets its failure.
    reading.catch(() => undefined);
    words = await wordsOf(root);
    answer.replaceChildren(element("p", "quiet", words.working));
    const file = await reading;
    if (file === undefined) {
      answer.replaceChildren();
      return;
    }
    const { report, node } = await check(root, file);
    answer.replaceChildren(reportElement(report, node, words));
    answer.dataset["verdict"] = report.verdict;
    button.textContent = words.again;
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    answer.replaceChildren(
      element("p", "verdict unchecked", `${words?.broken ?? ""} ${reason} ${supplied.join(" ")}`),
    );
  } finally {
    button.disabled = false;
  }
};

for (const root of document.querySelectorAll<HTMLElement>("[data-verifier-root]")) {
  let inAddress = receiptInAddress();
  const form = part(root, "form", HTMLFormElement);
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    void run(root, inAddress);
  });
  part(root, "file", HTMLInputElement)?.addEventListener("change", () => {
    inAddress = undefined;
    // In the file nobody knows yet which node to ask.
    if (form?.checkValidity() === true) void run(root, undefined);
  });
  if (form !== null && form !== undefined) form.hidden = false;
  if (inAddress !== undefined || root.dataset["now"] !== undefined) void run(root, inAddress);
}
