/**
 * The module `@ferroflex/accordion`: Radix's accordion with variants, colours and an animation.
 * Not here: the arrow, which the page draws, and how an item is composed of its parts.
 */
import { Content, Header, Item, Root, Trigger } from "@radix-ui/react-accordion";
import {
  type ComponentType,
  createElement,
  type CSSProperties,
  type ReactNode,
  useId,
} from "react";

import css from "./accordion.css?inline";
import { addStylesheet } from "./stylesheet.ts";

addStylesheet("accordion", css);

/** How every part may look other than the accordion around it. */
export interface Looks {
  colorScheme?: string;
  variant?: string;
}

type Props = Looks & Record<string, unknown>;

/** The whole: its looks, and how its items open. */
export interface RootProps extends Looks {
  type?: "single" | "multiple";
  radius?: string;
  /** How long an item takes to open, in milliseconds. */
  duration?: number;
  /** CSS's name for how it moves meanwhile. */
  easing?: string;
  /** Whether there are lines between the items; the variants with a border have them anyway. */
  showDividers?: boolean;
  style?: CSSProperties;
  children?: ReactNode;
}

const EASING = "cubic-bezier(0.87, 0, 0.13, 1)";

/** The accordion. */
export function AccordionRoot(props: RootProps): ReactNode {
  const { type = "single", variant = "classic", radius, style, ...given } = props;
  const { duration = 250, easing = EASING, showDividers, ...rest } = given;
  const variables = {
    "--animation-duration": `${duration}ms`,
    "--animation-easing": easing,
    ...(showDividers !== undefined && { "--divider-px": showDividers ? "1px" : "0" }),
  };
  const own = { "data-radius": radius, style: { ...variables, ...style } };
  return createElement(anyOf(Root), { type, ...own, ...shown({ variant, ...rest }) });
}

/** One item. Without a value of the author's it has one that no other item has. */
export function AccordionItem(props: Props): ReactNode {
  const own = useId();
  return createElement(anyOf(Item), { value: own, ...shown(props) });
}

export const AccordionHeader = part(Header);
export const AccordionTrigger = part(Trigger);
export const AccordionContent = part(Content);

function part(Part: unknown): ComponentType<Props> {
  return function AccordionPart(props) {
    return createElement(anyOf(Part), shown(props));
  };
}

/** A part as a component of any props: which of them it takes, the catalogue knows. */
function anyOf(component: unknown): ComponentType<Record<string, unknown>> {
  return component as ComponentType<Record<string, unknown>>;
}

/** The looks as the attributes that the stylesheet knows. */
function shown({ colorScheme, variant, ...props }: Props): Record<string, unknown> {
  return { "data-accent-color": colorScheme, "data-variant": variant, ...props };
}
