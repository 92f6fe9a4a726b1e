import { spawn } from "node:child_process";
import * as pulumi from "@pulumi/pulumi";
import { Connector } from "pulumi-dataspace";
import { expect, test } from "vitest";
import { canary, plainCanary } from "./canaries.js";
import { s3Payload } from "./given.js";
import { tableOf } from "./report.js";
import { hitsOf, surfaces, type Hit } from "./surfaces.js";
import { World } from "./world.js";

const planted = canary("planted");

/** A program that shows a secret to everybody. */
async function leaking() {
  await pulumi.log.warn(planted);
  return { planted };
}

async function failing(): Promise<void> {
  await Promise.reject(new Error(planted));
}

test("on every surface, a leak that was put there is found", { timeout: 300_000 }, async () => {
  const world = await World.open({ credentials: "literals", echo: "clear", token: "environment", level: "loud" });
  const { stack, control, options } = world;
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 300_000)", plainCanary("argument")], {
    env: { PLANTED: planted },
  });
  try {
    await fetch(`${control.endpoint}/connectors/${plainCanary("path")}`, {
      headers: { authorization: `Bearer ${control.token}` },
    });
    world.emulatorLog += planted;
    const hits: Hit[] = [
      ...(await hitsOf(world, "fails", await stack.up(failing, options))),
      ...(await hitsOf(world, "up", await stack.up(leaking, options))),
    ];
    console.table(tableOf(hits));
    const found = new Set(hits.filter((hit) => !hit.allowed).map(({ surface }) => surface));
    expect(surfaces.filter(({ name }) => !found.has(name)).map(({ name }) => name)).toEqual([]);

    // A bucket's name is no secret: with a canary for one, the same steps find it wherever inputs are shown.
    const careless = async () => void new Connector("acme", { amazonS3: { ...s3Payload(1), bucketName: planted } });
    const preview = await stack.preview(careless);
    const json = await stack.previewJson();
    expect(JSON.parse(json.stdout)).toHaveProperty("steps");
    for (const outcome of [preview, json]) {
      const seen = (await hitsOf(world, "preview", outcome)).map(({ surface }) => surface);
      expect(seen).toContain("stdout");
    }
  } finally {
    child.kill();
    await world.close();
  }
});
