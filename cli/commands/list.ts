import { storageTypes } from "../../generated/storage.js";
import { list, printable, type ListOptions } from "../../pipeline/index.js";
import { table } from "../terminal/table.js";
import type { CommandModule } from "./command.js";
import { given } from "./flags.js";
import { addServiceFlags, serviceOptions } from "./service-flags.js";

export const command: CommandModule = {
  example: 'pulumi-dataspace list --status FAILED --name "acme-*"',
  define: (command) =>
    addServiceFlags(
      command
        .option("--status <word>", "only connectors with this status, e.g. RUNNING")
        .option("--storage <kind>", `only connectors with this storage: ${storageTypes.join(", ")} or none`)
        .option("--name <glob>", "only connectors whose name matches"),
    ),
  async run(invocation) {
    const { flags } = invocation;
    const connectors = await invocation.follow(
      list({ ...serviceOptions(invocation), ...given<ListOptions>(flags, "status", "storage", "name") }),
    );
    const rows = connectors.map(({ name, status, storage = "", place = "", bpn = "" }) =>
      [name, status, storage, place, bpn].map(printable),
    );
    const text = rows.length === 0 ? "No connectors." : table(["name", "status", "storage", "place", "bpn"], rows);
    return { exitCode: 0, document: connectors, text };
  },
};
