import type { Report } from "../../pipeline/run/report.ts";
import { moments, planOf, plannedConnector, reportWith } from "./reports.ts";

/** What a name, a status or an error could hold that was chosen to harm whoever reads it. */
export const attacks = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `</title></style></textarea><svg onload=alert(1)>`,
  `' onmouseover='alert(1)`,
  `![x](https://evil.example/pixel.png) [y](javascript:alert(1))`,
  `https://evil.example/?q=1 www.evil.example`,
  `@everyone #1 !2 owner/repo#3 %4`,
  "``` \n/close\n# big\n```",
  `|a|b|\\|c|`,
  `*_~ </details> &lt;b&gt; $x$`,
  `\u202egnp.exe\u0000\u001b[31mred\u001b[0m\ud800`,
  `{{ constructor }} \${7*7}`,
  "x".repeat(400),
];

export function hostile(): Report {
  const all = attacks.join(" ");
  return reportWith({
    command: `up ${attacks[0]}`,
    stack: `prod ${attacks[2]}`,
    exitCode: 1,
    plan: {
      ...planOf(
        attacks.map((attack) =>
          plannedConnector(attack, {
            fields: [{ path: attack, credential: false, from: attack, to: { [attack]: [attack] } }],
            status: attack,
            becomes: attack,
            leftBehind: attack,
          }),
        ),
        attacks.map((attack) => `calm ${attack}`),
      ),
      others: attacks,
    },
    violations: attacks.map((attack) => ({ rule: attack, text: attack, connectors: [attack] })),
    differences: attacks,
    connectors: attacks.map((attack, index) => ({
      key: attack,
      name: `other ${attack}`,
      result: index % 2 === 0 ? ("failed" as const) : ("done" as const),
      status: attack,
      error: attack,
      timeline: [
        ...moments("RUNNING 0"),
        ...moments("STARTING 500").map((each) => ({ ...each, status: attack })),
        ...moments("RUNNING 900, STOPPED 2000"),
      ],
    })),
    drift: attacks.map((attack) => ({ key: attack, name: `other ${attack}`, kind: "fields" as const, text: attack })),
    requests: { [attacks[1] ?? ""]: 3, list: 1 },
    notes: [all],
    warnings: [all],
    errors: [all],
  });
}
