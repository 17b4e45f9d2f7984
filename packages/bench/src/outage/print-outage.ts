import type { AttachmentCost, AttachmentWay } from './measure-attachments.ts'
import type { OutageRun } from './measure-outage.ts'

export function printOutage([well, sick]: readonly [OutageRun, OutageRun]): void {
  console.log('\nTwo authorities; senders of one while the list server of the other answers, and while it hangs')
  for (const { authority, othersPerSecond, own } of [well, sick]) {
    const answers = Object.entries(own).map(([status, count]) => `${count} × ${status}`)
    console.log(
      `  it ${authority.padEnd(8)} others ${othersPerSecond.toFixed(0)}/s   its own senders: ${answers.join(', ')}`,
    )
  }
  console.log(`  hangs/answers ${(sick.othersPerSecond / well.othersPerSecond).toFixed(2)}`)
}

const words: Readonly<Record<AttachmentWay, string>> = {
  none: 'no PDF, same size',
  'before-accept': 'checked before acceptance',
  record: 'checked afterwards, recorded',
}

export function printAttachments(costs: readonly AttachmentCost[]): void {
  console.log('\nDocuments with one signed PDF of 50 KB, accepted per second by when its signature is checked')
  const bare = costs.find(({ way }) => way === 'none')?.acceptedPerSecond ?? Number.NaN
  for (const { way, acceptedPerSecond } of costs) {
    const share = (acceptedPerSecond / bare).toFixed(2)
    console.log(`  ${words[way].padEnd(30)} ${acceptedPerSecond.toFixed(0)}/s   of no PDF ${share}`)
  }
}
