/**
 * Cookies of the app's: fields that it keeps there, and cookies that it wants removed.
 */

/** Characters that end a cookie's name, or a part of its attributes. */
const ENDS = /[;=\s]/;

/** Where a cookie is valid, under the names that Python code and libraries give the parts. */
export interface CookieOptions {
  path?: unknown;
  domain?: unknown;
  secure?: unknown;
  same_site?: unknown;
  sameSite?: unknown;
  partitioned?: unknown;
  /** In seconds; without it the cookie ends with the browser. */
  max_age?: unknown;
}

/** The text of a cookie, null when scripts see none of that name. */
export function readCookie(key: string): string | null {
  for (const cookie of cookies().split("; ")) {
    const end = cookie.indexOf("=");
    if (cookie.slice(0, end) === key) return decoded(cookie.slice(end + 1));
  }
  return null;
}

/** Sets a cookie; its path is `/` when the options name none. Browsers drop what they refuse. */
export function writeCookie(key: string, text: string, options: CookieOptions = {}): void {
  const age = options.max_age;
  const lasting = typeof age === "number" ? [`max-age=${Math.trunc(age)}`] : [];
  set(key, encodeURIComponent(text), options, lasting);
}

/**
 * Removes a cookie, by setting it to a date gone by. The options name the same path and domain with
 * which it was set; the path is `/` when they do not.
 */
export function removeCookie(key: string, options: CookieOptions = {}): void {
  set(key, "", options, ["max-age=0"]);
}

function set(key: string, value: string, options: CookieOptions, lasting: string[]): void {
  if (!key || ENDS.test(key)) throw new TypeError(`no cookie is called ${key}`);
  const { path = "/", domain, secure, same_site, sameSite = same_site, partitioned } = options;
  const site = sameSite === true ? "strict" : sameSite;
  const attributes = [
    `${key}=${value}`,
    `path=${attribute(path)}`,
    ...lasting,
    ...(domain ? [`domain=${attribute(domain)}`] : []),
    ...(secure ? ["secure"] : []),
    ...(typeof site === "string" ? [`samesite=${attribute(site)}`] : []),
    ...(partitioned ? ["partitioned"] : []),
  ];
  document.cookie = attributes.join("; ");
}

/** Reading fails where a page may have no cookies at all. */
function cookies(): string {
  try {
    return document.cookie;
  } catch {
    return "";
  }
}

function decoded(text: string): string {
  const plain = text.replace(/^"(.*)"$/, "$1");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

function attribute(value: unknown): string {
  return String(value).replaceAll(";", "");
}
