import { configDefaults, defineConfig } from 'vitest/config'

const everything = ['packages/*/test/**/*.test.ts', 'services/*/test/**/*.test.ts', 'test/**/*.test.ts']

/** Packages whose tests keep nothing and change nothing of their process: they share one, and what they load. */
const pure = [
  'attachments',
  'calendar',
  'directory',
  'edxml',
  'errors',
  'events',
  'keys',
  'merkle',
  'outbound',
  'pki',
  'print',
  'signature',
].map(name => `packages/${name}/test/**/*.test.ts`)

/** Maven takes what it fetches into one folder of the machine, and two at once break each other's files. */
const alone = ['client-java', 'generated-clients'].map(name => `packages/client-java/test/${name}.test.ts`)

export default defineConfig({
  test: {
    // Against tests that hang: no measure of speed, for a machine may be busy with others.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // Most files wait half of their time, for PostgreSQL or for programs that they start.
    maxWorkers: 2,
    globalSetup: 'packages/testkit/src/global-setup.ts',
    // V8 of Node 24 now and then aborts a process with several threads over its protected pages of machine code
    // ("Check failed: jit_page.has_value()"), most of all where a test ends threads on purpose.
    execArgv: ['--disable-warning=ExperimentalWarning', '--no-memory-protection-keys'],
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: { name: 'real', include: everything, exclude: [...configDefaults.exclude, ...pure, ...alone] },
      },
      { extends: true, test: { name: 'alone', include: alone, maxWorkers: 1 } },
    ],
  },
})
