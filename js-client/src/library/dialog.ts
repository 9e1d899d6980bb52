/**
 * The module `@ferroflex/dialog`: Radix's primitive dialog, without looks. Not here: `rx.dialog`,
 * which is that of Radix Themes.
 */
export {
  Close as DialogClose,
  Content as DialogContent,
  Description as DialogDescription,
  Overlay as DialogOverlay,
  Portal as DialogPortal,
  Root as DialogRoot,
  Title as DialogTitle,
  Trigger as DialogTrigger,
} from "@radix-ui/react-dialog";
