export { canonicalEscapes } from './canonical-escapes.ts'
export type { XmlFault } from './fault.ts'
export type { XmlLimits } from './limits.ts'
export { readXmlTree } from './read-tree.ts'
export type {
  XmlComment,
  XmlDeclaration,
  XmlInstruction,
  XmlNode,
  XmlText,
  XmlTree,
  XmlTreeAttribute,
  XmlTreeElement,
} from './tree.ts'
