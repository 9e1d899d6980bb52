/** Substates, their subscribers, selected values. */
import { act } from "react";
import { beforeEach, describe, expect, test, vi } from "vitest";

import { each } from "../src/each.tsx";
import { now, store, useValues } from "../src/store.ts";
import type { SubstatePatch } from "../src/wire.ts";
import { render } from "./render.tsx";

function apply(...patches: SubstatePatch[]): void {
  act(() => {
    store.apply(patches);
    store.notify();
  });
}

beforeEach(() => {
  act(() => {
    store.replace([[1, "one"], [{ name: "Ada" }, []]]);
    store.notify();
  });
});

describe("useValues", () => {
  test("renders again only when a selected value changed", () => {
    const rendered = vi.fn();
    function Name() {
      const [name] = useValues([1], ($) => [($[1]?.[0] as { name: string }).name]);
      rendered();
      return name;
    }
    const element = render(<Name />);
    apply([1, ["s", [1], [2]]]);
    apply([0, ["s", [0], 2]]);
    expect(rendered).toHaveBeenCalledTimes(1);
    apply([1, ["s", [0, "name"], "Grace"]]);
    expect(rendered).toHaveBeenCalledTimes(2);
    expect(element.textContent).toBe("Grace");
  });

  test("does not select again for a substate that it does not read", () => {
    const select = vi.fn(($: ReturnType<typeof now>) => [$[0]?.[1]] as const);
    const One = () => String(useValues([0], select)[0]);
    render(<One />);
    const before = select.mock.calls.length;
    apply([1, ["s", [0], null]]);
    expect(select).toHaveBeenCalledTimes(before);
    apply([0, ["s", [1], "two"]]);
    expect(select.mock.calls.length).toBeGreaterThan(before);
  });

  test("selects by what the component knows at the moment", () => {
    function Field({ field }: { field: number }) {
      return String(useValues([0], ($) => [$[0]?.[field]])[0]);
    }
    function Both() {
      const [field] = useValues([1], ($) => [($[1]?.[1] as unknown[]).length]);
      return <Field field={field} />;
    }
    const element = render(<Both />);
    expect(element.textContent).toBe("1");
    apply([1, ["p", [1], 0, 0, ["x"]]]);
    expect(element.textContent).toBe("one");
  });
});

describe("apply", () => {
  test("a frame that does not fit changes nothing", () => {
    const before = now();
    const patches: SubstatePatch[] = [[0, ["s", [0], 9]], [1, ["a", [1], "x"]]];
    expect(() => store.apply(patches)).toThrow(TypeError);
    expect(now()).toBe(before);
  });

  test("a substate that does not exist is refused", () => {
    expect(() => store.apply([[7, ["s", [0], 1]]])).toThrow("there is no substate 7");
  });
});

describe("each", () => {
  const cells = Array.from({ length: 1000 }, (_, id) => ({ id, price: 1 }));
  type Cell = (typeof cells)[number];
  const rows = vi.fn((item: Cell, index: number, [unit]: readonly unknown[]) => (
    <i>{`${index}:${item.price}${unit}`}</i>
  ));
  const Loop = each({
    of: [[0], ($) => $[0]?.[0]],
    outer: [[1], ($) => [$[1]?.[0]]],
    row: rows as never,
    key: (item: { id: number }) => item.id,
  });

  beforeEach(() => {
    rows.mockClear();
    act(() => {
      store.replace([[cells], ["€", 0]]);
      store.notify();
    });
  });

  test("a changed row of 1000 renders itself and compares its block", () => {
    const element = render(<Loop />);
    expect(rows).toHaveBeenCalledTimes(1000);
    rows.mockClear();
    const slices = vi.spyOn(Array.prototype, "slice");
    apply([0, ["s", [0, 512, "price"], 2]]);
    // A block slices its rows out when it renders; nothing else slices a hundred.
    const blocks = slices.mock.results.filter(({ value }) => (value as unknown[]).length === 100);
    slices.mockRestore();
    expect(blocks).toHaveLength(1);
    expect(rows).toHaveBeenCalledTimes(1);
    expect(element.children[512]?.textContent).toBe("512:2€");
  });

  test("an outer value that a row reads renders every row, another one none", () => {
    const element = render(<Loop />);
    rows.mockClear();
    apply([1, ["s", [1], 1]]);
    expect(rows).toHaveBeenCalledTimes(0);
    apply([1, ["s", [0], "$"]]);
    expect(rows).toHaveBeenCalledTimes(1000);
    expect(element.children[999]?.textContent).toBe("999:1$");
  });

  test("rows are appended and removed", () => {
    const element = render(<Loop />);
    apply([0, ["p", [0], 1000, 0, [{ id: 1000, price: 7 }]]]);
    expect(element.lastElementChild?.textContent).toBe("1000:7€");
    apply([0, ["p", [0], 0, 1000, []]]);
    expect([...element.children].map(({ textContent }) => textContent)).toEqual(["0:7€"]);
  });

  test("a dictionary gives pairs, and those that stay are not rendered again", () => {
    const pairs = vi.fn(([key, value]: [string, number]) => <i>{`${key}=${value}`}</i>);
    act(() => store.replace([[{ a: 1, b: 2, c: 3 }]]));
    const Pairs = each({ of: [[0], ($) => $[0]?.[0]], row: pairs as never });
    const element = render(<Pairs />);
    expect(element.textContent).toBe("a=1b=2c=3");
    pairs.mockClear();
    apply([0, ["s", [0, "b"], 5]]);
    expect(element.textContent).toBe("a=1b=5c=3");
    expect(pairs).toHaveBeenCalledTimes(1);
  });
});
