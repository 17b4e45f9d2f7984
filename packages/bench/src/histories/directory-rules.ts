import { answererOf, type ModelDelivery, type ModelSystem, type World } from './world.ts'

/** What a reform file asks of one history (REFORM.md). */
export type Change =
  | { readonly do: 'close'; readonly code: string; readonly successor?: string }
  | { readonly do: 'merge'; readonly codes: readonly string[]; readonly into: string }
  | { readonly do: 'split'; readonly code: string; readonly into: readonly string[]; readonly successor?: string }
  | { readonly do: 'rename'; readonly code: string; readonly name: string }
  | { readonly do: 'move'; readonly code: string; readonly parent: string }

/** Who receives for a code now: itself, the open one at the end of its successors, or nobody. */
export function resolve(world: World, code: string): string | null {
  const agency = world.agencies.find(one => one.code === code)
  if (!agency || agency.open) return code
  return agency.successor && resolve(world, agency.successor)
}

/** Whose documents an e-office reads: of its own agencies, and of those that one of them has followed. */
export function readableBy({ agencies }: ModelSystem, world: World): ReadonlySet<string> {
  const followed = world.agencies.filter(({ code }) => agencies.has(resolve(world, code) ?? ''))
  return new Set([...agencies, ...followed.map(({ code }) => code)])
}

/** The directory as the file says, and what is under way with it. */
export function reform(world: World, change: Change): void {
  const closed = closing(change)
  for (const agency of world.agencies) {
    if (!closed.has(agency.code)) continue
    agency.open = false
    agency.successor = closed.get(agency.code) ?? null
  }
  for (const { deliveries } of world.packets) {
    bequeath(world, deliveries, closed)
    redirect(world, deliveries, closed)
  }
  for (const status of world.statuses) {
    if (status.receiver !== null && closed.has(status.receiver)) status.receiver = resolve(world, status.receiver)
  }
}

/** Codes that close, each with who follows it. */
function closing(change: Change): ReadonlyMap<string, string | undefined> {
  switch (change.do) {
    case 'close':
      return new Map([[change.code, change.successor]])
    case 'merge':
      return new Map(change.codes.filter(code => code !== change.into).map(code => [code, change.into]))
    case 'split':
      return new Map([[change.code, change.successor]])
    case 'rename':
    case 'move':
      return new Map()
  }
}

/** A wish that waits for an answer at a receiver that had stored the document is its successor's to answer, and so on. */
function bequeath(world: World, deliveries: readonly ModelDelivery[], closed: ReadonlyMap<string, unknown>): void {
  for (const delivery of deliveries) {
    const answerer = answererOf(delivery)
    const isOwed = delivery.state === 'stored' && delivery.change?.is === 'asked'
    if (isOwed && closed.has(answerer)) delivery.heir = resolve(world, answerer) ?? delivery.heir
  }
}

/**
 * What nobody has said it stored goes to the successor, or comes back. The successor gets each packet once: a delivery that
 * would be its second ends as the first does. Of several that move at once the hub takes the oldest id.
 */
function redirect(world: World, deliveries: readonly ModelDelivery[], closed: ReadonlyMap<string, unknown>): void {
  const moving = deliveries.filter(delivery => closed.has(delivery.receiver) && isUnderWay(delivery))
  for (const delivery of moving.toSorted((left, right) => (left.id < right.id ? -1 : 1))) {
    const to = resolve(world, delivery.receiver)
    const first = deliveries.find(({ receiver }) => receiver === to)
    if (to === null) delivery.state = 'failed'
    else if (first) join(delivery, first.joinedTo ?? first, deliveries)
    else Object.assign(delivery, { receiver: to, state: 'waiting', attempts: 0 })
  }
}

function isUnderWay({ state, joinedTo }: ModelDelivery): boolean {
  return joinedTo === null && (state === 'waiting' || state === 'fetched')
}

function join(delivery: ModelDelivery, first: ModelDelivery, all: readonly ModelDelivery[]): void {
  for (const other of all) if (other.joinedTo === delivery) other.joinedTo = first
  delivery.joinedTo = first
}
