import { type ChangeState, changeMoves, handling } from '../../src/deliveries/business-states.ts'
import { deliveryMoves } from '../../src/deliveries/delivery-states.ts'

/** The three halves of a delivery's state as Mermaid diagrams, written from the data that the hub goes by. */
export const drawings: Readonly<Record<string, () => string>> = {
  transport: drawTransport,
  handling: drawHandling,
  change: drawChange,
}

function drawTransport(): string {
  const arrows = Object.entries(deliveryMoves).flatMap(([move, { from, to }]) =>
    from.map(state => `${state} --> ${to}: ${move}`),
  )
  return diagram(['[*] --> routed', ...arrows])
}

function drawHandling(): string {
  const named = Object.entries(handling)
  const arrows = named.flatMap(([code, { expectedAfter }]) =>
    expectedAfter.map(before => `${before === null ? '[*]' : `s${before}`} --> s${code}: ${code}`),
  )
  return diagram([...named.map(([code, { name }]) => `state "${name}" as s${code}`), ...arrows])
}

const words: Readonly<Record<string, string>> = { 'take-back': '13', agree: '15', refuse: '16', handle: '01–06' }

function drawChange(): string {
  const all = Object.entries(changeMoves).flatMap(([event, moves]) =>
    moves.flatMap(({ from, to, notAfter }) =>
      from.map(state => ({ from: state, to, word: words[event] ?? event, unless: notAfter ?? [] })),
    ),
  )
  const arrows = all
    .filter(({ from, to, word }) => !(from === to && word === words.handle))
    .map(
      ({ from, to, word, unless }) =>
        `${idOf(from)} --> ${idOf(to)}: ${word}${unless.length > 0 ? ` (not after ${unless.join(', ')})` : ''}`,
    )
  const states = [...new Set(all.flatMap(({ from, to }) => [from, to]))]
  return diagram([...states.map(state => `state "${state}" as ${idOf(state)}`), '[*] --> none', ...arrows])
}

function idOf(state: ChangeState): string {
  return state.replaceAll(/[ -]/g, '_')
}

function diagram(lines: readonly string[]): string {
  return ['```mermaid', 'stateDiagram-v2', ...lines.map(line => `  ${line}`), '```'].join('\n')
}
