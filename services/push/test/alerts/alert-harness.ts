import { openSecretBox, type SecretBox } from '@docaxis/store'
import {
  type AlertMessage,
  createAccount,
  createDestination,
  createRule,
  type DestinationWish,
  emptyScope,
  listAlertMessages,
  type NewAccount,
  type RuleWish,
} from '@docaxis/store/console'
import { acceptDocument, emptyTables, plainRule, type TestDatabase } from '@docaxis/testkit'
import { expect, vi } from 'vitest'
import type { PushSettings } from '../../src/index.ts'
import { type PushTest, pushTest } from '../harness.ts'

/** Mail servers and chat services of this machine go by this name. */
export const outsideHost = 'office.example'

export interface AlertTest extends PushTest {
  readonly box: SecretBox
  account(rights?: Partial<NewAccount>): Promise<string>
  /** Where a mail server of this machine is, over plain SMTP. */
  mail(accountId: string, port: number, wish?: Partial<Required<DestinationWish>>): Promise<string>
  hook(accountId: string, url: string, wish?: Partial<Required<DestinationWish>>): Promise<string>
  rule(accountId: string, destinationId: string, wish?: Partial<RuleWish>): Promise<string>
  messages(): Promise<AlertMessage[]>
  /** Waits until so many messages are sent or given up. */
  settled(count: number): Promise<AlertMessage[]>
  /** As of which moment rules are judged; `undefined`: now. */
  at: Date | undefined
  /** Has every rule judged once more, and waits for it. */
  turn(): Promise<void>
  /** An instance that judges rules when told. */
  startAlerts(env?: Readonly<Record<string, string>>, settings?: Partial<PushSettings>): Promise<void>
  clear(): Promise<void>
}

let people = 0

export async function alertTest(): Promise<AlertTest> {
  const push = await pushTest()
  const box = await openSecretBox(push.secretsKeyFile)
  const { database } = push
  const accounts = async () => (await database.query<{ id: string }>('select id from account')).rows.map(({ id }) => id)
  const messages = async () => await listAlertMessages(database, { accountIds: await accounts(), limit: 100 })
  const everyMinute = { ruleEveryMs: 3_600_000, askEveryMs: 20, concurrency: 16, leaseMs: 60_000 }
  const test: AlertTest = {
    ...push,
    box,
    at: undefined,
    async account(rights = {}) {
      people += 1
      const scope = { ...emptyScope, everything: true }
      const login = `person${people}`
      const account = { login, name: login, role: 'operator', scope, agencies: [], ...rights } as const
      return (await createAccount(database, account)).id
    },
    mail: (accountId, port, wish = {}) =>
      createDestination(database, box, accountId, {
        name: 'mail',
        target: { kind: 'mail', from: 'truc@hub.example', to: ['truc@so.example'] },
        connection: { kind: 'mail', host: outsideHost, port, security: 'none' },
        ...wish,
      }),
    hook: (accountId, url, wish = {}) =>
      createDestination(database, box, accountId, {
        name: 'chat',
        target: { kind: 'webhook', method: 'POST', type: 'json', template: '{"text":"{{title}}\\n{{text}}"}' },
        connection: { kind: 'webhook', url, headers: {} },
        ...wish,
      }),
    rule: (accountId, destinationId, wish = {}) =>
      createRule(database, accountId, { ...plainRule, destinationId, ...wish }),
    messages,
    settled: count =>
      vi.waitFor(
        async () => {
          const all = await messages()
          expect(all.filter(({ state }) => state !== 'waiting')).toHaveLength(count)
          return all
        },
        { timeout: 60_000, interval: 50 },
      ),
    async turn() {
      await database.query("update alert_rule set next_at = '-infinity'")
      await vi.waitFor(async () => expect(await waitingRules(database)).toBe(0), { timeout: 60_000, interval: 30 })
    },
    async startAlerts(env = {}, settings = {}) {
      const clock = () => test.at ?? new Date()
      await push.start(env, { timeoutMs: 20_000, alerts: { ...everyMinute, clock }, ...settings })
    },
    async clear() {
      await push.reset()
      test.at = undefined
      await emptyTables(database, 'account', 'document', 'outbox', 'outbox_batch', 'process_health', 'traffic_pair')
    },
  }
  return test
}

/** Rules that are to be judged, or are being judged: whoever judges one holds its row. */
async function waitingRules(database: TestDatabase): Promise<number> {
  return await database.transaction(async tx => {
    const { rows } = await tx.query<{ due: boolean }>(
      `select rule.next_at < '2000-01-01' and account.disabled_at is null as due
         from alert_rule as rule
         join account on account.id = rule.account_id
        where rule.enabled for update of rule`,
    )
    return rows.filter(({ due }) => due).length
  })
}

/** Documents that nobody routes, an hour old. */
export async function stickDocuments(database: TestDatabase, count: number, priority: 0 | 3 = 0): Promise<void> {
  for (let index = 0; index < count; index += 1) await acceptDocument(database, { sender: 'G99', priority })
  await database.query("update unrouted set accepted_at = now() - interval '1 hour'")
}
