/**
 * What the server, or a page itself, asks the browser to do.
 */
import { setColorMode, toggleColorMode } from "./color.ts";
import { readPage, withBase } from "./page.ts";
import { toast } from "./toast.tsx";
import type { Command } from "./wire.ts";

/** Addresses that a redirect may lead to; `javascript:` is none of them. */
const SCHEMES = ["http:", "https:", "mailto:", "tel:"];

/** Runs a command. What it names and the page does not have is passed over. */
export function command(given: Command): void {
  switch (given.c) {
    case "redirect":
      return redirect(given.to, given.external ?? false, given.replace ?? false);
    case "toast":
      return toast(given.level ?? "default", given.message, given);
    case "alert":
      return alert(given.message);
    case "console":
      return console.log(given.message);
    case "set_value":
      return setValue(given.id, given.value);
    case "focus":
      return document.getElementById(given.id)?.focus();
    case "color_mode":
      return given.mode === "toggle" ? toggleColorMode() : setColorMode(given.mode);
  }
  console.warn(`ferroflex: no command is called ${(given as { c: unknown }).c}`);
}

function redirect(to: string, external: boolean, replace: boolean): void {
  const address = new URL(withBase(readPage().base, to), location.href);
  if (!SCHEMES.includes(address.protocol)) {
    console.error(`ferroflex: a redirect to ${address.protocol} is not allowed`);
  } else if (external) {
    open(address, "_blank", "noopener");
  } else if (replace) {
    location.replace(address);
  } else {
    location.assign(address);
  }
}

/** Sets the value of an input that the state does not hold. */
function setValue(id: string, value: unknown): void {
  const element = document.getElementById(id) as HTMLInputElement | null;
  if (!element) return;
  if (element.type === "checkbox" || element.type === "radio") element.checked = Boolean(value);
  else element.value = value === null || value === undefined ? "" : String(value);
}
