/** Layers: a folder imports only what its row names, types included. docs/architecture.md has the same table; a test compares them. */
const leaves = ["provider/errors", "provider/time"];
const core = [
  ...leaves,
  "provider/model",
  "provider/credentials",
  "provider/api",
  "provider/lifecycle",
  "provider/core",
];
const base = [...core, "provider/resource"];
const stages = [
  "pipeline/run",
  "pipeline/service",
  "pipeline/source",
  "pipeline/stack",
  "pipeline/plan",
  "pipeline/gate",
];
const all = [...stages, "pipeline/apply", "pipeline/render"];

/** @type {Record<string, string[]>} */
export const layers = {
  "provider/errors": [],
  "provider/time": [],
  "provider/model": leaves,
  "provider/credentials": [...leaves, "provider/model"],
  "provider/api": [...leaves, "provider/model"],
  "provider/lifecycle": [...leaves, "provider/model", "provider/api"],
  "provider/core": [...leaves, "provider/model", "provider/credentials", "provider/api", "provider/lifecycle"],
  "provider/resource": core,
  "provider/process": [],
  "provider/dynamic": [...base, "provider/process"],
  sdk: [...base, "provider/dynamic/shim.ts", "generated"],
  "pipeline/run": base,
  "pipeline/service": [...base, "pipeline/run"],
  "pipeline/source": [...base, "sdk", "generated", "pipeline/run", "pipeline/service"],
  "pipeline/stack": [...base, "sdk", "pipeline/run", "pipeline/service", "pipeline/source"],
  "pipeline/plan": [...base, ...stages.slice(0, 4)],
  "pipeline/gate": [...base, ...stages.slice(0, 5)],
  "pipeline/apply": [...base, ...stages],
  "pipeline/render": [...base, ...stages, "pipeline/apply"],
  "pipeline/operate": [...base, ...all],
  "pipeline/generate": [...base, ...all],
  "pipeline/doctor": [...base, ...all, "pipeline/operate"],
  "pipeline/fleet": [...base, ...all],
  cli: [
    "pipeline/index.ts",
    "generated/storage.ts",
    "pipeline/nearest.ts",
    "sdk/node-version.ts",
    "sdk/compile-cache.ts",
    "emulator",
  ],
  emulator: [],
};

const exactly = (path) => `^${path.replaceAll(".", "[.]")}(/|$)`;

export default {
  forbidden: [
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    ...Object.entries(layers).map(([folder, below]) => ({
      name: `${folder}-imports-only-what-is-below`,
      severity: "error",
      from: { path: exactly(folder) },
      to: { path: "^(provider|sdk|pipeline|cli|emulator|generated)/", pathNot: [folder, ...below].map(exactly) },
    })),
    {
      name: "the-shim-imports-nothing",
      severity: "error",
      from: { path: "^provider/dynamic/shim[.]ts$" },
      to: {},
    },
    {
      name: "the-resource-class-loads-no-core",
      comment:
        "Programs import the class; what does the work is loaded by the provider process, and by look-ups when called.",
      severity: "error",
      from: { path: "^sdk/connector[.]ts$" },
      to: { path: "^provider/(?!dynamic/shim[.]ts|model/connector-type[.]ts)" },
    },
    {
      name: "undici-only-in-transport",
      severity: "error",
      from: { pathNot: "^provider/api/(transport|proxy|undici)[.]ts$" },
      to: { path: "node_modules/undici/" },
    },
    {
      name: "the-automation-api-only-in-the-pipeline",
      severity: "error",
      from: { pathNot: "^pipeline/" },
      to: { path: "node_modules/@pulumi/pulumi/automation/" },
    },
    {
      name: "zod-only-in-model-settings-and-pipeline",
      severity: "error",
      from: { pathNot: "^(provider/(model|core)|pipeline)/" },
      to: { path: "node_modules/zod/" },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
