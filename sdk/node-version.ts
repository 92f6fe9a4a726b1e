/** Said once, in one sentence, instead of a syntax error deep in a dependency. */
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  throw new Error(`pulumi-dataspace needs Node.js 22.19 or newer; this is ${process.versions.node}.`);
}
