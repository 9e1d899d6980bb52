import { App, Fragment, event, jsx, jsxs, merge, send, useValues } from "@ferroflex/core";
import { Player } from "@ferroflex/media";
import { Moment, MomentProvider } from "@ferroflex/moment";

function C1(p) { const [a] = useValues([1], ($) => [$[1][1]]); return jsx(Moment, merge(p, { fromNow: true, from: "2024-01-01", date: a })); }
const h1 = event((e) => send(1, [e]));

export const handlers = { 1: "todo.Todo.set_draft" };

export default function Page() {
  return jsx(App, { theme: null, children: jsxs(Fragment, { children: [jsx(C1, {}), jsx(MomentProvider, { locale: "de", children: jsx(Moment, {}) }), jsx(Player, { controls: true, src: "/todo/a.mp4", onSeeked: h1, className: "f1ypwp15yc49ku" }), jsx(Player, { controls: true, src: "/todo/a.mp3", loop: true })] }) });
}
