import { attributeMutations } from './attributes.ts'
import { carriedMutations } from './carried.ts'
import { characterMutations } from './characters.ts'
import { markupMutations } from './markup.ts'
import type { Mutation } from './mutation.ts'
import { namespaceMutations } from './namespaces.ts'
import { prologMutations } from './prolog.ts'
import { signatureMutations } from './signature.ts'
import { structureMutations } from './structure.ts'

export const textMutations: readonly Mutation[] = [
  ...attributeMutations,
  ...namespaceMutations,
  ...characterMutations,
  ...markupMutations,
  ...prologMutations,
  ...structureMutations,
  ...signatureMutations,
  ...carriedMutations,
  ...carriedMutations,
]
