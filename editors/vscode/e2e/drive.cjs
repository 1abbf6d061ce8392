/** Drives VS Code in the browser: finding, hover, light bulb, restart, and the message where kerlint is missing. */

const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { chromium } = require("playwright-core");

const { CHROMIUM, SCREENS, URL, WORKSPACE } = process.env;
const PATIENCE = 120_000;
const SETTINGS = JSON.parse(readFileSync(join(WORKSPACE, ".vscode", "settings.json"), "utf-8"));
const MESSAGE = "MaxPooling2D has no strides";

const STEPS = [
  open,
  findingIsShown,
  hoverShowsTheShape,
  lightBulbFixes,
  restartBringsFindings,
  fixAllFixes,
  notebookIsLinted,
  outputTellsWhichKerlintRuns,
  settingsReachTheRunningServer,
  missingIsTold,
];

let page;
let shots = 0;

async function main() {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  page = await browser.newPage({ viewport: { width: 1500, height: 850 } });
  page.setDefaultTimeout(PATIENCE);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  try {
    for (const step of STEPS) {
      const start = Date.now();
      await step();
      console.log(`ok ${step.name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    }
  } catch (error) {
    await shot("failure");
    throw error;
  } finally {
    await browser.close();
  }
}

async function open() {
  await reached(`${URL}/?folder=${WORKSPACE}`);
  await page.waitForSelector(".monaco-workbench .part.editor");
  await opened("net.py", ".view-line:has-text('MaxPooling2D')");
}

async function opened(name, selector) {
  await page.keyboard.press("Control+P");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(name, { delay: 20 });
  await page.waitForSelector(`.quick-input-list .monaco-list-row:has-text('${name}')`);
  await page.keyboard.press("Enter");
  await page.waitForSelector(selector);
}

/** Until the server has opened its port. */
async function reached(address) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await page.goto(address);
    } catch (error) {
      if (Date.now() > end || !String(error).includes("ERR_CONNECTION_REFUSED")) {
        throw error;
      }
    }
  }
}

async function findingIsShown() {
  await page.waitForSelector(".squiggly-warning");
  await page.keyboard.press("Control+Shift+M");
  const row = page.locator(".markers-panel .monaco-list-row", { hasText: MESSAGE });
  await row.waitFor();
  const words = await row.innerText();
  assert.match(words, /kerlint/);
  assert.match(words, /KER301/);
  assert.match(words, /Ln 8, Col 9/);
  await shot("finding");
}

async function hoverShowsTheShape() {
  await page.locator(".view-line:has-text('MaxPooling2D') span span", { hasText: "MaxPooling2D" }).first().hover();
  const hover = page.locator(".monaco-hover:visible", { hasText: "(None, 8, 8, 8)" });
  await hover.first().waitFor();
  await shot("hover");
  await page.keyboard.press("Escape");
}

async function lightBulbFixes() {
  await page.locator(".view-line:has-text('MaxPooling2D') span span", { hasText: "MaxPooling2D" }).first().click();
  const bulb = page.locator(".monaco-editor [class*='codicon-'][class*='lightbulb']:visible");
  await bulb.first().click();
  const fix = page.locator(".action-widget .monaco-list-row", { hasText: "strides=3" });
  await fix.first().waitFor();
  await shot("light-bulb");
  await fix.first().click();
  await page.waitForSelector(".view-line:has-text('strides=3')");
  await page.waitForSelector(".squiggly-warning", { state: "detached" });
  await page.locator(".markers-panel .monaco-list-row", { hasText: MESSAGE }).waitFor({ state: "detached" });
  await shot("fixed");
  await page.keyboard.press("Control+S");
  await fileHas("net.py", "MaxPooling2D(3, strides=3),");
}

async function fileHas(name, words) {
  const end = Date.now() + PATIENCE;
  while (!readFileSync(join(WORKSPACE, name), "utf-8").includes(words)) {
    assert.ok(Date.now() < end, `${name} never had ${words}`);
    await page.waitForTimeout(100);
  }
}

async function restartBringsFindings() {
  await page.locator(".view-line:has-text('MaxPooling2D')").click();
  await page.keyboard.press("Control+Z");
  await page.waitForSelector(".squiggly-warning");
  await command("kerlint: Restart Server");
  await page.waitForSelector(".squiggly-warning", { state: "detached" });
  await page.waitForSelector(".squiggly-warning");
}

async function fixAllFixes() {
  await page.locator(".view-line:has-text('MaxPooling2D')").click();
  await command("kerlint: Fix All Safely Fixable Problems");
  await page.waitForSelector(".view-line:has-text('strides=3')");
  await page.waitForSelector(".squiggly-warning", { state: "detached" });
}

async function notebookIsLinted() {
  await opened("book.ipynb", ".notebookOverlay .view-line:has-text('MaxPooling2D')");
  await page.waitForSelector(".notebookOverlay .squiggly-warning");
  await page.locator(".markers-panel .monaco-list-row", { hasText: MESSAGE }).waitFor();
  await shot("notebook");
}

async function command(title) {
  await page.keyboard.press("F1");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(title, { delay: 10 });
  await page.locator(".quick-input-list .monaco-list-row", { hasText: title }).first().click();
}

async function outputTellsWhichKerlintRuns() {
  await command("kerlint: Show Output");
  await page.waitForSelector(".output-view .view-line:has-text('-m kerlint server')");
  await shot("output");
  await page.keyboard.press("Control+Shift+M");
}

async function settingsReachTheRunningServer() {
  const row = page.locator(".markers-panel .monaco-list-row", { hasText: MESSAGE });
  await configured({ "kerlint.ignore": ["implicit-pool-strides"] });
  await row.waitFor({ state: "detached" });
  await configured({ "kerlint.severity": { "implicit-pool-strides": "error" } });
  await row.locator(".codicon-error").waitFor();
}

async function missingIsTold() {
  await configured({ "kerlint.interpreter": ["/nowhere/python"] });
  const told = page.locator(".notification-toast", { hasText: "/nowhere/python does not work" });
  await told.waitFor();
  await page.locator(".markers-panel .monaco-list-row", { hasText: MESSAGE }).waitFor({ state: "detached" });
  await shot("missing");
}

async function configured(settings) {
  await opened("settings.json", ".monaco-editor[data-uri$='settings.json'] .view-line");
  await page.locator(".monaco-editor[data-uri$='settings.json'] .view-line").first().click();
  await page.keyboard.press("Control+A");
  const text = JSON.stringify({ ...SETTINGS, ...settings }, undefined, 2);
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  await page.keyboard.press("Control+V");
  await page.keyboard.press("Control+S");
}

async function shot(name) {
  shots += 1;
  await page.screenshot({ path: join(SCREENS, `${shots}-${name}.png`) });
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
