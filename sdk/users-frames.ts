import { sep } from "node:path";
import { fileURLToPath } from "node:url";

/** `dist/`: where this package's own code lies. */
const own = fileURLToPath(new URL("../", import.meta.url));
const pulumis = `${sep}node_modules${sep}@pulumi${sep}pulumi${sep}`;
/** Frames of Pulumi's resource classes, which it skips itself, and of the class that is derived from them. */
const skipped = 5;

/** Older versions of Node have no such function of their own. */
const errors: { prepareStackTrace?: ((this: void, error: Error, sites: NodeJS.CallSite[]) => unknown) | undefined } =
  Error;

/**
 * Has the engine note where the user's program declares a resource, not how the call came through this package and Pulumi's:
 * the engine keeps every frame in state, a sixth of a connector's bytes, and writes all of state at every step. Pulumi reads the
 * frames out of a stack's text (read in its source); paths are given as paths, because it takes the URLs of ES modules for such.
 * Every other stack that it takes meanwhile, one for each property, is there to find leaks of its own
 * (PULUMI_DEBUG_PROMISE_LEAKS), and costs more than all else that a resource's constructor does: those get no frames.
 *
 * To be called right before `constructor` calls its parent's.
 *
 * @returns what is to be called right after, with the error if there was one: that gets frames, from where the constructor is called
 */
export function showUsersFrames(constructor: new (...args: never[]) => unknown): (error?: unknown) => void {
  // Only Node's own text has positions that are mapped to the sources.
  if (process.sourceMapsEnabled || process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) return () => undefined;
  const inherited = errors.prepareStackTrace;
  const limit = Error.stackTraceLimit;
  errors.prepareStackTrace = (error, sites) => {
    const text = inherited
      ? inherited(error, sites)
      : [error, ...sites].map((each: unknown) => String(each)).join("\n    at ");
    return typeof text === "string" && isForPulumi(text) ? usersFrames(text) : text;
  };
  Error.stackTraceLimit = 0;
  return (error) => {
    errors.prepareStackTrace = inherited;
    Error.stackTraceLimit = limit;
    if (error instanceof Error) Error.captureStackTrace(error, constructor);
  };
}

function isForPulumi(text: string): boolean {
  return /^.*\n\s*at (?:\w+\.)?callsites \(/.test(text);
}

/** The text with those frames that are the user's, in the form that Pulumi reads. */
export function usersFrames(text: string): string {
  const [head = "", ...frames] = text.split("\n");
  const places = frames.slice(skipped).flatMap((frame) => {
    const [, at = "", position = ""] =
      /(?:\(|at (?:async )?)((?:file:|\/|[A-Za-z]:\\)[^()]*?)(:\d+:\d+)\)?$/.exec(frame) ?? [];
    const path = pathOf(at);
    return path === "" || path.startsWith(own) || path.includes(pulumis) ? [] : [`    at program (${path}${position})`];
  });
  return [head, ...frames.slice(0, skipped), ...places].join("\n");
}

/** What is no path on this machine is left out: nothing that a stack says may keep a resource from being declared. */
function pathOf(place: string): string {
  if (!place.startsWith("file:")) return place;
  try {
    return fileURLToPath(place);
  } catch {
    return "";
  }
}
