/**
 * Puts what the provider's process loads into one file, in the place of the module that the shim names: its start is a third
 * of what it is with a file for each module (docs/decisions/0017). The rest of dist/ stays as it is compiled.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "dist", "provider");
const included = ["zod", "undici"];

const bundle = await rolldown({
  input: { runtime: join(folder, "dynamic", "runtime.js") },
  platform: "node",
  external: [/^node:/, /^@pulumi\//, /^pulumi-dataspace\//],
  resolve: { alias: { undici: join(root, "tools", "undici-parts.mjs") } },
  onLog(level, log, handle) {
    handle(level === "warn" ? "error" : level, log);
  },
});
await bundle.write({
  dir: folder,
  format: "esm",
  entryFileNames: "dynamic/[name].js",
  // One: undici, which is loaded with the first request.
  chunkFileNames: "api/[name].js",
  // Without layout and comments it is a fifth smaller; names stay, for whoever reads a profile or a crash.
  minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  postBanner: notice(),
});

/** Their licence asks for it to come with every copy. */
function notice() {
  const licences = included.map((name) => {
    const read = (file) => readFileSync(join(root, "node_modules", name, file), "utf8");
    return `${name} ${JSON.parse(read("package.json")).version}\n\n${read("LICENSE").trim()}`;
  });
  return `/*!\nHolds parts of these packages:\n\n${licences.join("\n\n")}\n*/`;
}
