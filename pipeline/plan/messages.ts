export function worthSharding(count: number): string {
  return `This stack holds ${count} connectors, and every change takes longer the more there are. To spread them over several stacks: pulumi-dataspace reshard --to ${Math.ceil(count / 150)}.`;
}
