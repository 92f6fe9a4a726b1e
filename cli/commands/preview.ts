import { approve, overFleet, preview } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { finish } from "./finish.js";
import { addGateFlags, gatedOptions } from "./gate-flags.js";
import { addFleetFlags, fleetOptions } from "./fleet-flags.js";
import { addStackFlags, stackOptions } from "./stack-flags.js";
import { given } from "./flags.js";

export const command: CommandModule = {
  example: "pulumi-dataspace preview --stack prod --report preview.md --approve-out plan.json",
  define(program) {
    addGateFlags(addFleetFlags(addStackFlags(program)))
      .option("--approve-out <file>", "write what is to be approved, for up --approved")
      .option("--no-credentials", "don't look at credentials: for pull requests that must not see them")
      .option("--detailed-exitcode", "end with 2 when there is something to do");
  },
  async run({ flags, signal, terminal, follow }) {
    const reports = await follow(
      overFleet(
        preview,
        {
          ...stackOptions(flags, signal),
          ...gatedOptions(flags),
          noCredentials: flags["credentials"] === false,
          detailedExitCode: flags["detailedExitcode"] === true,
        },
        fleetOptions(flags),
      ),
    );
    const { approveOut } = given(flags, "approveOut");
    if (approveOut !== undefined && !(await approve(reports, approveOut)))
      terminal.complain(`${approveOut} was not written: what is refused or fails can't be approved.`);
    return finish(reports, flags, terminal);
  },
};
