/**
 * Radix's slider, whose name reaches the part that has the focus: Radix leaves the only thumb of a
 * slider without one. Several thumbs are told apart by Radix itself.
 */
import { Slider as RadixSlider } from "@radix-ui/themes";
import {
  type ComponentProps,
  type ReactNode,
  type Ref,
  useLayoutEffect,
  useRef,
} from "react";

import { composeRefs } from "../merge.ts";

const NAMES = ["aria-label", "aria-labelledby"];

/** The slider. */
export function Slider({ ref, ...props }: ComponentProps<typeof RadixSlider>): ReactNode {
  const root = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const thumbs = root.current?.querySelectorAll('[role="slider"]') ?? [];
    const [only] = thumbs;
    if (only && thumbs.length === 1) nameAs(only, root.current);
  });
  const both = composeRefs(ref, root) as Ref<HTMLSpanElement>;
  // A span may not have a name, a group may.
  const isNamed = NAMES.some((name) => name in props);
  return <RadixSlider ref={both} {...(isNamed ? { role: "group" } : {})} {...props} />;
}

function nameAs(thumb: Element, root: Element | null): void {
  for (const attribute of NAMES) {
    const name = root?.getAttribute(attribute);
    if (name) thumb.setAttribute(attribute, name);
  }
}
