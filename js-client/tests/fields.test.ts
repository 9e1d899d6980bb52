/** What the user changed, kept and put back when the page is loaded again. */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { keepFields, noteControlled, restoreFields, watchFields } from "../src/fields.ts";

beforeAll(watchFields);
beforeEach(() => sessionStorage.clear());

const CONTROLS = `
  <input name="text" value="given"><input name="text" value="second of its name">
  <textarea id="note"></textarea><input type="checkbox" name="tick"><input type="password" name="p">
  <input type="radio" name="r" value="a" checked><input type="radio" name="r" value="b">
  <select name="s"><option>1</option><option>2</option><option>3</option></select>
  <input name="untouched" value="old">`;

function show(html: string): void {
  document.body.innerHTML = html;
}

function control<E extends HTMLElement = HTMLInputElement>(selector: string): E {
  return document.querySelector(selector) as E;
}

function type(input: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

describe("fields", () => {
  test("that the user changed are as they were, all others as the page has them", () => {
    show(CONTROLS);
    type(control("[name=text]"), "typed");
    type(control("#note"), "a\nb");
    type(control("[name=p]"), "secret");
    control("[name=tick]").click();
    control("[value=b]").click();
    control<HTMLSelectElement>("select").selectedIndex = 2;
    control("select").dispatchEvent(new Event("change", { bubbles: true }));
    keepFields("/app");
    expect(sessionStorage.getItem("ferroflex:fields:/app")).not.toContain("secret");

    show(CONTROLS.replace('value="old"', 'value="new"'));
    restoreFields("/app");
    const texts = Array.from(document.querySelectorAll("[name=text]"), (input) =>
      (input as HTMLInputElement).value);
    expect(texts).toEqual(["typed", "second of its name"]);
    expect(control("#note").value).toBe("a\nb");
    expect(control("[name=tick]").checked).toBe(true);
    expect(control("[value=b]").checked).toBe(true);
    expect(control<HTMLSelectElement>("select").value).toBe("3");
    expect(control("[name=untouched]").value).toBe("new");
    expect(control("[name=p]").value).toBe("");
  });

  test("are put back once, and only on their page", () => {
    show(CONTROLS);
    type(control("[name=text]"), "typed");
    keepFields("");
    show(CONTROLS);
    history.replaceState(null, "", "/elsewhere");
    restoreFields("");
    expect(control("[name=text]").value).toBe("given");
    history.replaceState(null, "", "/");
    restoreFields("");
    expect(control("[name=text]").value).toBe("given");
  });

  test("of a form that was emptied are not kept", () => {
    show(`<form><input name="text" value="given"></form>`);
    type(control("[name=text]"), "typed");
    control<HTMLFormElement>("form").reset();
    keepFields("");
    expect(sessionStorage).toHaveLength(0);
  });

  test("that the state holds hear of what is put into them", () => {
    const heard: string[] = [];
    show(`<input id="held">`);
    type(control("#held"), "typed");
    keepFields("");
    show(`<input id="held">`);
    control("#held").addEventListener("input", () => heard.push(control("#held").value));
    noteControlled(control("#held"));
    restoreFields("");
    expect(heard).toEqual(["typed"]);
  });

  test("of Radix are ticked by their buttons", () => {
    const button = `<button role="checkbox" id="b" aria-checked="false"></button>`;
    const tick = ({ currentTarget }: Event) =>
      (currentTarget as Element).setAttribute("aria-checked", "true");
    show(button);
    control("#b").addEventListener("click", tick);
    control("#b").click();
    keepFields("");
    show(button);
    control("#b").addEventListener("click", tick);
    restoreFields("");
    expect(control("#b").getAttribute("aria-checked")).toBe("true");
  });
});
