import { defineConfig } from 'vitest/config';

const common = { testTimeout: 60_000, hookTimeout: 120_000 };
const withServer = 'test/store/postgres/**/*.test.ts';

export default defineConfig({
  test: {
    // The server is started where one of the tests that want it runs, and once for all of them.
    projects: [
      { test: { ...common, name: 'contacts', include: ['test/**/*.test.ts'], exclude: [withServer] } },
      {
        test: {
          ...common,
          name: 'postgres',
          include: [withServer],
          globalSetup: ['test/store/postgres/global-setup.ts'],
        },
      },
    ],
  },
});
