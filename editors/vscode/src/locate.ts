/** Finding a kerlint that can serve: everything about the machine comes in, so that tests need none. */

export interface Wanted {
  path: string[];
  interpreter: string[];
  importStrategy: "fromEnvironment" | "useBundled";
}

/** What running a command gave; null when it could not be run at all. */
export type Outcome = { status: number | null; out: string; err: string } | null;

export interface Machine {
  /** The interpreter that is selected in the Python extension. */
  selected?: string;
  folders: string[];
  home: string;
  env: Record<string, string | undefined>;
  windows: boolean;
  /** The folder with the kerlint that the extension brings. */
  bundled?: string;
  exists(path: string): boolean;
  run(command: string[], env: Record<string, string>): Promise<Outcome>;
}

export interface Found {
  kind: "found";
  command: string[];
  env: Record<string, string>;
  version: string;
}

export interface Missing {
  kind: "missing";
  reason: string;
  /** What the user can type to mend it. */
  remedy?: string;
}

/** Without it Python would take a folder `kerlint` of the workspace for the package. */
const SAFE = { PYTHONSAFEPATH: "1" };
const PROBE = `
import importlib.util as util
version = ""
if util.find_spec("kerlint") is not None:
    from kerlint.version import VERSION as version
print(version or "-", "server" if util.find_spec("pygls") is not None else "-")
`;
const VENVS = [".venv", "venv"];

/** The kerlint to start, or why there is none. */
export async function locate(wanted: Wanted, machine: Machine): Promise<Found | Missing> {
  if (wanted.path.length > 0) {
    return named(wanted.path, machine);
  }
  const python = interpreter(wanted, machine);
  const bundled = () => ofBundle(python, machine);
  if (wanted.importStrategy === "useBundled") {
    return bundled();
  }
  const own = await ofInterpreter(python, machine);
  if (own.kind === "found") {
    return own;
  }
  const isSet = wanted.interpreter.length > 0;
  const onPath = isSet ? undefined : await executable("kerlint", machine);
  if (onPath !== undefined) {
    return onPath;
  }
  const brought = machine.bundled === undefined ? own : await bundled();
  return brought.kind === "found" ? brought : own;
}

async function named(paths: string[], machine: Machine): Promise<Found | Missing> {
  for (const path of paths) {
    const found = await executable(expanded(path, machine), machine);
    if (found !== undefined) {
      return found;
    }
  }
  return { kind: "missing", reason: `none of kerlint.path is a kerlint: ${paths.join(", ")}` };
}

async function executable(path: string, machine: Machine): Promise<Found | undefined> {
  const outcome = await machine.run([path, "--version"], {});
  const version = /^kerlint (\S+)/.exec(outcome?.out ?? "")?.[1];
  return version === undefined ? undefined : { kind: "found", command: [path, "server"], env: {}, version };
}

/** The command of the interpreter: set, selected, or of the workspace's own environment. */
function interpreter(wanted: Wanted, machine: Machine): string[] | undefined {
  const [set, ...options] = wanted.interpreter;
  if (set !== undefined) {
    return [expanded(set, machine), ...options];
  }
  if (machine.selected !== undefined) {
    return [machine.selected];
  }
  const inside = machine.windows ? ["Scripts", "python.exe"] : ["bin", "python"];
  for (const folder of machine.folders) {
    for (const venv of VENVS) {
      const path = [folder, venv, ...inside].join(machine.windows ? "\\" : "/");
      if (machine.exists(path)) {
        return [path];
      }
    }
  }
  return undefined;
}

async function ofInterpreter(python: string[] | undefined, machine: Machine): Promise<Found | Missing> {
  if (python === undefined) {
    return {
      kind: "missing",
      reason: "no Python interpreter is selected, and no kerlint is on the PATH",
      remedy: "pip install 'kerlint[server]'",
    };
  }
  return probed(python, SAFE, machine, `${python.join(" ")} -m pip install 'kerlint[server]'`);
}

async function ofBundle(python: string[] | undefined, machine: Machine): Promise<Found | Missing> {
  if (machine.bundled === undefined) {
    return {
      kind: "missing",
      reason: "this build of the extension brings no kerlint; set kerlint.importStrategy to fromEnvironment",
    };
  }
  const command = python ?? [machine.windows ? "python" : "python3"];
  return probed(command, { ...SAFE, PYTHONPATH: machine.bundled }, machine);
}

async function probed(
  python: string[],
  env: Record<string, string>,
  machine: Machine,
  remedy?: string,
): Promise<Found | Missing> {
  const shown = python.join(" ");
  const outcome = await machine.run([...python, "-c", PROBE], env);
  if (outcome === null || outcome.status !== 0) {
    const last = outcome?.err.trim().split("\n").pop() || "it cannot be run";
    return { kind: "missing", reason: `the interpreter ${shown} does not work: ${last}` };
  }
  const [version, server] = outcome.out.trim().split(" ");
  if (version === undefined || version === "-") {
    return { kind: "missing", reason: `kerlint is not installed in ${shown}`, remedy };
  }
  if (server !== "server") {
    return { kind: "missing", reason: `the kerlint ${version} of ${shown} lacks its server (pygls)`, remedy };
  }
  return { kind: "found", command: [...python, "-m", "kerlint", "server"], env, version };
}

/** A path with VS Code's usual variables replaced; one that nobody knows stays as it is. */
export function expanded(path: string, machine: Pick<Machine, "folders" | "home" | "env">): string {
  return path
    .replace(/^~(?=$|[/\\])/, machine.home)
    .replace(/\$\{workspaceFolder\}/g, (all) => machine.folders[0] ?? all)
    .replace(/\$\{userHome\}/g, machine.home)
    .replace(/\$\{env:(\w+)\}/g, (all, name: string) => machine.env[name] ?? all);
}
