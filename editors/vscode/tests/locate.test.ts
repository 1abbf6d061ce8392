import assert from "node:assert/strict";
import { test } from "node:test";

import { expanded, locate, type Machine, type Outcome, type Wanted } from "../src/locate";

const DEFAULTS: Wanted = { path: [], interpreter: [], importStrategy: "fromEnvironment" };
const works = (out: string): Outcome => ({ status: 0, out: `${out}\n`, err: "" });

/** A machine on which the commands, named by their first word, answer as told. */
function machine(answers: Record<string, Outcome>, more: Partial<Machine> = {}): Machine & { ran: string[] } {
  const ran: string[] = [];
  return {
    folders: ["/work"],
    home: "/home/me",
    env: { NAME: "value" },
    windows: false,
    exists: () => false,
    run: async (command, env) => {
      ran.push(command[0] ?? "");
      const bundled = env["PYTHONPATH"] === undefined ? "" : "+bundle";
      return answers[`${command[0]}${bundled}`] ?? null;
    },
    ran,
    ...more,
  };
}

test("the selected interpreter's kerlint is taken", async () => {
  const found = await locate(DEFAULTS, machine({ "/py": works("0.1.0 server") }, { selected: "/py" }));
  assert.deepEqual(found, {
    kind: "found",
    command: ["/py", "-m", "kerlint", "server"],
    env: { PYTHONSAFEPATH: "1" },
    version: "0.1.0",
  });
});

test("an interpreter that is set outranks the selected one and keeps its options", async () => {
  const wanted = { ...DEFAULTS, interpreter: ["${workspaceFolder}/py", "-X", "dev"] };
  const found = await locate(wanted, machine({ "/work/py": works("0.1.0 server") }, { selected: "/other" }));
  assert.deepEqual(found.kind === "found" && found.command, ["/work/py", "-X", "dev", "-m", "kerlint", "server"]);
});

test("without a selected interpreter the environment of the workspace is looked for", async () => {
  const here = machine({ "/work/venv/bin/python": works("1.0 server") }, { exists: (path) => path.includes("/venv/") });
  const found = await locate(DEFAULTS, here);
  assert.equal(found.kind === "found" && found.command[0], "/work/venv/bin/python");
});

test("on Windows environments have other folders", async () => {
  const path = "C:\\w\\.venv\\Scripts\\python.exe";
  const here = machine({ [path]: works("1.0 server") }, { folders: ["C:\\w"], windows: true, exists: (p) => p === path });
  const found = await locate(DEFAULTS, here);
  assert.equal(found.kind === "found" && found.command[0], path);
});

test("a kerlint on the PATH serves where the interpreter has none", async () => {
  const answers = { "/py": works("- -"), kerlint: works("kerlint 0.2.0") };
  const found = await locate(DEFAULTS, machine(answers, { selected: "/py" }));
  assert.deepEqual(found, { kind: "found", command: ["kerlint", "server"], env: {}, version: "0.2.0" });
});

test("an interpreter that is set and has none is not passed over for another kerlint", async () => {
  const answers = { "/py": works("- -"), kerlint: works("kerlint 0.2.0") };
  const found = await locate({ ...DEFAULTS, interpreter: ["/py"] }, machine(answers));
  assert.equal(found.kind === "missing" && found.reason, "kerlint is not installed in /py");
});

test("the bundled kerlint comes last, run by the interpreter", async () => {
  const answers = { "/py": works("- -"), "/py+bundle": works("0.3.0 server") };
  const found = await locate(DEFAULTS, machine(answers, { selected: "/py", bundled: "/ext/libs" }));
  assert.deepEqual(found.kind === "found" && [found.version, found.env["PYTHONPATH"]], ["0.3.0", "/ext/libs"]);
});

test("useBundled asks nobody else", async () => {
  const here = machine({ "python3+bundle": works("0.3.0 server") }, { bundled: "/ext/libs" });
  const found = await locate({ ...DEFAULTS, importStrategy: "useBundled" }, here);
  assert.equal(found.kind, "found");
  assert.deepEqual(here.ran, ["python3"]);
});

test("useBundled without a bundle says so", async () => {
  const found = await locate({ ...DEFAULTS, importStrategy: "useBundled" }, machine({}));
  assert.match(found.kind === "missing" ? found.reason : "", /brings no kerlint/);
});

test("a path that is set is taken whatever the strategy, the first that works", async () => {
  const wanted: Wanted = { ...DEFAULTS, path: ["/no", "~/bin/kerlint"], importStrategy: "useBundled" };
  const here = machine({ "/no": works("other 1.0"), "/home/me/bin/kerlint": works("kerlint 0.1.0") });
  const found = await locate(wanted, here);
  assert.deepEqual(found.kind === "found" && found.command, ["/home/me/bin/kerlint", "server"]);
});

test("a path that is no kerlint is not passed over in silence", async () => {
  const found = await locate({ ...DEFAULTS, path: ["/no"] }, machine({ kerlint: works("kerlint 0.1.0") }));
  assert.deepEqual(found, { kind: "missing", reason: "none of kerlint.path is a kerlint: /no" });
});

const MISSING: [string, Outcome, RegExp, RegExp | undefined][] = [
  ["kerlint is not installed", works("- -"), /^kerlint is not installed in \/py$/, /^\/py -m pip install 'kerlint\[server\]'$/],
  ["the server is not installed", works("0.1.0 -"), /^the kerlint 0\.1\.0 of \/py lacks its server/, /pip install/],
  ["the interpreter is not there", null, /\/py does not work: it cannot be run$/, undefined],
  [
    "the interpreter fails",
    { status: 1, out: "", err: "Traceback\nImportError: no\n" },
    /\/py does not work: ImportError: no$/,
    undefined,
  ],
];
for (const [name, outcome, reason, remedy] of MISSING) {
  test(`the message tells that ${name}`, async () => {
    const found = await locate(DEFAULTS, machine({ "/py": outcome }, { selected: "/py" }));
    assert.equal(found.kind, "missing");
    if (found.kind === "missing") {
      assert.match(found.reason, reason);
      remedy === undefined ? assert.equal(found.remedy, undefined) : assert.match(found.remedy ?? "", remedy);
    }
  });
}

test("the message tells that there is no interpreter at all", async () => {
  const found = await locate(DEFAULTS, machine({}));
  assert.match(found.kind === "missing" ? found.reason : "", /^no Python interpreter is selected/);
});

test("variables in paths are replaced, unknown ones stay", () => {
  const here = { folders: ["/w"], home: "/h", env: { A: "a" } };
  assert.equal(expanded("${workspaceFolder}/${env:A}/${env:B}", here), "/w/a/${env:B}");
  assert.equal(expanded("${userHome}/x", here), "/h/x");
  assert.equal(expanded("~/x~", here), "/h/x~");
  assert.equal(expanded("${workspaceFolder}", { ...here, folders: [] }), "${workspaceFolder}");
});
