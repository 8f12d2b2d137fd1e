/** Compiles what a gateway deploys and keeps it, as its first start would. */
import { compileContracts } from "../deployment/compile.ts";

export const keepArtefacts = async (): Promise<void> => {
  await compileContracts();
};
