/** Stands at both ends of every secret of these tests, so that the half of one is found, too. */
const marker = "QzCanaryZq";

/** A secret that no text may hold: named after its place, with what a shell, JSON, a URL or a pattern would take for something else. */
export function canary(place: string, generation = 1): string {
  return `${marker}-${place}-${generation}+/="\\$(x)%00'.*-${marker}`;
}

/** One that may go where a header or a command line allows less. */
export function plainCanary(place: string): string {
  return `${marker}-${place}-${marker}`;
}

const base64 = [0, 1, 2].flatMap((before) => {
  const encoded = Buffer.from("-".repeat(before) + marker + "--").toString("base64");
  // Only the characters that nothing but the marker decides.
  const stable = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + marker.length) * 8) / 6));
  return [stable, stable.replaceAll("+", "-").replaceAll("/", "_")];
});
const exactly = new RegExp(base64.map((form) => form.replace(/[+/]/g, "\\$&")).join("|"));
const inAnyCase = new RegExp(`${marker}|${Buffer.from(marker).toString("hex")}`, "i");

/** Whether a text holds a canary, plain or in an encoding in which servers, proxies and logs pass things on. */
export function holdsCanary(text: string): boolean {
  return inAnyCase.test(text) || exactly.test(text);
}

/** The lines in which canaries are, cut around the first of them. */
export function linesWithCanaries(text: string): string[] {
  // Most texts hold none: one look at the whole before the lines.
  return holdsCanary(text) ? text.split("\n").filter(holdsCanary) : [];
}

/** As much of a line as shows what it is. */
export function excerptOf(line: string): string {
  const at = Math.max(line.search(inAnyCase), line.search(exactly));
  return `${line.slice(0, 160)} … ${line.slice(Math.max(0, at - 80), at + 60)}`;
}
