import type { ConsoleFigures } from './measure-console.ts'

export function printConsole({ documents, databaseBytes, searches }: ConsoleFigures): void {
  const gib = (databaseBytes / 2 ** 30).toFixed(1)
  console.log(`\nFirst page of 50 among ${documents} documents (database of ${gib} GiB), 100 questions of each kind`)
  for (const { kind, p50, p99, mostFound } of searches) {
    console.log(
      `  ${kind.padEnd(28)} p50 ${p50.toFixed(1).padStart(7)} ms   p99 ${p99.toFixed(1).padStart(7)} ms   up to ${mostFound} found`,
    )
  }
}
