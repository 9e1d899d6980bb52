/**
 * What the server, or a page itself, asks the browser to do.
 */
import { clientState, setClientState } from "./client-state.ts";
import { announceRemoved } from "./client-storage.ts";
import { setColorMode, toggleColorMode } from "./color.ts";
import { removeCookie } from "./cookies.ts";
import { download } from "./download.ts";
import { keepFiles } from "./files.ts";
import { leave, navigate } from "./navigation.ts";
import { readPage, withBase } from "./page.ts";
import { report, runScript } from "./script.ts";
import { clearStored, removeStored } from "./storage.ts";
import { dismissToast, toast } from "./toast.tsx";
import type { Command, Value } from "./wire.ts";

/** Addresses that a redirect may lead to; `javascript:` is none of them. */
const SCHEMES = ["http:", "https:", "mailto:", "tel:"];

/**
 * Runs a command. What it names and the page does not have is passed over; what it fails with is
 * reported, so that the next command runs all the same.
 */
export function command(given: Command): void {
  try {
    run(given);
  } catch (error) {
    report(error);
  }
}

function run(given: Command): void {
  switch (given.c) {
    case "redirect":
      return redirect(given);
    case "back":
      return history.back();
    case "status":
      // The server's, with a page that is not delivered yet.
      return;
    case "toast":
      return toast(given.level ?? "default", given.message, given);
    case "toast_dismiss":
      return dismissToast(given.id);
    case "alert":
      return alert(given.message);
    case "console":
      return console.log(given.message);
    case "color_mode":
      return given.mode === "toggle" ? toggleColorMode() : setColorMode(given.mode);
    case "download":
      return download(given);
    case "clipboard":
      return copy(given.text);
    case "call_script":
    case "call_function":
      return runScript(given, given.c === "call_function");
    case "clear_files":
      return keepFiles(given.upload, []);
    case "upload":
      return void import("./library/uploading.ts")
        .then(({ sendFiles }) => sendFiles(given))
        .catch(uploadFailed);
    case "cancel_upload":
      return void import("./library/uploading.ts").then(({ cancelUpload }) =>
        cancelUpload(given.upload),
      );
    case "set_client":
      return setClientState(given.name, given.value as Value);
    case "get_client":
      return void given.callback?.(clientState(given.name, given.default));
    case "remove_cookie":
    case "clear_storage":
    case "remove_storage":
      return remove(given);
    default:
      return runOnElement(given);
  }
}

/** Removes what the app stored. Fields of the state that were kept there start again. */
function remove(given: Extract<Command, { c: "remove_cookie" | `${string}_storage` }>): void {
  if (given.c === "remove_cookie") removeCookie(given.key, given.options);
  else if (given.c === "clear_storage") clearStored(given.area);
  else removeStored(given.area, given.key);
  announceRemoved();
}

/** Says on the page, too, that an upload failed: the user waits for it. */
function uploadFailed(error: unknown): void {
  report(error);
  toast("error", String(error instanceof Error ? error.message : error));
}

/** Runs a command that is about one element of the page. */
function runOnElement(given: Extract<Command, { id: string }>): void {
  const element = document.getElementById(given.id);
  switch (given.c) {
    case "set_value":
      return setValue(element as HTMLInputElement | null, given.value);
    case "focus":
      return element?.focus();
    case "blur":
      return element?.blur();
    case "scroll":
      return element?.scrollIntoView(given.top ?? true);
  }
  console.warn(`ferroflex: no command is called ${(given as { c: unknown }).c}`);
}

function redirect({ to, external, popup, replace }: Extract<Command, { c: "redirect" }>): void {
  if (to === null) return;
  const address = new URL(withBase(readPage().base, to), location.href);
  if (!SCHEMES.includes(address.protocol)) {
    console.error(`ferroflex: a redirect to ${address.protocol} is not allowed`);
  } else if (external) {
    open(address, "_blank", popup ? "noopener,popup" : "noopener");
  } else {
    const step = replace ? "replace" : "push";
    if (!navigate(address, step)) leave(address, step);
  }
}

/** Sets the value of an input that the state does not hold. */
function setValue(input: HTMLInputElement | null, value: unknown): void {
  if (!input) return;
  if (input.type === "checkbox" || input.type === "radio") input.checked = Boolean(value);
  else input.value = value === null || value === undefined ? "" : String(value);
}

/** Browsers have a clipboard for pages that came over HTTPS, or from this machine. */
function copy(text: unknown): void {
  if (!navigator.clipboard) throw new Error("the clipboard needs HTTPS");
  navigator.clipboard.writeText(String(text ?? "")).catch(report);
}
