/**
 * What is pasted: texts as they are, pictures and other files as data addresses.
 */
import { Fragment, type FragmentInstance, type ReactNode, useEffect, useRef } from "react";

import { report } from "../../script.ts";

/** The kind of something pasted (`text/plain`), and its content. */
export type Pasted = [type: string, data: string];

/** What the listener is given. */
export interface ClipboardProps {
  /** Listened to where `targets` names nothing else; the whole page when there are none. */
  children?: ReactNode;
  /** Ids of the elements that are listened to. */
  targets?: string[] | null;
  onPaste?: (pasted: Pasted[]) => void;
  /** Keep the browser from pasting. */
  prevent?: boolean;
  /** Keep the event from elements further out. */
  stop?: boolean;
}

/** Tells what is pasted into some elements. */
export function Clipboard(props: ClipboardProps): ReactNode {
  const { children, targets } = props;
  const latest = useRef(props);
  latest.current = props;
  const inside = useRef<FragmentInstance>(null);
  const ids = targets?.join(" ") ?? "";
  const isEmpty = children === undefined || children === null;
  useEffect(() => {
    const paste = (event: Event) => {
      const { onPaste, prevent, stop } = latest.current;
      const { clipboardData } = event as ClipboardEvent;
      if (prevent) event.preventDefault();
      if (stop) event.stopPropagation();
      if (clipboardData && onPaste) read(clipboardData).then(onPaste).catch(report);
    };
    if (ids) return listen(ids.split(" "), paste);
    const target = isEmpty ? document : inside.current;
    target?.addEventListener("paste", paste);
    return () => target?.removeEventListener("paste", paste);
  }, [ids, isEmpty]);
  return <Fragment ref={inside}>{children}</Fragment>;
}

/** Listens where the event passes, so that elements may come later than the listener. */
function listen(ids: string[], paste: (event: Event) => void): () => void {
  const pass = (event: Event) => {
    const element = event.target instanceof Element ? event.target : null;
    if (ids.some((id) => element?.closest(`#${CSS.escape(id)}`))) paste(event);
  };
  document.addEventListener("paste", pass);
  return () => document.removeEventListener("paste", pass);
}

/** All that was pasted. It has to be asked for at once: later the browser gives it no more. */
export function read(data: DataTransfer): Promise<Pasted[]> {
  return Promise.all(
    [...data.items].map(async (item): Promise<Pasted> => {
      const { kind, type } = item;
      if (kind === "string") {
        return [type, await new Promise<string>((resolve) => item.getAsString(resolve))];
      }
      const file = item.getAsFile();
      return [type, file ? await content(file) : ""];
    }),
  );
}

function content(file: File): Promise<string> {
  if (file.type.startsWith("text/")) return file.text();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result)));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
