/** `npm run example`: the worked example of the money lines, computed on a contract in this process. */
import { tellExample } from "./example/tell.ts";

await tellExample((line) => console.log(line));
