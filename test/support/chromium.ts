import { existsSync } from "node:fs";

/** A Chromium of the machine's own: `CHROMIUM_PATH`, or Debian's. None is ever downloaded. */
export const chromiumPath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
export const hasChromium = existsSync(chromiumPath);

/** Why what needs it is skipped, printed where the tests' output shows it. */
export function sayWithoutChromium(what: string): void {
  if (!hasChromium)
    console.warn(
      `Skipped: ${what}, because there is no Chromium at ${chromiumPath}. Install Debian's package chromium, or name another in CHROMIUM_PATH.`,
    );
}
