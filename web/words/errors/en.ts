/** Words of what is not there or went wrong in English. */
import { html, type Html, type HtmlValue } from "../../html.ts";
import type { errors as errorsInChinese } from "./zh.ts";

export const errors = {
  notFoundTitle: "There is no such page",
  notFound: "The address may be mistyped, or the code is not recorded yet.",
  notFoundDo: "Check the address, use the box below, or find your gift by transaction number and amount.",
  badCodeTitle: "That code is not right",
  badCode: "Its check character does not fit; one character is probably mistyped.",
  badCodeDo: "Compare it with the receipt and type it again, or scan the QR code on the receipt.",
  unknownTitle: "The books do not hold this code",
  unknown: "The code is well formed, but nothing is recorded under it.",
  unknownDo:
    "A gift is on record once the block of its batch is final. If the code is new, come back in a few minutes.",
  cursorTitle: "This page link is no longer valid",
  cursor: "Its place in the list was not made by this site, or is out of date.",
  cursorDo: "Start again from the first page.",
  badRequestTitle: "This request cannot be read",
  badRequest: "What was sent is not in the right form.",
  badRequestDo: "Go back and fill in the form again.",
  startingTitle: "Starting",
  starting: "This service was just restarted and is reading its books again.",
  startingDo: "Every fen that was recorded is still there. Open this page again in a little while.",
  busyTitle: "Too many requests",
  busy: "Too many pages were asked for in a short time.",
  busyDo: (wait: HtmlValue): Html => html`Try again in ${wait}.`,
  overloadedTitle: "Busy just now",
  overloaded: "More is being asked than can be answered at once. The books are not affected.",
  failedTitle: "This page cannot be shown now",
  failed: "Something failed on our side. The books are not affected.",
  failedDo: "Try again in a minute. If it keeps failing, give the foundation the reference below.",
  reference: "Reference",
  home: "Back to the overview",
} satisfies typeof errorsInChinese;
