/** The libraries' components: what is ours around Grid.js, Glide, Plotly, react-dropzone, lucide. */
import { act, useState } from "react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { command } from "../src/commands.ts";
import { chosenFiles, keepFiles } from "../src/files.ts";
import { cellAt, columnOf } from "../src/library/grid-cells.ts";
import { shardOf, SHARDS } from "../src/library/icon-shards.ts";
import { NamedIcon } from "../src/library/icons.tsx";
import { figureOf, pointsOf, withLocale } from "../src/library/plotly-figure.ts";
import { DataTable } from "../src/library/table.tsx";
import { Upload } from "../src/library/upload.tsx";
import { store, useValues } from "../src/store.ts";
import { render } from "./render.tsx";

const file = (name: string, type = "text/plain") => new File(["content"], name, { type });

/** Reading all icons, which the first test that shows one waits for, takes seconds. */
const WAIT_MS_MAX = 20_000;

vi.setConfig({ testTimeout: 2 * WAIT_MS_MAX });

/** Lets what was started go on until `done` says so. */
async function until(done: () => unknown): Promise<void> {
  await act(() => vi.waitFor(() => expect(done()).toBeTruthy(), { timeout: WAIT_MS_MAX }));
}

describe("a table", () => {
  const cells = (element: Element) =>
    [...element.querySelectorAll("td.gridjs-td")].map((cell) => cell.textContent);

  test("shows lists, dictionaries by their keys, and data frames", async () => {
    const frame = { columns: ["A b", "C"], data: [[1, 2]] };
    const dictionaries = [{ "A b": 1, C: 2, unseen: 3 }];
    for (const [data, columns] of [
      [frame, undefined],
      [dictionaries, ["A b", "C"]],
      [[[1, 2]], ["A b", "C"]],
    ]) {
      const element = render(<DataTable data={data} columns={columns} />);
      await until(() => cells(element).length === 2);
      expect(cells(element)).toEqual(["1", "2"]);
      expect(element.querySelector("th")?.textContent).toBe("A b");
    }
  });

  test("shows the data that it is given next, even while it is drawing", async () => {
    let set = (_: unknown[][]) => {};
    function Changing() {
      const [data, change] = useState<unknown[][]>([["old"]]);
      set = change;
      return <DataTable data={data} columns={["A"]} search pagination={{ limit: 2 }} />;
    }
    const failed = vi.spyOn(console, "error").mockImplementation(() => {});
    const element = render(<Changing />);
    act(() => set([["new"]]));
    await until(() => cells(element).includes("new"));
    expect(failed).not.toHaveBeenCalled();
  });
});

describe("a grid's cells", () => {
  const columns = [
    columnOf("Name"),
    columnOf({ title: "Age", type: "int", editable: false, overlayIcon: null }),
    columnOf({ title: "Active", id: "on", type: "bool" }),
    columnOf({ title: "Face", type: "image" }),
  ];

  test("columns have an id and a type", () => {
    expect(columns[0]).toEqual({ title: "Name", id: "name", type: "str" });
    expect(columns[1]).toEqual({ title: "Age", id: "age", type: "int", editable: false });
    expect(columns[2]?.id).toBe("on");
  });

  test("rows are lists or dictionaries", () => {
    for (const row of [["Ada", 36, true, "a.png"], { name: "Ada", age: 36, on: true, face: "a.png" }]) {
      const cells = [0, 1, 2, 3].map((column) => cellAt([row], columns, column, 0));
      expect(cells[0]).toMatchObject({ kind: "text", data: "Ada", readonly: false });
      expect(cells[1]).toMatchObject({ kind: "number", data: 36, displayData: "36", readonly: true });
      expect(cells[2]).toMatchObject({ kind: "boolean", data: true });
      expect(cells[3]).toMatchObject({ kind: "image", data: ["a.png"] });
    }
  });

  test("what is missing is empty, what is outside is loading", () => {
    expect(cellAt([[null]], columns, 0, 0)).toMatchObject({ data: "", displayData: "" });
    expect(cellAt([[]], columns, 1, 0)).toMatchObject({ kind: "number", data: undefined });
    expect(cellAt([], columns, 0, 0)).toMatchObject({ kind: "loading" });
  });
});

