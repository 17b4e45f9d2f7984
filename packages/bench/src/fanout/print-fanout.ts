import type { Shape } from '../throughput-shapes.ts'
import type { FanoutResult, Spread } from './measure-fanout.ts'

export function printFanout(shape: Shape, result: FanoutResult): void {
  const { fans, stored, inboxMs, pollMs, vxpPollMs, lists } = result
  console.log(`\nOne document to many, ${shape}`)
  for (const { receivers, acceptedMs, filledMs } of fans) {
    console.log(
      `  ${count(receivers)} receivers: accepted after ${ms(acceptedMs)}, every mailbox filled after ${ms(filledMs)}, ` +
        `${count(Math.round((receivers / filledMs) * 1000))} deliveries/s`,
    )
  }
  console.log(`  with ${count(stored)} deliveries stored`)
  console.log(`    inbox, one call after the other   ${spread(inboxMs)}`)
  console.log(`    inbox, all systems in one second  ${spread(pollMs)}`)
  console.log(`    the same by VXP                   ${spread(vxpPollMs)}`)
  console.log(
    `  directory of ${count(lists.agencies)} agencies by VXP: first list ${ms(lists.firstMs)}, all at once ${ms(lists.allMs)}, ` +
      `memory grown by ${(lists.grownBytes / 2 ** 20).toFixed(0)} MiB`,
  )
}

const spread = ({ p50, p99, longest }: Spread) => `p50 ${ms(p50)}, p99 ${ms(p99)}, longest ${ms(longest)}`
const ms = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`
const count = (value: number) => value.toLocaleString('en')
