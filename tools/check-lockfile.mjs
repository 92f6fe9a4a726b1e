/**
 * What may be installed here, judged by the lockfile alone: every development dependency pinned, everything from the registry,
 * with its checksum and under a licence that is allowed, no program run at installation but those that are known, no version
 * with a known hole, and no such program of our own. Needs nothing installed, and no network.
 */
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { licenceProblems } from "./licences.mjs";

const registry = "https://registry.npmjs.org/";

/** Programs that a package runs when it is installed: whose, and why that is well. */
const installScripts = {
  "node_modules/node":
    "fetches the project's own Node from the same registry; tools/setup.mjs does it where npm doesn't",
  "node_modules/protobufjs": "looks at its own version number; everything works without it",
};

/** Versions below these have known holes that matter here; each major that is still mended has a first good one. */
const holes = [
  { name: "undici", firsts: ["6.27.0", "7.29.0", "8.9.0"], why: "CVE-2026-12151, CVE-2026-13697 and older ones" },
  { name: "@grpc/grpc-js", firsts: ["1.10.9"], why: "CVE-2024-37168" },
  { name: "protobufjs", firsts: ["7.5.8"], why: "CVE-2023-36665 and newer ones" },
];

const ownInstallScripts = ["preinstall", "install", "postinstall", "prepare"];

/** Everything that is wrong, as sentences. `files`: what lies beside the manifest. */
export function problemsOf(manifest, lock, files = []) {
  const entries = Object.entries(lock.packages ?? {}).filter(([path]) => path !== "");
  return [
    ...(lock.lockfileVersion === 3 ? [] : [`package-lock.json has version ${lock.lockfileVersion}; 3 is expected`]),
    ...Object.entries(manifest.devDependencies ?? {})
      .filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))
      .map(([name, range]) => `${name} is ${range} in package.json; pin one version`),
    ...ownInstallScripts
      .filter((script) => script in (manifest.scripts ?? {}))
      .map((script) => `package.json has a ${script} script; nothing of ours runs at installation`),
    ...files
      .filter((file) => file === "binding.gyp")
      .map((file) => `${file} makes npm run a compiler at installation; nothing of ours runs there`),
    ...[["package.json", manifest], ...entries].flatMap(([path, entry]) => foreignIn(path, entry)),
    ...entries.flatMap(([path, entry]) => problemsOfEntry(path, entry)),
    ...licenceProblems({ packages: lock.packages ?? {} }),
  ];
}

/** Dependencies that are asked for anywhere but in the registry: by address, from GitHub, from a folder. */
function foreignIn(path, { dependencies, devDependencies, optionalDependencies, peerDependencies }) {
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies, ...peerDependencies })
    .filter(([, range]) => /[:/]/.test(range.replace(/^npm:(@[\w.-]+\/)?/, "")))
    .map(([name, range]) => `${path} asks for ${name} at ${range}; only versions from the registry are allowed`);
}

function problemsOfEntry(path, { version, integrity, resolved, link, hasInstallScript }) {
  const problems = [];
  if (link) problems.push(`${path} is a link; everything must come from the registry`);
  else if (!/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ""))
    problems.push(`${path} has no sha512 checksum in package-lock.json; it doesn't come from the registry`);
  // An entry without an address comes from the registry that npm is set to, with the checksum above.
  if (resolved !== undefined && !link && !resolved.startsWith(registry))
    problems.push(`${path} comes from ${resolved.split("?")[0]}; only ${registry} is allowed`);
  if (hasInstallScript && !(path in installScripts))
    problems.push(`${path} runs a program at installation; if that is well, tools/check-lockfile.mjs says why`);
  for (const { name, firsts, why } of holes) {
    const first = firsts.findLast((each) => major(each) <= major(version ?? "")) ?? firsts[0];
    if (path.endsWith(`node_modules/${name}`) && isOlder(version, first))
      problems.push(`${path} is ${version}, which has known holes (${why}); ${first} is the first without`);
  }
  return problems;
}

function major(version) {
  return Number(version.split(".")[0]);
}

function isOlder(version, first) {
  const [a, b] = [version, first].map((text) => text.split(/[.-]/).map(Number));
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return a[i] < b[i];
  return false;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [manifest, lock] = ["package.json", "package-lock.json"].map((file) => JSON.parse(readFileSync(file, "utf8")));
  const problems = problemsOf(manifest, lock, existsSync("binding.gyp") ? ["binding.gyp"] : []);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
