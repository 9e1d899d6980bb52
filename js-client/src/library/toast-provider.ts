/**
 * The module `@ferroflex/toast`: says how the shell's messages are shown while it stands on a page.
 */
import { useEffect } from "react";

import { setToaster, type ToasterOptions } from "../core.ts";

/** Takes effect at once, for the messages on show too. */
export function ToastProvider(options: ToasterOptions): null {
  useEffect(() => setToaster(options), [options]);
  return null;
}
