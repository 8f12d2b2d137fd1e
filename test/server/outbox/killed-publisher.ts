/**
 * A gateway on a chain outside that ends itself the hard way at the n-th time of a step:
 * `node killed-publisher.ts FOLDER URL STEP N COUNT`. It prints each operation once it is acknowledged.
 */
import { writeSync } from "node:fs";
import { count, deployment } from "../gateway.ts";
import { openPublisher } from "../publishing.ts";

const [path = "", url = "", step, times, amount] = process.argv.slice(2);
let left = Number(times);
const { sender, close } = await openPublisher(
  path,
  url,
  {},
  {
    onStep: (reached) => {
      if (reached === step && --left === 0) process.kill(process.pid, "SIGKILL");
    },
  },
);
const acknowledge = (id: string): number => writeSync(1, `${id}\n`);

await sender.start();
acknowledge((await sender.submit(deployment())).id);
const counter = (await sender.waitFor("deploy")).mined?.contractAddress;
if (counter === undefined) throw new Error("the counter was not created");
for (let position = 0; position < Number(amount); position++) {
  acknowledge((await sender.submit(count(counter, position))).id);
}
await sender.whenIdle();
await close();
