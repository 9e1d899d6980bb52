/**
 * The place in which one page follows another. What stands around a page (app.tsx) stays, messages
 * among it; what the page itself shows is made anew.
 */
import { type ReactNode, useEffect, useLayoutEffect } from "react";

import { PageName } from "./app.tsx";
import { followHead } from "./head.ts";
import type { PageModule } from "./navigation.ts";

/** Who is told of a page that is shown. */
export interface Arrival {
  /** It stands in the document, and is painted next. */
  shown?(): void;
  /** Its components have begun their life, and those of the page before have ended theirs. */
  settled(): void;
}

/** Shows the page of a module. `name` tells pages apart: one of the same name goes on as it is. */
export function Outlet(props: {
  module: PageModule;
  name: string;
  arrival?: Arrival | undefined;
}): ReactNode {
  const { module, name, arrival } = props;
  useLayoutEffect(() => {
    arrival?.shown?.();
  }, [arrival]);
  useLayoutEffect(() => module.head && followHead(module.head), [module]);
  useEffect(() => {
    arrival?.settled();
  }, [arrival]);
  // Called, not rendered: a page is a function without hooks that gives an `App`, and so all of
  // them are the same component to React.
  const show = module.default as () => ReactNode;
  return <PageName value={name}>{show()}</PageName>;
}
