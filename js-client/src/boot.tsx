/**
 * Starts the page: reads its description, fills the store, loads its module, renders, connects.
 */
import { Component, type ComponentType, type ReactNode } from "react";
import { createRoot } from "react-dom/client";

import {
  connect,
  Failure,
  type Page,
  readPage,
  restoreFields,
  startColorMode,
  store,
  watchFields,
} from "./core.ts";

/** Shows a message in the page's place when rendering failed. */
class Boundary extends Component<{ page: Page; children: ReactNode }, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidMount(): void {
    // Not within React's own work, which takes in no changes.
    setTimeout(() => restoreFields(this.props.page.base));
  }

  override render(): ReactNode {
    return this.state.error ? fallback(this.state.error, this.props.page) : this.props.children;
  }
}

function fallback(error: unknown, { env }: Page): ReactNode {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (env === "dev") return <Failure code="page_failed" title={message} trace={stack} />;
  return <Failure code="page_failed" title="The page could not be shown. Please reload it." />;
}

/** What a generated module exports. */
interface PageModule {
  default: ComponentType;
  /** Sends the page's `on_load` events. */
  onLoad?: () => void;
}

async function start(): Promise<void> {
  const page = readPage();
  startColorMode(page.color_mode);
  watchFields();
  store.replace(page.state);
  const root = createRoot(document.getElementById("root") as HTMLElement);
  try {
    const module = (await import(/* @vite-ignore */ page.module)) as PageModule;
    root.render(
      <Boundary page={page}>
        <module.default />
      </Boundary>,
    );
    connect(page);
    module.onLoad?.();
  } catch (error) {
    console.error(error);
    root.render(fallback(error, page));
  }
}

void start();
