export { cmsOid } from './oids.ts'
export { parseSignedData } from './signed-data.ts'
export type { Attribute, CmsSignerResult, SignedData, Signer, SignerId, SignerQuestion } from './types.ts'
export { verifySigner } from './verify-signer.ts'
