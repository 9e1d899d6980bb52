/**
 * The module `@ferroflex/drawer`: vaul's drawer, its parts under names of their own.
 */
import { Drawer } from "vaul";

export const DrawerRoot = Drawer.Root;
export const DrawerTrigger = Drawer.Trigger;
export const DrawerPortal = Drawer.Portal;
export const DrawerContent = Drawer.Content;
export const DrawerOverlay = Drawer.Overlay;
export const DrawerClose = Drawer.Close;
export const DrawerTitle = Drawer.Title;
export const DrawerDescription = Drawer.Description;
export const DrawerHandle = Drawer.Handle;
