import type { Page } from '../../answers.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { facts, table } from '../output.ts'

interface CallAnswer {
  readonly at: string
  readonly operation: string
  readonly address: string
  /** ErrorCode, or the HTTP status where that is not 200. */
  readonly code: string
  readonly reason: string | null
  readonly vi: string | null
  readonly en: string | null
  readonly details: Readonly<Record<string, unknown>>
}

/** The last calls of one VXP system with the reason of each refusal; needs an operator's token. */
export async function examineVxp(context: Context, system: string): Promise<void> {
  const transport = await context.transport()
  const path = `/admin/systems/${encodeURIComponent(system)}/vxp-calls`
  const { items } = await transport.json<Page<CallAnswer>>({ path })
  const last = items[0]
  context.answer(items, () =>
    last === undefined
      ? [context.words.say('noVxpCalls')]
      : [...callLines(context, items), '', ...refusalLines(context, items)],
  )
  if (last?.reason) context.exit(exitCodes.refused)
}

function callLines({ words }: Context, calls: readonly CallAnswer[]): string[] {
  return table(
    calls.map(({ at, operation, address, code, details }) => [
      words.time(at),
      operation,
      code,
      address,
      typeof details.offsetSeconds === 'number' ? `${details.offsetSeconds} s` : '',
      typeof details.hashFile === 'string' ? `hash-file: ${details.hashFile}` : '',
    ]),
  )
}

/** Each reason once, where it was met last, with what the HMAC was taken over. */
function refusalLines({ words }: Context, calls: readonly CallAnswer[]): string[] {
  const refusals = calls.filter(
    ({ reason }, index) => reason && calls.findIndex(call => call.reason === reason) === index,
  )
  return refusals.flatMap(({ at, operation, reason, vi, en, details }) => [
    `${words.time(at)} ${operation}: ${words.pick({ vi: vi ?? '', en: en ?? '' })} [${reason}]`,
    ...facts(Object.entries(details).map(([name, value]) => [name, textOf(value)])),
  ])
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
