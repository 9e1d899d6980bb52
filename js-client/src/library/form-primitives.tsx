/**
 * The module `@ferroflex/form`: Radix's form, whose fields say what is wrong with them. Not here:
 * what a form sends (`form.ts`).
 */
import { Control, Field, Label, Message, Root, Submit, ValidityState } from "@radix-ui/react-form";
import { type ComponentProps, createElement, type ReactNode } from "react";

export const FormRoot = Root;
export const FormField = Field;
export const FormLabel = Label;
export const FormControl = Control;
export const FormSubmit = Submit;

/** What is wrong, shown when it is. Radix knows `forceMatch` only of a message with a `match`. */
export function FormMessage({ forceMatch, ...props }: ComponentProps<typeof Message>): ReactNode {
  const force = props.match !== undefined && forceMatch !== undefined ? { forceMatch } : {};
  return createElement(Message, { ...force, ...props });
}

/** What stands in a field whatever its state: a page cannot bring a function of the state. */
export function FormValidityState({ children }: { children?: ReactNode }): ReactNode {
  return <ValidityState>{() => children}</ValidityState>;
}
