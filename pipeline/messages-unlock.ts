export function noLock(stack: string): string {
  return `Stack "${stack}" is not locked.`;
}

export function lockedBy(stack: string, holder: string): string {
  return `Stack "${stack}" is locked by ${holder}.`;
}

export function unlocked(stack: string): string {
  return `The lock is gone. Next: Run pulumi-dataspace up --stack ${stack}, which takes up what the dead run has left.`;
}
