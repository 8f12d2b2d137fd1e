/** Words about the replicas of the operator's chain, in English. */
import { html, type Html, type HtmlValue } from "../../html.ts";
import { counted } from "../counted.ts";
import type { replicas as replicasInChinese } from "./zh.ts";

export const replicas = {
  title: "Made again by others",
  none: "One operator; no replica says that it made this chain again and agrees.",
  agree: (count: HtmlValue, block: HtmlValue): Html =>
    html`One operator; ${counted(count, "replica agrees", "replicas agree")} at block ${block}.`,
  more: "How to make it again",
  lead: "A replica executes every transaction again on a machine of its own, compares block by block, and signs how far it came. Only replicas that an auditor admitted are counted, for anybody can make keys; how many they are says nothing of who runs them. You can run one without being admitted: what it finds is evidence that anybody can check.",
  replica: "Replica",
  state: "It says",
  block: "Up to block",
  stated: "Time",
  states: {
    agrees: "agrees",
    disagrees: "disagrees",
    silent: "nothing for seven days; not counted",
    nothing: "nothing yet",
    ended: "counted no more",
  },
  disagreements: "Where a replica disagreed with this site",
  disagreed: (replica: HtmlValue, block: HtmlValue, hash: HtmlValue, own: HtmlValue): Html =>
    html`${replica} says that block ${block} is ${hash}; this site had ${own}`,
  run: "Anybody with the source of this project can run one:",
} satisfies typeof replicasInChinese;
