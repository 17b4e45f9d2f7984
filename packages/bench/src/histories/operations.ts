import type { HistoryContext, Operation } from './context.ts'
import { acknowledge, fetchDelivery, giveBack, report } from './handling.ts'
import { kitLoop } from './kit-handling.ts'
import { close, merge, move, rename, split } from './reforming.ts'
import { extend, newDocument, redeliver, replace, replay, reply, revoke, update } from './sending.ts'
import { race, takeBack } from './taking-back.ts'

/** Everything that can happen in a history. */
export const operations: readonly Operation[] = [
  newDocument,
  extend,
  reply,
  update,
  revoke,
  replace,
  replay,
  redeliver,
  fetchDelivery,
  acknowledge,
  giveBack,
  report,
  takeBack,
  race,
  kitLoop,
  close,
  merge,
  split,
  rename,
  move,
]

/** Does one of them, by weight; one that finds nothing to do it to is drawn again. */
export async function step(context: HistoryContext, all: readonly Operation[]): Promise<Operation> {
  for (;;) {
    const operation = draw(context, all)
    if (await operation.run(context)) return operation
  }
}

function draw({ random }: HistoryContext, all: readonly Operation[]): Operation {
  let rest = random() * all.reduce((sum, { weight }) => sum + weight, 0)
  for (const operation of all) {
    rest -= operation.weight
    if (rest < 0) return operation
  }
  throw new Error('no operation was drawn')
}
