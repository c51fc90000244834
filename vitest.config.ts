import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    testTimeout: 120_000,
    // Two cores are the smallest machine that runs these tests.
    maxWorkers: 2,
  },
});
