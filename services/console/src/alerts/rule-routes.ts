import {
  alertKinds,
  alertRoles,
  changeRule,
  codesInScope,
  createRule,
  findRule,
  hubAlerts,
  listRules,
  type RuleWish,
  removeRule,
} from '@docaxis/store/console'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { audited } from '../access/audited.ts'
import type { Person } from '../access/person.ts'
import type { Console } from '../console.ts'
import { invalid } from './invalid.ts'
import { lookedAfter, requireLookedAfter } from './looked-after.ts'

const id = Type.String({ pattern: '^[0-9a-f]{24}$' })
const params = Type.Object({ id })
const orNone = (minimum: number, maximum: number) => Type.Union([Type.Integer({ minimum, maximum }), Type.Null()])
const minuteOfDay = orNone(0, 1_439)

const ruleWish = Type.Object({
  destinationId: id,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  kind: Type.Enum([...alertKinds]),
  threshold: Type.Integer({ minimum: 1, maximum: 10_000 }),
  leastPriority: Type.Integer({ minimum: 0, maximum: 4 }),
  subtrees: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 200 }),
  withSubject: Type.Boolean(),
  language: Type.Enum(['vi', 'en']),
  digestMinutes: orNone(5, 720),
  digestHour: orNone(0, 23),
  quietFrom: minuteOfDay,
  quietTo: minuteOfDay,
  workingDays: Type.Boolean(),
  enabled: Type.Boolean(),
})

/** What people want to be told of. */
export const alertRuleRoutes: FastifyPluginAsyncTypebox<{ console: Console }> = async (app, { console }) => {
  const { database } = console
  const config = { may: alertRoles }

  app.get('/alerts/rules', { config }, async request => {
    const accounts = await lookedAfter(console, request.person)
    return { items: (await listRules(database)).filter(({ accountId }) => accounts.has(accountId)) }
  })

  app.post('/alerts/rules', { config, schema: { body: ruleWish } }, async (request, reply) => {
    const { body: wish, person } = request
    await requireRule(console, person, wish)
    const made = await audited(
      console,
      request,
      tx => createRule(tx, person.accountId, wish),
      object => ({ action: 'alert-rule.create', object }),
    )
    return reply.code(201).send({ id: made })
  })

  app.put('/alerts/rules/:id', { config, schema: { params, body: ruleWish } }, async (request, reply) => {
    const { body: wish, person } = request
    const rule = await requireLookedAfter(console, person, await findRule(database, request.params.id))
    await requireRule(console, person, wish)
    await audited(
      console,
      request,
      tx => changeRule(tx, rule.id, wish),
      () => ({ action: 'alert-rule.change', object: rule.id }),
    )
    return reply.code(204).send()
  })

  app.delete('/alerts/rules/:id', { config, schema: { params } }, async (request, reply) => {
    const { person } = request
    const rule = await requireLookedAfter(console, person, await findRule(database, request.params.id))
    await audited(
      console,
      request,
      tx => removeRule(tx, rule.id),
      () => ({ action: 'alert-rule.remove', object: rule.id }),
    )
    return reply.code(204).send()
  })
}

/** What the schema cannot say. The job asks the scope again whenever the rule runs. */
async function requireRule({ database }: Console, { scope }: Person, wish: RuleWish): Promise<void> {
  const { kind, subtrees, digestMinutes, digestHour, quietFrom, quietTo } = wish
  if (hubAlerts.has(kind) && !scope.everything) {
    throw invalid(
      'kind',
      'Việc này của riêng trục, chỉ người thấy toàn trục mới đặt được.',
      'This concerns the hub itself: it is for those who see the whole of it.',
    )
  }
  if (digestMinutes !== null && digestHour !== null) {
    throw invalid('digest', 'Chỉ chọn một cách gom.', 'Collect in one way only.')
  }
  if ((quietFrom === null) !== (quietTo === null) || (quietFrom !== null && quietFrom === quietTo)) {
    throw invalid(
      'quiet',
      'Giờ yên tĩnh cần lúc bắt đầu và lúc kết thúc khác nhau.',
      'Quiet hours have a beginning and another end.',
    )
  }
  const visible = await codesInScope(database, scope)
  const outside = visible && subtrees.find(code => !visible.includes(code))
  if (outside !== undefined) {
    throw invalid('subtrees', `${outside} nằm ngoài phạm vi của bạn.`, `${outside} is outside of what you see.`)
  }
}
