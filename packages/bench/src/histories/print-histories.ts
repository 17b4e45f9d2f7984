import type { HistoriesResult } from './histories.ts'

const mostShown = 20

export function printHistories({ histories, steps, differences }: HistoriesResult, seconds: number): void {
  const total = Object.values(steps).reduce((sum, count) => sum + count, 0)
  console.log(`  ${histories} histories, ${total} steps in ${seconds.toFixed(0)} s, ${differences.length} differences`)
  console.log(
    `  ${Object.entries(steps)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
  )
  for (const difference of differences.slice(0, mostShown)) console.log(`  ${difference}`)
}
