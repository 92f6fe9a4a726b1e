/** The connectors that every row makes: six fields of S3 storage each, four of them credentials. */

export interface Storage {
  readonly bucketName: string;
  readonly region: string;
  readonly accessKeyIdRead: string;
  readonly secretAccessKeyRead: string;
  readonly accessKeyIdWrite: string;
  readonly secretAccessKeyWrite: string;
}

export function namesOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `bench-${String(index).padStart(5, "0")}`);
}

/** @param generation changes one field, the secret key for writing */
export function storageOf(name: string, generation: number): Storage {
  return {
    bucketName: `bucket-of-${name}`,
    region: "eu-central-1",
    accessKeyIdRead: `AKIAREAD${name}`,
    secretAccessKeyRead: `secret-for-reading-${name}-0123456789abcdef`,
    accessKeyIdWrite: `AKIAWRITE${name}`,
    secretAccessKeyWrite: `secret-for-writing-${name}-${generation}-0123456789abcdef`,
  };
}

/** At start time 0 nobody can see a restart, so ours waits this long after an edit (default: 10 s). */
export const settle = "1s";
