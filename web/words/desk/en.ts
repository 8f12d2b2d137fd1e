/** Words of the foundation's desk in English. */
import { html, type Html, type HtmlValue } from "../../html.ts";

export const desk = {
  title: "The foundation's desk",
  signIn: {
    title: "Sign in at the desk",
    lead: "Here the people of the foundation and its partners keep the books from day to day. Donors need no sign-in to look.",
    key: "API key",
    keyHint: "It begins with efk_. An admin gave it to you; it was shown once.",
    button: "Sign in",
    privacy:
      "The key is written into no address, log or page. You stay signed in for 8 hours at most, and for 30 minutes without doing anything. Sign out when you are done, and never sign in on a shared computer.",
    refused: "Not signed in: the key is wrong or no longer in force.",
    tooMany: (wait: HtmlValue): Html => html`Too many tries. Try again in ${wait}.`,
    over: "You are no longer signed in, and nothing of what you filled in was recorded. Please sign in again.",
    notConfidential:
      "This connection is not encrypted, so no key may be typed here. Open the site by its https address; if you did, ask an admin to set PUBLIC_URL or TRUST_PROXY.",
  },
  signOut: "Sign out",
  signOutEverywhere: "Sign out on every device",
  signedInAs: (key: HtmlValue): Html => html`Signed in with key ${key}`,
  roles: (roles: HtmlValue): Html => html`May act as: ${roles}`,
  until: (moment: HtmlValue): Html => html`Sign in again by ${moment}`,
  roleNames: {
    admin: "admin",
    recorder: "recorder",
    treasurer: "treasurer",
    coordinator: "coordinator",
    adjudicator: "adjudicator",
    payer: "payer",
    auditor: "auditor",
    provider: "provider",
    relay: "relay",
  },
  foreignTitle: "Not done",
  foreign:
    "This form was not sent from a page of this site that you are signed in to, so nothing was recorded.",
  foreignDo:
    "Or you signed in again in another window, and the form is out of date. Open it anew from the desk.",
  back: "Back to the desk",
};
