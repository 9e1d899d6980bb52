/**
 * The module `@ferroflex/moment`: dates as react-moment shows them. Other languages than English,
 * time zones and the formatting of durations are chunks of their own, loaded by the first date that
 * needs them.
 */
import moment from "moment";
import { type ComponentProps, type ReactNode, use } from "react";
import ReactMoment, { MomentProvider, useMomentContext } from "react-moment";

import { Later } from "../later.tsx";
import { report } from "../script.ts";

export { MomentProvider };

type MomentProps = ComponentProps<typeof ReactMoment>;

/**
 * Shows a date, and it as it was given until what it needs is there: the server knows neither the
 * user's time nor their time zone.
 */
export function Moment(props: MomentProps): ReactNode {
  return (
    <Later fallback={<time>{plain(props.date ?? props.children)}</time>}>
      <Loaded {...props} />
    </Later>
  );
}

function plain(date: unknown): ReactNode {
  return typeof date === "string" || typeof date === "number" ? date : null;
}

function Loaded(props: MomentProps): ReactNode {
  const { settings } = useMomentContext();
  const locale = props.locale ?? settings.locale;
  const language = locale ? languageFile(locale) : undefined;
  if (locale && language) use(once(`language ${locale}`, () => load(LANGUAGES[language])));
  if (props.tz ?? settings.timezone) use(once("time zones", () => import("moment-timezone")));
  if (props.duration || props.durationFromNow) use(once("durations", loadDurations));
  return <ReactMoment {...props} />;
}

const FOLDER = "../../node_modules/moment/dist/locale";

const LANGUAGES = import.meta.glob("../../node_modules/moment/dist/locale/*.js");

/** The file of a language, `de-at` or else `de`; none for English, which moment has in itself. */
export function languageFile(locale: string): string | undefined {
  const name = locale.toLowerCase().replaceAll("_", "-");
  const files = [name, name.split("-")[0]].map((part) => `${FOLDER}/${part}.js`);
  return files.find((file) => file in LANGUAGES);
}

/** A language that is loaded becomes moment's own, which dates without one must not follow. */
async function load(language: (() => Promise<unknown>) | undefined): Promise<void> {
  const before = moment.locale();
  await language?.();
  moment.locale(before);
}

async function loadDurations(): Promise<void> {
  const { default: setup } = await import("moment-duration-format");
  setup(moment);
}

const loading = new Map<string, Promise<unknown>>();

/** What `start` gives, started once. A date is shown all the same when something is not had. */
function once(name: string, start: () => Promise<unknown>): Promise<unknown> {
  const known = loading.get(name);
  if (known) return known;
  const started = start().catch(report);
  loading.set(name, started);
  return started;
}
