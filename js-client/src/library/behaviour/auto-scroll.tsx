/**
 * A box that follows what is added at its end, as long as its user is there.
 */
import { type ComponentPropsWithRef, type ReactNode, useLayoutEffect, useRef } from "react";

import { composeRefs } from "../../merge.ts";

/** So near to the end, in pixels, counts as being there. */
const NEAR_PX = 50;

/** Scrolls to its end when its content changes, unless the user has scrolled away from there. */
export function AutoScroll({ ref, ...props }: ComponentPropsWithRef<"div">): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => (box.current ? follow(box.current) : undefined), []);
  return <div {...props} ref={composeRefs(ref, box) as (node: HTMLDivElement) => void} />;
}

/** Keeps an element at its end; gives what stops it. */
function follow(box: HTMLElement): () => void {
  let isAtEnd = true;
  const look = () => {
    isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight <= NEAR_PX;
  };
  const keep = () => {
    if (isAtEnd) box.scrollTop = box.scrollHeight;
  };
  const changes = new MutationObserver(keep);
  changes.observe(box, { characterData: true, childList: true, subtree: true });
  // Its own size, and pictures inside that take their room when they are there.
  const sizes = new ResizeObserver(keep);
  sizes.observe(box);
  box.addEventListener("scroll", look, { passive: true });
  box.addEventListener("load", keep, { capture: true });
  keep();
  return () => {
    changes.disconnect();
    sizes.disconnect();
    box.removeEventListener("scroll", look);
    box.removeEventListener("load", keep, { capture: true });
  };
}
