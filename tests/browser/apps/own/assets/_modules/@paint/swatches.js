/** A React component as a library brings it: it has a state of its own, and calls back with two values. */
import { useState } from "react";
import { jsx, jsxs } from "react/jsx-runtime";

export function Swatches({ colors, selected, lineWidth, onPick, children, ...rest }) {
  const [picks, setPicks] = useState(0);
  const pick = (color, index) => {
    setPicks(picks + 1);
    onPick?.({ color }, index);
  };
  const button = (color, index) =>
    jsx("button", { onClick: () => pick(color, index), children: `pick ${color}` }, color);
  return jsxs("fieldset", {
    ...rest,
    children: [
      jsx("legend", { children: `${picks} picks, ${selected} selected, ${lineWidth} wide` }),
      colors.map(button),
      children,
    ],
  });
}

Swatches.Note = function Note({ text }) {
  return jsx("em", { children: text });
};

export default function Framed({ children }) {
  return jsx("section", { "aria-label": "framed", children });
}
