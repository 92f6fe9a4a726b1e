import { Connector } from "pulumi-dataspace";
import { settle, type Storage } from "../connectors.ts";

export function declare(name: string, amazonS3: Storage, startMs: number): void {
  new Connector(name, { amazonS3, onDelete: "delete", ...(startMs === 0 ? { settle } : {}) });
}
