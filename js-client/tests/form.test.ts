/** What a form sends: its fields by name, its controls by id. */
import { beforeEach, describe, expect, test } from "vitest";

import { formData, resetForm } from "../src/form.ts";
import { encode } from "../src/wire.ts";

beforeEach(() => {
  document.body.innerHTML = "";
});

function form(content: string): HTMLFormElement {
  document.body.innerHTML = `<form>${content}</form>`;
  return document.querySelector("form") as HTMLFormElement;
}

describe("formData", () => {
  test("reads names as a browser sends them, and ids", () => {
    const target = form(`
      <input name="email" value="a@b.c"><input type="checkbox" name="terms" checked>
      <input type="checkbox" name="news"><textarea id="my-note">hi</textarea>
      <input type="checkbox" id="agree">
      <button role="switch" id="dark" aria-checked="true" type="button"></button>
      <button id="go" type="submit"></button><div id="no-control"></div>`);
    expect(formData({ target })).toEqual({
      email: "a@b.c",
      terms: "on",
      my_note: "hi",
      agree: false,
      dark: true,
    });
  });

  test("has a control with a name and an id under both, by the id as a boolean", () => {
    const target = form(`<input type="checkbox" name="one" id="one" checked>
      <input type="checkbox" name="two" id="other" checked>`);
    expect(formData({ target })).toEqual({ one: true, two: "on", other: true });
  });

  test("leaves out the ids that Radix makes", () => {
    const target = form(`<input name="email" id="radix-_R_19_" value="a@b.c">`);
    expect(formData({ target })).toEqual({ email: "a@b.c" });
  });

  test("reads Radix's sliders and radio groups by id", () => {
    const target = form(`
      <span class="rt-SliderRoot" id="volume"><span role="slider" aria-valuenow="30"></span></span>
      <div role="radiogroup" id="size">
        <button role="radio" aria-checked="false" value="s"></button>
        <button role="radio" aria-checked="true" value="m"></button></div>
      <div role="radiogroup" id="none"></div>`);
    expect(formData({ target })).toEqual({ volume: "30", size: "m", none: null });
  });

  test("gives of several fields of one name the last, and sends all of them", () => {
    const target = form(`<input name="tag" value="x" id="tag"><input name="a" value="1">
      <input name="tag" value="y">`);
    const data = formData({ target });
    expect(data).toEqual({ tag: "y", a: "1" });
    expect(JSON.parse(encode([data, data["tag"]]))).toEqual([
      { $: ["form", [["tag", "x"], ["a", "1"], ["tag", "y"]]] },
      "y",
    ]);
  });

  test("is an ordinary object on the wire when every field has a name of its own", () => {
    const target = form(`<input name="$" value="x">`);
    expect(encode(formData({ target }))).toBe('{"$":["dict",{"$":"x"}]}');
  });

  test("keeps the browser from sending the form itself", () => {
    const target = form("");
    const submit = new Event("submit", { cancelable: true });
    target.addEventListener("submit", (event) => formData(event));
    target.dispatchEvent(submit);
    expect(submit.defaultPrevented).toBe(true);
  });
});

test("resetForm empties the form", () => {
  const target = form(`<input name="a" value="1">`);
  const input = target.querySelector("input") as HTMLInputElement;
  input.value = "2";
  resetForm({ target });
  expect(input.value).toBe("1");
});
