/**
 * The tree that a page is, the same for the server that renders it and the browser that takes it
 * over. Not here: where it is put (boot.tsx, server.tsx), and what stands around a page's content
 * (app.tsx).
 */
import { Component, type ComponentType, type ReactNode } from "react";

import { Failure } from "./failures.tsx";
import { restoreFields } from "./fields.ts";
import type { Page } from "./page.ts";

/** The tree of a page whose module exports this component. */
export function pageTree(page: Page, Content: ComponentType): ReactNode {
  return (
    <Boundary page={page}>
      <Content />
    </Boundary>
  );
}

/** What is shown in the place of a page that failed. */
export function fallback(error: unknown, { env }: Page): ReactNode {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (env === "dev") return <Failure code="page_failed" title={message} trace={stack} />;
  return <Failure code="page_failed" title="The page could not be shown. Please reload it." />;
}

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
