/** A base URL as state remembers it: scheme, host, port and path, without a slash at its end unless the path is `/` alone. */
export function baseUrlOf(endpoint: string): string {
  const { origin, pathname } = new URL(endpoint);
  return `${origin}${pathname.replace(/(?<!\/)\/+$/, "") || "/"}`;
}

/**
 * Whether what state remembers is the service at this base URL. Older versions remembered the origin alone, which says nothing
 * of a path; what is written now has one, if only `/`.
 */
export function isSameService(remembered: string, baseUrl: string): boolean {
  return remembered === baseUrl || remembered === new URL(baseUrl).origin;
}
