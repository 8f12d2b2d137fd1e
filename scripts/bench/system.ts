/** What the system tells of a running process: Linux does, in /proc. */
import { readFileSync } from "node:fs";

/** The most memory that a process had; undefined where the system does not tell. */
export const mostMemoryBytes = (process: number): number | undefined => {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${process}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
  } catch {
    return undefined;
  }
};

const ticksPerSecond = 100;

/** Processor time that a process has used so far, of all its threads; not a number where the system does not tell. */
export const processorSeconds = (process: number): number => {
  try {
    // After the name, which may hold spaces, comes the state as field 3; fields 14 and 15 are user and system time.
    const fields = readFileSync(`/proc/${process}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
};
