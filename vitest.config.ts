import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'services/*/test/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    globalSetup: 'packages/testkit/src/global-setup.ts',
    // V8 of Node 24 now and then aborts a process with several threads over its protected pages of machine code
    // ("Check failed: jit_page.has_value()"), most of all where a test ends threads on purpose.
    execArgv: ['--disable-warning=ExperimentalWarning', '--no-memory-protection-keys'],
  },
})
