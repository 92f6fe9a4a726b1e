/** Every development dependency is pinned exactly, and everything comes from the registry, with its checksum. */
import { readFileSync } from "node:fs";

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));

const problems = [
  ...Object.entries(manifest.devDependencies)
    .filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))
    .map(([name, range]) => `${name} is ${range} in package.json; pin one version`),
  ...Object.entries(packages)
    .filter(([path, { integrity, link, inBundle }]) => path !== "" && !integrity && !link && !inBundle)
    .map(([path]) => `${path} has no checksum in package-lock.json; it doesn't come from the registry`),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
