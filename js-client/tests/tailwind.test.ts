/**
 * What goes into Tailwind's engine and what comes out. That it runs without a browser, and what its
 * stylesheets say, is tested in the host (`host/render/tests/tailwind.rs`).
 */
import { describe, expect, test } from "vitest";

import { build, type Request, type Result } from "../src/tailwind.ts";
import { adapt } from "../src/tailwind/config.ts";
import { plugin } from "../src/tailwind/plugins.ts";
import { packed } from "../src/tailwind/text.ts";
import { formerTheme, restored, translated, withOpacities } from "../src/tailwind/three.ts";

async function css(words: string, request: Partial<Request> = {}): Promise<string> {
  const whole = { version: 4, config: {}, stylesheets: [], ...request };
  const result = await build(JSON.stringify(whole), JSON.stringify(words.split(" ")));
  return (JSON.parse(result) as Result).css;
}

describe("a configuration", () => {
  test("is taken as it is, with the class of the root element for dark", () => {
    const { config, warnings } = adapt({ theme: { colors: { a: "red" } } });
    expect(config).toMatchObject({ theme: { colors: { a: "red" } }, darkMode: "selector" });
    expect(config).not.toHaveProperty("presets");
    expect(warnings).toEqual([]);
  });

  test("may lack the reset of elements in both forms of corePlugins", () => {
    expect(adapt({}).hasPreflight).toBe(true);
    expect(adapt({ corePlugins: { preflight: false } }).hasPreflight).toBe(false);
    expect(adapt({ corePlugins: ["margin"] }).hasPreflight).toBe(false);
    expect(adapt({ corePlugins: ["preflight"] }).hasPreflight).toBe(true);
  });

  test("whose theme is no dictionary is refused by name", () => {
    expect(() => adapt({ theme: [] })).toThrow("theme must be a dictionary");
    expect(() => adapt({ theme: { extend: { spacing: "1px" } } })).toThrow("theme.extend.spacing");
  });

  test("brings the words of its safelist and tells of patterns", () => {
    const { safelist, warnings } = adapt({ safelist: ["p-1", { pattern: "p-.*" }] });
    expect(safelist).toEqual(["p-1"]);
    expect(warnings.join()).toContain("safelist");
  });
});

test("plugins are known with and without a version", () => {
  expect(plugin("@tailwindcss/forms@0.5.11")).toBe(plugin("@tailwindcss/forms"));
  expect(plugin("@tailwindcss/line-clamp")).toBeDefined();
  expect(plugin("daisyui")).toBeUndefined();
});

test("colours of version 3 are made transparent only for the utilities in use", () => {
  expect(withOpacities({}, ["bg-black", "p-4"])).toEqual({});
  const config = { theme: { extend: { colors: { brand: { DEFAULT: "#123", light: "#456" } } } } };
  const { theme } = withOpacities(config, ["hover:bg-opacity-50"]);
  const extend = theme?.extend as Record<string, Record<string, string>>;
  expect(Object.keys(extend)).toEqual(["backgroundColor", "colors"]);
  expect(extend.backgroundColor?.["brand"]).toContain("#123 calc(var(--tw-bg-opacity, 1) * 100%)");
  expect(extend.backgroundColor).toHaveProperty("brand-light");
  expect(extend.backgroundColor).toHaveProperty("gray-500");
  expect(formerTheme()).toContain("--color-red-500: #ef4444;");
});

test("values in brackets that version 3 wrote otherwise are understood", async () => {
  const words = ["sm:bg-[--a-1]", "text-[color:--b]", "grid-cols-[1fr,minmax(0,2fr)]", "[--c:1px]"];
  const found = translated(words);
  expect(found.words).toEqual([
    "sm:bg-[var(--a-1)]",
    "text-[color:var(--b)]",
    "grid-cols-[1fr_minmax(0,2fr)]",
    "[--c:1px]",
  ]);
  expect(restored(".sm\\:bg-\\[var\\(--a-1\\)\\]{}", found)).toBe(".sm\\:bg-\\[--a-1\\]{}");
  const sheet = await css(words.join(" "), { version: 3 });
  expect(sheet).toContain("background-color:var(--a-1)");
  expect(sheet).toContain(".grid-cols-\\[1fr\\,minmax\\(0\\,2fr\\)\\]{");
  expect(sheet).toContain("grid-template-columns:1fr minmax(0,2fr)");
});

test("space that only people need goes, and what is in values stays", () => {
  const text = '/*! A */\n@layer a {\n  .b {\n    content: "x: {y";\n    margin: 0 auto;\n  }\n}\n';
  expect(packed(text)).toBe('/*! A */\n@layer a{.b{content:"x: {y";margin:0 auto;}}');
  expect(packed(".a,\n.b {\n  --x: 1px\n    2px;\n}")).toBe(".a,.b{--x:1px 2px;}");
});

test("a word that is no class, and one that is none twice, change nothing", async () => {
  expect(await css("p-4 p-4 nothing")).toBe(await css("p-4"));
  expect(await css("p-4")).toContain(".p-4{");
});
