/** Errors of React's production build, in words. */
import { expect, test } from "vitest";

import { explained } from "../src/explain.ts";

test("says what an object in the place of text is, and what to do", () => {
  const message =
    "Minified React error #31; visit https://react.dev/errors/31?args[]=object%20with%20keys" +
    "%20%7Ba%2C%20b%7D for the full message or use the non-minified dev environment";
  expect(explained(message)).toBe(
    "object with keys {a, b} stands where only text can be shown: show one of its fields, or " +
      "all of it with State.field.to_string()",
  );
});

test("leaves other messages as they are", () => {
  expect(explained("x is not a function")).toBe("x is not a function");
  expect(explained("Minified React error #418; visit …")).toBe("Minified React error #418; visit …");
});
