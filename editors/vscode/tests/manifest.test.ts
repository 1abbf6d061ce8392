import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import manifest from "../package.json";

interface Setting {
  default: unknown;
  enum?: unknown[];
  markdownDescription: string;
  scope: string;
}

const properties = Object.entries<Setting>(manifest.contributes.configuration.properties);
const source = readFileSync("src/extension.ts", "utf-8");

test("every setting says what it is for, what it is by default, and where it may be set", () => {
  for (const [name, setting] of properties) {
    assert.match(name, /^kerlint\./);
    assert.ok(setting.markdownDescription.endsWith("."), name);
    assert.ok("default" in setting && setting.scope.length > 0, name);
  }
});

test("every default is one of its setting's values", () => {
  for (const [name, setting] of properties) {
    if (setting.enum !== undefined) {
      assert.ok(setting.enum.includes(setting.default), name);
    }
  }
});

test("every command of the manifest is registered", () => {
  for (const { command } of manifest.contributes.commands) {
    assert.ok(source.includes(`registerCommand("${command}"`), command);
  }
});

test("a repository cannot turn on what runs its own code", () => {
  const setting = manifest.contributes.configuration.properties["kerlint.allowLocalRules"];
  assert.deepEqual([setting.default, setting.scope], [false, "machine"]);
  assert.equal(manifest.capabilities.untrustedWorkspaces.supported, false);
});
