/**
 * Unit tests, in a simulated page.
 */
import { defineConfig } from "vitest/config";

import { iconShards } from "./bundle/icons.ts";

export default defineConfig({
  plugins: [iconShards()],
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
