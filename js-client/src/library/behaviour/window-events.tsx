/**
 * The window's events: its size, its scrolling, whether it is seen, keys wherever they are pressed.
 */
import { useEffect, useRef } from "react";

type Listener = (event: Event) => void;

/** Names that the window has for events that React calls otherwise. */
const RENAMED: Record<string, string> = { doubleclick: "dblclick" };

/** Listens for as long as it is on the page. A prop `onResize` is told of `resize`. */
export function WindowEvents(props: Record<string, unknown>): null {
  const latest = useRef(props);
  latest.current = props;
  const names = Object.keys(props)
    .filter((name) => /^on[A-Z]/.test(name))
    .sort()
    .join(" ");
  useEffect(() => {
    const listeners = names.split(" ").map((name) => {
      const event = name.slice("on".length).toLowerCase();
      const listener: Listener = (given) => (latest.current[name] as Listener | undefined)?.(given);
      return [RENAMED[event] ?? event, listener] as const;
    });
    for (const [event, listener] of listeners) addEventListener(event, listener);
    return () => {
      for (const [event, listener] of listeners) removeEventListener(event, listener);
    };
  }, [names]);
  return null;
}
