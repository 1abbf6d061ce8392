/** The machine as `locate` wants to know it. */

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { PythonExtension } from "@vscode/python-extension";
import { extensions, workspace, type ExtensionContext } from "vscode";

import type { Machine } from "./locate";
import { run } from "./run";

/** The Python extension, if it is installed; it is started if need be. */
export async function pythonExtension(): Promise<PythonExtension | undefined> {
  return extensions.getExtension<PythonExtension>("ms-python.python")?.activate();
}

/** The machine now. */
export async function machine(context: ExtensionContext): Promise<Machine> {
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  const bundled = join(context.extensionPath, "bundled", "libs");
  return {
    selected: await selected(),
    folders,
    home: homedir(),
    env: process.env,
    windows: process.platform === "win32",
    bundled: existsSync(bundled) ? bundled : undefined,
    exists: existsSync,
    run,
  };
}

async function selected(): Promise<string | undefined> {
  const environments = (await pythonExtension())?.environments;
  if (environments === undefined) {
    return undefined;
  }
  const active = environments.getActiveEnvironmentPath(workspace.workspaceFolders?.[0]?.uri);
  return (await environments.resolveEnvironment(active))?.executable.uri?.fsPath;
}
