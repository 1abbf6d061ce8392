import assert from "node:assert/strict";
import { test } from "node:test";

import { run } from "../src/run";

const node = (program: string, env = {}, patience?: number) => run([process.execPath, "-e", program], env, patience);

test("what a command prints and its status are told", async () => {
  const outcome = await node("console.log('out'); console.error('err'); process.exit(3)");
  assert.deepEqual(outcome, { status: 3, out: "out\n", err: "err\n" });
});

test("variables are added to those of the process", async () => {
  const outcome = await node("console.log(process.env.ADDED, process.env.PATH !== undefined)", { ADDED: "yes" });
  assert.deepEqual(outcome, { status: 0, out: "yes true\n", err: "" });
});

test("what is not there gives nothing", async () => {
  assert.equal(await run(["/nowhere/python", "--version"], {}), null);
  assert.equal(await run([""], {}), null);
});

test("what does not end is given up, without a status", async () => {
  const outcome = await node("setInterval(() => {}, 1000)", {}, 200);
  assert.equal(outcome?.status, null);
});
