/** kerlint in VS Code: finds the server, starts it, and leaves the rest to the protocol. */

import {
  commands,
  env,
  window,
  workspace,
  type ConfigurationChangeEvent,
  type ExtensionContext,
  type LogOutputChannel,
  type OutputChannel,
} from "vscode";
import { LanguageClient, RevealOutputChannelOn, type LanguageClientOptions } from "vscode-languageclient/node";

import { locate, type Found, type Missing, type Wanted } from "./locate";
import { machine, pythonExtension } from "./machine";

const SECTION = "kerlint";
/** Settings that decide which server runs; the running one is told of all others. */
const DECISIVE = ["enable", "interpreter", "importStrategy", "path"].map((name) => `${SECTION}.${name}`);
const SHOW_OUTPUT = "Show Output";
const COPY = "Copy Command";

/** The one client of the window. Restarts follow one another and never overlap. */
class Kerlint {
  private client: LanguageClient | undefined;
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: ExtensionContext,
    private readonly output: LogOutputChannel,
    private readonly trace: OutputChannel,
  ) {}

  restart(): Promise<void> {
    this.queue = this.queue.then(() => this.startAnew());
    return this.queue;
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.stop();
  }

  private async startAnew(): Promise<void> {
    try {
      await this.stop();
      await this.start();
    } catch (error) {
      this.output.error(String(error));
      void this.tell(`kerlint: the server did not start: ${error instanceof Error ? error.message : error}`);
    }
  }

  private async start(): Promise<void> {
    const settings = workspace.getConfiguration(SECTION);
    if (!settings.get<boolean>("enable", true)) {
      this.output.info("turned off by kerlint.enable");
      return;
    }
    const wanted: Wanted = {
      path: settings.get<string[]>("path", []),
      interpreter: settings.get<string[]>("interpreter", []),
      importStrategy: settings.get<Wanted["importStrategy"]>("importStrategy", "fromEnvironment"),
    };
    const found = await locate(wanted, await machine(this.context));
    if (found.kind === "missing") {
      this.miss(found);
      return;
    }
    this.output.info(`kerlint ${found.version}: ${found.command.join(" ")}`);
    this.client = this.made(found);
    await this.client.start();
  }

  private made(found: Found): LanguageClient {
    const [command = "", ...args] = found.command;
    const options: LanguageClientOptions = {
      documentSelector: ["file", "untitled", "vscode-notebook-cell"].map((scheme) => ({
        scheme,
        language: "python",
      })),
      initializationOptions: { settings: workspace.getConfiguration(SECTION) },
      synchronize: { configurationSection: SECTION },
      outputChannel: this.output,
      traceOutputChannel: this.trace,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
    };
    const server = { command, args, options: { env: { ...process.env, ...found.env } } };
    return new LanguageClient(SECTION, "kerlint", server, options);
  }

  private miss(missing: Missing): void {
    const remedy = missing.remedy === undefined ? "" : `: ${missing.remedy}`;
    this.output.error(`${missing.reason}${remedy}`);
    void this.tell(`kerlint: ${missing.reason}${remedy}`, missing.remedy);
  }

  private async tell(message: string, remedy?: string): Promise<void> {
    const answers = remedy === undefined ? [SHOW_OUTPUT] : [COPY, SHOW_OUTPUT];
    const answer = await window.showErrorMessage(message, ...answers);
    if (answer === COPY && remedy !== undefined) {
      await env.clipboard.writeText(remedy);
    } else if (answer === SHOW_OUTPUT) {
      this.output.show();
    }
  }
}

let running: Kerlint | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const output = window.createOutputChannel("kerlint", { log: true });
  const trace = window.createOutputChannel("kerlint trace");
  const kerlint = (running = new Kerlint(context, output, trace));
  const changed = (event: ConfigurationChangeEvent) =>
    DECISIVE.some((name) => event.affectsConfiguration(name)) && kerlint.restart();
  context.subscriptions.push(
    output,
    trace,
    commands.registerCommand("kerlint.restart", () => kerlint.restart()),
    commands.registerCommand("kerlint.showOutput", () => output.show()),
    commands.registerCommand("kerlint.fixAll", fixAll),
    workspace.onDidChangeConfiguration(changed),
  );
  const python = await pythonExtension();
  if (python !== undefined) {
    const moved = python.environments.onDidChangeActiveEnvironmentPath(() => kerlint.restart());
    context.subscriptions.push(moved);
  }
  await kerlint.restart();
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}

function fixAll(): Thenable<void> {
  return commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.kerlint", apply: "first" });
}
