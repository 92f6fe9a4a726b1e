/** The house's layers: imports point down, never up and never around. See docs/architecture.md. */
/** @type {[name: string, own: string, below: string[]][]} */
const layers = [
  ["errors", "provider/errors", ["provider/time"]],
  ["time", "provider/time", ["provider/errors"]],
  ["model", "provider/model", ["provider/errors", "provider/time"]],
  ["credentials", "provider/credentials", ["provider/errors", "provider/time", "provider/model"]],
  ["api", "provider/api", ["provider/errors", "provider/time", "provider/model"]],
  ["lifecycle", "provider/lifecycle", ["provider/errors", "provider/time", "provider/model", "provider/api"]],
  ["core", "provider/core", ["provider/(errors|time|model|credentials|api|lifecycle)"]],
  ["adapters", "provider/adapters", ["provider/(errors|time|model|credentials|lifecycle|core)"]],
  [
    "pipeline",
    "sdk/pipeline",
    [
      "sdk/(index|connector|credentials|node-version|compile-cache)[.]ts",
      "provider/(errors|time|model|credentials|core)",
      "provider/lifecycle",
      "provider/adapters/(goals|resource-state)[.]ts",
      "provider/api/(client|limits|outcome|replies)[.]ts",
      "generated",
    ],
  ],
  ["cli", "cli", ["sdk/pipeline/(index|nearest)[.]ts", "sdk/(node-version|compile-cache)[.]ts", "emulator"]],
  [
    "sdk",
    "sdk/(?!pipeline/)",
    ["sdk/(?!pipeline/)", "provider/core", "provider/adapters/dynamic[.]ts", "provider/(errors|model)", "generated"],
  ],
  ["emulator", "emulator", []],
];

export default {
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    ...layers.map(([name, own, below]) => ({
      name: `${name}-imports-only-what-is-below`,
      severity: "error",
      from: { path: own.endsWith(")") ? `^${own}` : `^${own}/` },
      to: {
        path: "^(provider|sdk|cli|emulator|generated)/",
        pathNot: [own, ...below].map((path) =>
          path.endsWith("/)") || path.endsWith(".ts") ? `^${path}` : `^${path}(/|$)`,
        ),
      },
    })),
    {
      name: "the-shim-imports-nothing",
      severity: "error",
      from: { path: "^provider/adapters/dynamic[.]ts$" },
      to: {},
    },
    {
      name: "the-resource-class-loads-no-core",
      comment:
        "Programs import the class; what does the work is loaded by the provider process, and by look-ups when called.",
      severity: "error",
      from: { path: "^sdk/connector[.]ts$" },
      to: { path: "^provider/(?!adapters/dynamic[.]ts)" },
    },
    {
      name: "undici-only-in-transport",
      severity: "error",
      from: { pathNot: "^provider/api/(transport|undici)[.]ts$" },
      to: { path: "node_modules/undici/" },
    },
    {
      name: "the-automation-api-only-in-the-pipeline",
      severity: "error",
      from: { pathNot: "^sdk/pipeline/" },
      to: { path: "node_modules/@pulumi/pulumi/automation/" },
    },
    {
      name: "zod-only-in-model-settings-and-pipeline",
      severity: "error",
      from: { pathNot: "^(provider/(model|core)|sdk/pipeline)/" },
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
