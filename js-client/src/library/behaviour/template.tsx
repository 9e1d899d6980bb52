/**
 * The element `template`, which shows nothing. Browsers keep what stands in one in HTML apart from
 * the page's elements, where React does not find it.
 */
import type { ComponentProps, ReactNode } from "react";

import { Later } from "../../later.tsx";

/** The element, once the page is a browser's. */
export function Template(props: ComponentProps<"template">): ReactNode {
  return (
    <Later>
      <template {...props} />
    </Later>
  );
}
