/** The configuration of a rehearsal: a folder and nothing from the environment. */
import { readConfig as read, type Config } from "../../config.ts";

export const readConfig = (dataDir: string): Config => read({ DATA_DIR: dataDir, LOG_LEVEL: "warn" });
