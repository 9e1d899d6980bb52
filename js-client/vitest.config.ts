/**
 * Unit tests, in a simulated page.
 */
import { defineConfig } from "vitest/config";

import { iconShards } from "./bundle/icons.ts";

export default defineConfig({
  plugins: [iconShards()],
  test: {
    // Stylesheets are empty otherwise; Tailwind's engine is made of some.
    css: { include: [/tailwindcss/] },
    environment: "happy-dom",
    include: ["tests/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
