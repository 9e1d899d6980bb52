/**
 * Cookies that the app set and wants removed.
 */

/** Characters that end a cookie's name, or a part of its attributes. */
const ENDS = /[;=\s]/;

/** Where the cookie is valid, under the names that Python code and libraries give the parts. */
type CookieOptions = Record<string, unknown>;

/**
 * Removes a cookie, by setting it to a date gone by. The options name the same path and domain with
 * which it was set; the path is `/` when they do not.
 */
export function removeCookie(key: string, options: CookieOptions = {}): void {
  if (ENDS.test(key)) throw new TypeError(`no cookie is called ${key}`);
  const { path = "/", domain, secure, same_site, sameSite = same_site, partitioned } = options;
  const attributes = [
    `${key}=`,
    `path=${attribute(path)}`,
    "max-age=0",
    ...(domain ? [`domain=${attribute(domain)}`] : []),
    ...(secure ? ["secure"] : []),
    ...(typeof sameSite === "string" ? [`samesite=${attribute(sameSite)}`] : []),
    ...(partitioned ? ["partitioned"] : []),
  ];
  document.cookie = attributes.join("; ");
}

function attribute(value: unknown): string {
  return String(value).replaceAll(";", "");
}
