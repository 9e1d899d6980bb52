/**
 * The module `@ferroflex/media`: a player for files and for what other sites host. The player for a
 * kind of address is a chunk of its own; only it loads anything from another site.
 */
import type { CSSProperties, ReactNode, SyntheticEvent } from "react";
import ReactPlayer from "react-player";

import { Later } from "../later.tsx";
import { readPage, withBase } from "../page.ts";

type Source = string | { src: string; type?: string };
type Event = SyntheticEvent<HTMLVideoElement>;
type Listener<Argument> = (argument: Argument) => void;

/** What a player is given; all else goes to the library's. */
export interface PlayerProps {
  /** An address, or several of which the first that can be played is. */
  src?: Source | Source[] | null;
  /** Told the position, in seconds. */
  onTimeUpdate?: Listener<number>;
  onSeeked?: Listener<number>;
  /** Told the length, in seconds. */
  onDurationChange?: Listener<number>;
  /** Told how fast it plays, 1 for as recorded. */
  onRateChange?: Listener<number>;
  /** Told how much is played and loaded. */
  onProgress?: Listener<Progress>;
  [name: string]: unknown;
}

/** How much of a medium is played and loaded: fractions, and seconds. */
export interface Progress {
  played: number;
  playedSeconds: number;
  loaded: number;
  loadedSeconds: number;
  duration: number;
}

/** Plays video or sound. Its size is its style's. */
export function Player(props: PlayerProps): ReactNode {
  const { className, style } = props as { className?: string; style?: CSSProperties };
  return (
    <Later fallback={<div className={className} style={style} />}>
      <Loaded {...props} />
    </Later>
  );
}

function Loaded(props: PlayerProps): ReactNode {
  const { src, onTimeUpdate, onSeeked, onDurationChange, onRateChange, onProgress, ...rest } =
    props;
  const told = {
    onTimeUpdate: onTimeUpdate && ((event: Event) => onTimeUpdate(of(event).currentTime)),
    onSeeked: onSeeked && ((event: Event) => onSeeked(of(event).currentTime)),
    onDurationChange:
      onDurationChange && ((event: Event) => onDurationChange(finite(of(event).duration))),
    onRateChange: onRateChange && ((event: Event) => onRateChange(of(event).playbackRate)),
    onProgress: onProgress && ((event: Event) => onProgress(progress(of(event)))),
  };
  const given = Object.entries(told).filter(([, listener]) => listener);
  const size = { width: null, height: null } as unknown as { width: string; height: string };
  return (
    <ReactPlayer {...rest} {...size} {...Object.fromEntries(given)} src={playable(src) ?? ""} />
  );
}

/** How much of a medium is played and loaded. */
export function progress(
  media: Pick<HTMLMediaElement, "buffered" | "currentTime" | "duration">,
): Progress {
  const duration = finite(media.duration);
  const playedSeconds = finite(media.currentTime);
  const ranges = media.buffered?.length ?? 0;
  const loadedSeconds = ranges > 0 ? media.buffered.end(ranges - 1) : 0;
  const part = (seconds: number) => (duration > 0 ? seconds / duration : 0);
  return {
    played: part(playedSeconds),
    playedSeconds,
    loaded: part(loadedSeconds),
    loadedSeconds,
    duration,
  };
}

/** The address to play, as the browser needs it. */
export function playable(given: PlayerProps["src"]): string | undefined {
  if (!Array.isArray(given)) return addressOf(given);
  const element = document.createElement("video");
  const plays = (source: Source) =>
    typeof source === "string" || !source.type || element.canPlayType(source.type) !== "";
  const source = addressOf(given.find(plays) ?? given[0]);
  // The page's module knows the app's base for one address only.
  return source === undefined ? undefined : withBase(readPage().base, source);
}

function addressOf(source: Source | null | undefined): string | undefined {
  return typeof source === "string" ? source : source?.src;
}

/** The medium that an event is of: an element of the page, or one that behaves like it. */
function of(event: Event): HTMLVideoElement {
  return event.target as HTMLVideoElement;
}

/** A number that can be sent: a length is none before it is known. */
function finite(value: unknown): number {
  return Number.isFinite(value) ? (value as number) : 0;
}
