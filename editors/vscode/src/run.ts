/** Running a command to its end, for what it prints. */

import { execFile } from "node:child_process";

import type { Outcome } from "./locate";

const PATIENCE_MS = 20_000;

/** Never rejects: what cannot be run, or does not end in time, has no status. */
export function run(command: string[], env: Record<string, string>, timeout = PATIENCE_MS): Promise<Outcome> {
  const [file = "", ...parameters] = command;
  const options = { env: { ...process.env, ...env }, timeout };
  if (file === "") {
    return Promise.resolve(null);
  }
  return new Promise((resolve) => {
    execFile(file, parameters, options, (error, out, err) => {
      const status = error === null ? 0 : error.code;
      resolve(typeof status === "string" ? null : { status: status ?? null, out, err });
    });
  });
}
