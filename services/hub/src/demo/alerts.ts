import type { Database, SecretBox } from '@docaxis/store'
import { createDestination, createRule, findAccount, listDestinations, type RuleWish } from '@docaxis/store/console'

const common = {
  leastPriority: 0,
  subtrees: [],
  withSubject: false,
  language: 'vi',
  digestMinutes: null,
  digestHour: null,
  quietFrom: 22 * 60,
  quietTo: 7 * 60,
  workingDays: false,
  enabled: true,
} as const

const rules: readonly Omit<RuleWish, 'destinationId'>[] = [
  { ...common, name: 'Văn bản kẹt', kind: 'stuck', threshold: 1 },
  { ...common, name: 'Bên nhận chưa tải về', kind: 'not-fetched', threshold: 1, digestMinutes: 30 },
  { ...common, name: 'Chứng thư sắp hết hạn', kind: 'certificates', threshold: 30, digestHour: 8, workingDays: true },
]

/** What the administrator of the demo wants to be told of; the country is fictional, and so is its mail server. */
export async function writeDemoAlerts(database: Database, box: SecretBox): Promise<void> {
  const account = await findAccount(database, 'administrator')
  if (!account || (await listDestinations(database)).length > 0) return
  await database.transaction(async tx => {
    const destinationId = await createDestination(tx, box, account.id, {
      name: 'Thư trực vận hành',
      target: { kind: 'mail', from: 'truc@dammay.example', to: ['truc-van-hanh@dammay.example'] },
      connection: { kind: 'mail', host: 'thu.dammay.example', port: 587, security: 'starttls' },
    })
    for (const rule of rules) await createRule(tx, account.id, { ...rule, destinationId })
  })
}
