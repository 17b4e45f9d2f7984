/** For servers whose own log lines have no place in a benchmark's output. */
export const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
