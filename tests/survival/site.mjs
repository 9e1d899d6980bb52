/** What a client reads of a served app before it connects: the page's build, names, the cookie. */

/** The cookies of one browser, without their attributes. */
export class Cookies {
  #values = new Map();

  /** Takes over what a response sets. */
  take(headers = []) {
    for (const header of headers) {
      const [pair, ...attributes] = header.split(";");
      const [name, value] = pair.trim().split(/=(.*)/s);
      const over = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute));
      if (over) this.#values.delete(name);
      else this.#values.set(name, value);
    }
  }

  get(name) {
    return this.#values.get(name);
  }

  set(name, value) {
    this.#values.set(name, value);
  }

  /** What a request sends: empty when there are none. */
  header() {
    const text = [...this.#values].map(([name, value]) => `${name}=${value}`).join("; ");
    return text ? { cookie: text } : {};
  }
}

/**
 * Reads the app at `url`, as a browser with these cookies.
 *
 * @returns {Promise<{build: string, names: object}>}
 */
export async function readSite(url, cookies) {
  const headers = { ...cookies.header(), connection: "close" };
  const page = await fetch(`${url}/`, { headers });
  const html = await page.text();
  cookies.take(page.headers.getSetCookie());
  const json = html.match(/id="ferroflex"[^>]*>(.*?)<\/script>/s)?.[1];
  if (!page.ok || !json) throw new Error(`${url} answered ${page.status} without a page`);
  const names = await (await fetch(`${url}/_app/names.json`, { headers })).json();
  const { build } = JSON.parse(json);
  // Two servers of two builds may stand behind one address: one must not be mixed with the other.
  if (build !== names.build) throw new Error(`the page is of ${build}, the names of ${names.build}`);
  return { build, names };
}
