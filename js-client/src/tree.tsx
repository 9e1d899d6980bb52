/**
 * The tree that a page is, the same for the server that renders it and the browser that takes it
 * over. Not here: where it is put (boot.tsx, server.tsx), and what stands around a page's content
 * (app.tsx).
 */
import { Component, type ReactNode } from "react";

import { explained } from "./explain.ts";
import { Failure } from "./failures.tsx";
import { restoreFields } from "./fields.ts";
import type { PageModule } from "./navigation.ts";
import { type Arrival, Outlet } from "./outlet.tsx";
import type { Page } from "./page.ts";
import { showOpening } from "./runtime.ts";

/** The tree of the page with this module; `name` is the module's address. */
export function pageTree(
  page: Page,
  module: PageModule,
  name: string,
  arrival?: Arrival,
): ReactNode {
  return (
    <Boundary page={page}>
      <Outlet module={module} name={name} arrival={arrival} />
    </Boundary>
  );
}

/** What is shown in the place of a page that failed. */
export function fallback(error: unknown, { env }: Page): ReactNode {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (env === "dev") {
    return <Failure code="page_failed" title={explained(message)} trace={stack} />;
  }
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
    setTimeout(() => {
      restoreFields(this.props.page.base);
      showOpening(this.props.page);
    });
  }

  override componentDidUpdate(_: unknown, { error }: { error: Error | null }): void {
    // Another page is to be shown, which need not fail.
    if (error && error === this.state.error) this.setState({ error: null });
  }

  override render(): ReactNode {
    return this.state.error ? fallback(this.state.error, this.props.page) : this.props.children;
  }
}
