export { type ConsistencyClaim, consistencyProof, verifyConsistency } from './consistency.ts'
export { leafHash } from './hashes.ts'
export { type InclusionClaim, inclusionProof, verifyInclusion } from './inclusion.ts'
export { type Tree, treeOf } from './tree.ts'
