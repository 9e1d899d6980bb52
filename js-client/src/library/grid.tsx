/**
 * The module `@ferroflex/grid`: Glide Data Grid, a spreadsheet that the user edits. Glide itself is
 * loaded with the first one that is shown.
 */
import { lazy, type ReactNode } from "react";

import { Later } from "../later.tsx";

import type { GridProps } from "./glide.tsx";

const Glide = lazy(() => import("./glide.tsx"));

/** A spreadsheet, in the room that the element around it has. */
export function DataEditor(props: GridProps): ReactNode {
  return (
    <Later>
      <Glide {...props} />
    </Later>
  );
}
