/** The end of `npm run build`: what a gateway deploys is kept, so that several of them may start for the first time at once. */
import { keepArtefacts } from "../server/commands/artefacts.ts";

await keepArtefacts();
