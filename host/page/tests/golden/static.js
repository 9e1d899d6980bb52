import { App, icon, jsx, jsxs } from "@ferroflex/core";
import { Flex, Heading, IconButton, Link, Strong, Text } from "@radix-ui/themes/base";

const i1 = icon("plus", [["path", {"d": "M5 12h14"}], ["path", {"d": "M12 5v14"}]]);

export default function Page() {
  return jsx(App, { theme: { accentColor: "blue" }, children: jsxs(Flex, { direction: "column", align: "start", gap: "5", "data-page": "home", "aria-label": "page", className: "rx-Stack", children: [jsx(Heading, { size: "7", color: "red", children: "Hello" }), jsxs(Text, { as: "p", children: ["one ", jsx(Strong, { children: "two" })] }), jsx(Link, { href: "/todo/docs", target: "_blank", className: "f2h9661boh88xg", children: "docs" }), jsx("img", { src: "/todo/logo.png", alt: "\u003c/script>" }), jsx(i1, { size: 20 }), jsx(IconButton, { size: "1", className: "f38zhti1wtvd", children: jsx(i1, { size: 12 }) }), jsx("br", {}), jsx("div", { dangerouslySetInnerHTML: { __html: "\u003cb>bold\u003c/b>" }, className: "rx-Html" })] }) });
}
