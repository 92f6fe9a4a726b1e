import { Connector } from "pulumi-dataspace";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator } from "../../emulator/index.js";
import { s3 } from "../support/connectors.js";
import { TestStack, type Outcome } from "../support/engine.js";

const canary = "CANARYcanary";
const keys = (generation: number) => ({
  accessKeyIdRead: `${canary}${generation}a"b`,
  secretAccessKeyRead: `${canary}${generation}b+/=`,
  accessKeyIdWrite: `${canary}${generation}c`,
  secretAccessKeyWrite: `${canary}${generation}d\\n`,
});

let emulator: Emulator;
let stack: TestStack;

beforeEach(async () => {
  emulator = await Emulator.start({ startMs: 100, quirks: { echoSecrets: "clear" }, token: `${canary}-token` });
  stack = await TestStack.create(emulator);
});
afterEach(async () => {
  await stack.remove();
  await emulator.close();
});

const acme =
  (generation: number, args: object = {}) =>
  async () => {
    const connector = new Connector("acme", { settle: "500ms", amazonS3: s3(keys(generation)), ...args });
    return { status: connector.status, details: connector.details };
  };

/** Every surface on which a value could be seen. */
async function surfaces({ output, events }: Outcome): Promise<Record<string, string>> {
  return {
    output,
    events: JSON.stringify(events),
    exported: await stack.exported(),
    raw: await stack.rawState(),
    outputs: JSON.stringify(await stack.stack.outputs()),
  };
}

const encodings = [
  canary,
  canary.toLowerCase(),
  Buffer.from(canary).toString("hex"),
  Buffer.from(canary).toString("base64").slice(0, 12),
];

function hits(text: string): string[] {
  return text.split("\n").filter((line) => encodings.some((form) => line.includes(form)));
}

async function expectNoLeak(outcome: Outcome): Promise<void> {
  for (const [surface, text] of Object.entries(await surfaces(outcome))) expect(hits(text), surface).toEqual([]);
}

test.each([false, true])(
  "no credential and no token is seen anywhere, whatever happens (--debug: %s)",
  { timeout: 300_000 },
  async (debug) => {
    await expectNoLeak(await stack.preview(acme(1), { debug }));
    for (const fault of [
      { status: 422, echo: true },
      { status: 400, body: JSON.stringify({ detail: `bad ${canary}-token and ${keys(1).secretAccessKeyRead}` }) },
      { status: 409, echo: true },
      { status: 400, body: `<html><title>${keys(1).accessKeyIdWrite}</title>${canary}-token</html>` },
      { status: 302, headers: { location: `https://elsewhere.example/${canary}-token?key=${canary}1c` } },
    ]) {
      emulator.fault({ call: "create", do: fault, times: 9 });
      const failed = await stack.up(acme(1), { debug });
      expect(failed.ok).toBe(false);
      await expectNoLeak(failed);
      emulator.clearFaults();
    }
    emulator.fault({ call: "create", do: "failAtStart" });
    await expectNoLeak(await stack.up(acme(1), { debug }));
    const up = await stack.up(acme(1), { debug });
    expect(up.ok, up.output).toBe(true);
    await expectNoLeak(up);

    const rotation = await stack.preview(acme(2), { debug });
    expect(rotation.output).toMatch(/~ secretAccessKeyRead *: "[\w-]{6}" => "[\w-]{6}"/);
    await expectNoLeak(rotation);
    emulator.fault({ call: "edit", do: { status: 500, body: `Traceback: ${JSON.stringify(keys(2))}` }, times: 9 });
    const broken = await stack.up(acme(2, { timeouts: { update: "3s" } }), { debug });
    expect(broken.ok).toBe(false);
    await expectNoLeak(broken);
    emulator.clearFaults();
    await expectNoLeak(await stack.up(acme(2), { debug }));
    await expectNoLeak(await stack.refresh({ debug }));
    await expectNoLeak(
      await stack.preview(acme(2, { amazonS3: s3({ ...keys(2), secretAccessKeyRead: "" }) }), { debug }),
    );
    await expectNoLeak(await stack.destroy({ debug }));
    expect(await stack.rawState()).not.toBe("");
  },
);

/** Under `-v9` the engine itself writes what programs send it, before any provider is asked: which of its lines may, and why. */
const engineOnly: readonly { readonly line: RegExp; readonly reason: string }[] = [
  {
    line: /"msg":"Unmarshaling property for RPC\[ResourceMonitor\.RegisterResource\(/,
    reason:
      "The engine logs each property of the program's registration as it decodes it, secrets too; no provider is asked yet.",
  },
];

test(
  "with -v9 only the engine's own lines on what it was given show a literal value",
  { timeout: 120_000 },
  async () => {
    const up = await stack.up(acme(1), { logVerbosity: 9, logToStdErr: true });
    expect(up.ok, up.output.slice(-2_000)).toBe(true);
    const unexplained = hits(up.output).filter((line) => !engineOnly.some(({ line: known }) => known.test(line)));
    expect(unexplained.map((line) => line.slice(0, 200))).toEqual([]);
    expect(hits(up.output).filter((line) => line.includes(`${canary}-token`))).toEqual([]);
  },
);
