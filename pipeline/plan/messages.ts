export function worthSharding(count: number): string {
  return `This stack would hold ${count} connectors, and the time of each change grows with that: pulumi-dataspace reshard --to ${Math.ceil(count / 150)} spreads them over several stacks.`;
}
