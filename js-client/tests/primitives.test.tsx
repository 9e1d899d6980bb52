/** What stands on Radix's primitives, and what is added to its components: looks as attributes, values by default, what is wrong. */
import { act } from "react";
import { describe, expect, test, vi } from "vitest";

import {
  AccordionContent,
  AccordionHeader,
  AccordionItem,
  AccordionRoot,
  AccordionTrigger,
} from "../src/library/accordion.ts";
import {
  FormControl,
  FormField,
  FormLabel,
  FormMessage,
  FormRoot,
  FormValidityState,
} from "../src/library/form-primitives.tsx";
import { ProgressIndicator, ProgressRoot } from "../src/library/progress.tsx";
import { Slider } from "../src/library/slider.tsx";
import { render } from "./render.tsx";

function item(name: string) {
  return (
    <AccordionItem>
      <AccordionHeader>
        <AccordionTrigger colorScheme="red">{name}</AccordionTrigger>
      </AccordionHeader>
      <AccordionContent variant="soft">{`${name}: content`}</AccordionContent>
    </AccordionItem>
  );
}

describe("the accordion", () => {
  test("has its looks as attributes, and as variables of the style", () => {
    const page = render(
      <AccordionRoot radius="full" colorScheme="grass" duration={100} showDividers={false}>
        {item("a")}
      </AccordionRoot>,
    );
    const root = page.firstElementChild as HTMLElement;
    expect(root.dataset).toMatchObject({ variant: "classic", accentColor: "grass", radius: "full" });
    expect(root.style.getPropertyValue("--animation-duration")).toBe("100ms");
    expect(root.style.getPropertyValue("--divider-px")).toBe("0");
    expect(page.querySelector("button")?.dataset["accentColor"]).toBe("red");
  });

  test("opens one item at a time, though none has a value of its own", () => {
    const page = render(
      <AccordionRoot>
        {item("a")}
        {item("b")}
      </AccordionRoot>,
    );
    const [a, b] = page.querySelectorAll("button");
    expect(page.textContent).not.toContain("content");
    act(() => a?.click());
    expect(page.textContent).toContain("a: content");
    act(() => b?.click());
    expect(page.textContent).toContain("b: content");
    expect(page.textContent).not.toContain("a: content");
  });

  test("brings its stylesheet once", () => {
    render(<AccordionRoot>{item("a")}</AccordionRoot>);
    render(<AccordionRoot>{item("b")}</AccordionRoot>);
    expect(document.head.querySelectorAll('style[data-library="accordion"]')).toHaveLength(1);
  });
});

describe("the form", () => {
  test("ties labels to controls, and shows what the page says whatever the state", () => {
    const page = render(
      <FormRoot>
        <FormField name="mail">
          <FormLabel>Address</FormLabel>
          <FormControl />
          <FormValidityState>always</FormValidityState>
        </FormField>
      </FormRoot>,
    );
    expect(page.querySelector("label")?.htmlFor).toBe(page.querySelector("input")?.id);
    expect(page.textContent).toContain("always");
  });

  test("shows a message that is forced, and only Radix hears of that", () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => {});
    const page = render(
      <FormRoot>
        <FormField name="mail">
          <FormControl />
          <FormMessage match="typeMismatch" forceMatch>
            taken
          </FormMessage>
          <FormMessage forceMatch>plain</FormMessage>
        </FormField>
      </FormRoot>,
    );
    expect(page.textContent).toBe("takenplain");
    expect(error).not.toHaveBeenCalled();
  });
});

test("the primitive progress bar is filled as far as its value goes", () => {
  const page = render(
    <ProgressRoot value={1} max={4} radius="full">
      <ProgressIndicator value={1} max={4} colorScheme="red" />
    </ProgressRoot>,
  );
  const [root, filled] = page.querySelectorAll<HTMLElement>("div");
  expect(root?.dataset["radius"]).toBe("full");
  expect(filled?.style.transform).toBe("translateX(-75%)");
  expect(filled?.dataset["accentColor"]).toBe("red");
});

test("the only thumb of a slider has the slider's name, several have their own", () => {
  const names = (node: React.ReactNode) =>
    Array.from(render(node).querySelectorAll('[role="slider"]'), (thumb) =>
      thumb.getAttribute("aria-label"),
    );
  expect(names(<Slider aria-label="Level" defaultValue={[1]} />)).toEqual(["Level"]);
  const range = names(<Slider aria-label="Range" defaultValue={[1, 2]} />);
  expect(new Set(range).size).toBe(2);
  expect(range).not.toContain("Range");
});
