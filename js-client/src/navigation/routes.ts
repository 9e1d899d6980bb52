/**
 * Which path belongs to which route. The cases of `tests/routes.json` hold here as in Rust.
 * Not here: arguments, which the server reads from the path (host/page/src/route.rs).
 */

/** Whether a path below the base, as the browser writes it, belongs to a route. */
export function matcher(route: string): (path: string) => boolean {
  const segments = route.split("/").filter(Boolean);
  return (path) => fits(segments, partsOf(path));
}

/** The path's parts; one slash at its end does not count. */
function partsOf(path: string): string[] {
  const inner = path.replace(/^\//, "").replace(/\/$/, "");
  return inner === "" && path.length <= 1 ? [] : inner.split("/").map(decoded);
}

function fits([segment, ...further]: string[], parts: string[]): boolean {
  if (segment === undefined) return parts.length === 0;
  if (segment.startsWith("[[...")) return true;
  const [part, ...rest] = parts;
  if (!segment.startsWith("[")) return part === segment && fits(further, rest);
  if (part && fits(further, rest)) return true;
  return segment.startsWith("[[") && fits(further, parts);
}

/** What cannot be decoded stays as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