describe("a figure", () => {
  test("has the layout and the template given beside it", () => {
    const figure = { data: [{ y: [1] }], layout: { width: 5, xaxis: { title: "x" } }, frames: [] };
    const layout = { title: "T", xaxis: { visible: false } };
    const merged = figureOf(figure, layout, { layout: { font: { size: 9 } } }, "light");
    expect(merged).toEqual({
      data: [{ y: [1] }],
      frames: [],
      layout: {
        width: 5,
        xaxis: { title: "x", visible: false },
        title: { text: "T" },
        template: { layout: { font: { size: 9 } } },
      },
    });
    expect(merged.data[0]).not.toBe(figure.data[0]);
  });

  test("may be a list of traces, or nothing, and follows the colour mode", () => {
    const [light, dark] = (["light", "dark"] as const).map((mode) => figureOf([{}], undefined, undefined, mode));
    expect(light?.data).toEqual([{}]);
    expect(light?.layout["template"]).not.toEqual(dark?.layout["template"]);
    expect(figureOf(null, undefined, undefined, "dark").data).toEqual([]);
  });

  test("an event's points are data without what Plotly keeps in them", () => {
    const point = { x: 1, y: 2, pointNumber: 0, "marker.color": "red", data: {}, fullData: {} };
    expect(pointsOf([point])).toEqual([{ x: 1, y: 2, pointNumber: 0, markerColor: "red" }]);
    expect(pointsOf(undefined)).toEqual([]);
  });

  test("the locale has a hyphen", () => {
    expect(withLocale({ a: 1 }, "de_AT")).toEqual({ a: 1, locale: "de-AT" });
    expect(withLocale(undefined, undefined)).toEqual({});
  });
});

describe("icons by name", () => {
  const lines = (element: Element) => element.querySelectorAll("svg > *").length;

  test("are drawn once their lines are there; until then their room is kept", async () => {
    const element = render(<NamedIcon name="Circle_Plus" size={30} />);
    const empty = element.querySelector("svg");
    expect(empty?.getAttribute("width")).toBe("30");
    await until(() => lines(element) > 0);
    expect(element.querySelector("svg")?.classList).toContain("lucide-circle-plus");
    expect(element.querySelector("svg")?.getAttribute("width")).toBe("30");
  });

  test("a name that no icon has is a question mark", async () => {
    for (const name of ["no-such-icon", "constructor", null, ""]) {
      const element = render(<NamedIcon name={name} />);
      await until(() => element.querySelector(".lucide-circle-help"));
    }
  });

  test("are divided evenly enough", () => {
    const counts = new Array<number>(SHARDS).fill(0);
    const words = ["arrow", "circle", "square", "file", "folder", "chevron", "user", "cloud"];
    const ends = ["", "-x", "-plus", "-minus", "-up", "-down", "-left", "-right", "-off", "-cog"];
    for (const word of words) for (const end of ends) counts[shardOf(word + end)]! += 1;
    expect(Math.max(...counts)).toBeLessThan(10);
  });
});

describe("an upload", () => {
  const Chosen = () => {
    const own = store.state.length - 1;
    const [names] = useValues([own], ($) => [($[own]?.[0] as Record<string, string[]>)["u"]]);
    return <p>{names?.join(", ")}</p>;
  };
  const drop = async (element: Element, ...files: File[]) => {
    const input = element.querySelector("input") as HTMLInputElement;
    Object.defineProperty(input, "files", { value: files, configurable: true });
    await act(async () => {
      input.dispatchEvent(new Event("change", { bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve, 20));
    });
  };

  beforeEach(() => store.replace([[1], [2]]));
  afterEach(() => act(() => keepFiles("u", [])));

  test("keeps the files chosen, whatever the server says, until they are cleared", async () => {
    const element = render(
      <>
        <Upload id="u">Drop</Upload>
        <Chosen />
      </>,
    );
    await drop(element, file("a.txt"), file("b.txt"));
    expect(element.querySelector("p")?.textContent).toBe("a.txt, b.txt");
    expect(chosenFiles("u").map(({ name }) => name)).toEqual(["a.txt", "b.txt"]);
    act(() => {
      store.replace([[3], [4]]);
      store.apply([[0, ["s", [0], 5]]]);
      store.notify();
    });
    expect(store.state.slice(0, 2)).toEqual([[5], [4]]);
    expect(element.querySelector("p")?.textContent).toBe("a.txt, b.txt");
    act(() => command({ c: "clear_files", upload: "u" }));
    expect(element.querySelector("p")?.textContent).toBe("");
    expect(chosenFiles("u")).toEqual([]);
  });

  test("describes the files that it refused", async () => {
    const refused = vi.fn();
    const element = render(
      <Upload id="u" accept={{ "image/png": [".png"] }} onDropRejected={refused} />,
    );
    await drop(element, file("a.txt"));
    const [[first]] = refused.mock.calls[0] as [[Record<string, unknown>]];
    expect(first["file"]).toMatchObject({ name: "a.txt", size: 7 });
    expect(first["errors"]).toMatchObject([{ code: "file-invalid-type" }]);
    expect(chosenFiles("u")).toEqual([]);
  });
});
