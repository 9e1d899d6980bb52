/** Messages, against the golden files of the session crate. */
import { describe, expect, test } from "vitest";

import { encode, parse } from "../src/wire.ts";
import { goldenMessages, goldenText } from "./golden.ts";

interface Golden {
  name: string;
  message: { t: string };
}

const KINDS = {
  "client-": ["ack", "event", "hello", "ping", "route", "storage"],
  "server-": ["error", "patch", "pong", "reload", "state", "store"],
} as const;

describe.each(["client-", "server-"] as const)("golden messages %s*", (prefix) => {
  test("there is a file for every kind", () => {
    expect(goldenMessages(prefix)).toEqual(KINDS[prefix].map((kind) => `${prefix}${kind}.json`));
  });

  test.each(goldenMessages(prefix))("%s comes through reading and writing", (file) => {
    const raw = JSON.parse(goldenText(`session/golden/${file}`)) as Golden[];
    expect(raw.length).toBeGreaterThan(0);
    for (const { message } of raw) {
      expect(`${prefix}${message.t}.json`).toBe(file);
      expect(JSON.parse(encode(parse(JSON.stringify(message))))).toEqual(message);
    }
  });
});

describe("values that JSON cannot say", () => {
  test.each([
    ["a large integer", '{"$":["int","123456789012345678901"]}', 123456789012345678901n],
    ["NaN", '{"$":["float","nan"]}', NaN],
    ["infinity", '{"$":["float","inf"]}', Infinity],
    ["minus infinity", '{"$":["float","-inf"]}', -Infinity],
    ["bytes", '{"$":["bytes","AAH/"]}', new Uint8Array([0, 1, 255])],
    ["a dictionary that looks like a tag", '{"$":["dict",{"$":["int","1"]}]}', { $: ["int", "1"] }],
    ["one inside another", '[{"a":{"$":["dict",{"$":{"$":["int","9007199254740993"]}}]}}]', [
      { a: { $: 9007199254740993n } },
    ]],
  ])("%s", (_name, text, value) => {
    expect(parse(text)).toEqual(value);
    expect(encode(value)).toBe(text);
  });

  test("text that only mentions the tag is left alone", () => {
    const text = '{"a":"{\\"$\\": 1}","$":1,"b":2}';
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  test("an unknown tag is refused", () => {
    expect(() => parse('{"$": ["date", "x"]}')).toThrow(SyntaxError);
  });
});
