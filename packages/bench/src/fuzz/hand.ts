import { chance, pick, type Random, shuffled } from '../random.ts'
import { dress, type Scope } from './dress.ts'
import { writeAttributeValue, writeText } from './hand-text.ts'
import { xmldsig } from './namespace-names.ts'
import type { ElementNode, Node } from './tree.ts'

/** How freely a document is written down: at `oddness` 0 plainly, at 1 with every liberty of XML at every turn. */
export interface Hand {
  readonly random: Random
  readonly oddness: number
  /** Between elements. */
  readonly lineEnd: string
}

export function drawHand(random: Random): Hand {
  return {
    random,
    oddness: pick(random, [0, 0.02, 0.02, 0.1, 0.3]),
    lineEnd: pick(random, ['', '\n', '\n  ', '\r\n', ' \t\n']),
  }
}

/** A well-formed document, right in its namespaces, that says what the tree says. */
export function writeDocumentTree(hand: Hand, root: ElementNode): string {
  return beforeRoot(hand) + writeElement(hand, root, new Map()) + afterRoot(hand)
}

const declarations = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  "<?xml version='1.0' encoding='utf-8' ?>",
  '<?xml version="1.0"?>',
  '<?xml\tversion = "1.0"\r\nencoding\n=\n"Utf-8" standalone="no"?>',
  '<?xml version="1.0" standalone=\'yes\'?>',
]
const comments = ['<!-- ghi chú -->', '<!---->', '<!-- <a b="> -->', '<!-- &amp; &x; ]]> - -->', '<!--\r\n\u{1f600}-->']
const gaps = ['\n', '\t', '  ', '\r\n', '\r']

function beforeRoot(hand: Hand): string {
  const mark = odd(hand) ? '\ufeff' : ''
  const declaration = chance(hand.random, 0.7) ? `${pick(hand.random, declarations)}\n` : ''
  return mark + declaration + remark(hand)
}

function afterRoot(hand: Hand): string {
  return (odd(hand) ? '' : '\n') + remark(hand)
}

/** @param scope what the place it is written to has declared */
export function writeElement(hand: Hand, node: ElementNode, scope: Scope): string {
  const dressed = dress(hand.random, node, scope, hand.oddness)
  const pairs = [...dressed.declarations, ...dressed.attributes]
  const ordered = hand.oddness > 0 ? shuffled(hand.random, pairs) : pairs
  const tag = dressed.name + ordered.map(pair => writeAttribute(hand, pair)).join('')

  const content = writeContent(hand, node, dressed.scope)
  if (content === '' && !odd(hand)) return `<${tag}${gap(hand, '')}/>`
  return `<${tag}${gap(hand, '')}>${content}</${dressed.name}${gap(hand, '')}>`
}

function writeAttribute(hand: Hand, [name, value]: readonly [string, string]): string {
  const equals = odd(hand) ? pick(hand.random, [' =', '= ', '\n=\t']) : '='
  return `${gap(hand, ' ')}${name}${equals}${writeAttributeValue(hand, value)}`
}

function writeContent(hand: Hand, node: ElementNode, scope: Scope): string {
  const space = node.children.some(child => child.kind === 'element') ? hand.lineEnd : ''
  const parts = node.children.map(child => space + writeChild(hand, child, scope) + commentIn(hand, node))
  return parts.join('') + (parts.length > 0 ? space : '')
}

function writeChild(hand: Hand, child: Node, scope: Scope): string {
  if (child.kind === 'element') return writeElement(hand, child, scope)
  if (child.kind === 'text') return writeText(hand, child.value)
  return odd(hand) ? pick(hand.random, [`\n${child.markup}\r\n`, `<![CDATA[${child.markup}]]>`]) : child.markup
}

/** Comments in the Signature are forbidden (V04), so a hand that means well writes none. */
function commentIn(hand: Hand, node: ElementNode): string {
  return node.namespace === xmldsig ? '' : remark(hand)
}

function remark(hand: Hand): string {
  return odd(hand) ? pick(hand.random, comments) : ''
}

function gap(hand: Hand, usual: string): string {
  return odd(hand) ? pick(hand.random, gaps) : usual
}

function odd({ random, oddness }: Hand): boolean {
  return chance(random, oddness)
}
