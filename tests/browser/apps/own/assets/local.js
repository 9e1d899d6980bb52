/** A component that stands beside the app's other files. */
import { jsx } from "react/jsx-runtime";

export function Local({ name, ...rest }) {
  return jsx("p", { ...rest, children: `local ${name}` });
}
