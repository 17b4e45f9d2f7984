import { casesOfChain, type PkitsCase, pkitsRoot } from './chain.ts'
import { casesOfLists } from './lists.ts'
import { nameCases } from './names.ts'
import { certificatePolicies, requireExplicitPolicy } from './policies.ts'
import { inhibitAny, inhibitPolicyMapping, mappings } from './policy-mappings.ts'

const chainCases = [
  ...certificatePolicies,
  ...requireExplicitPolicy,
  ...mappings,
  ...inhibitPolicyMapping,
  ...inhibitAny,
  ...nameCases,
]

/**
 * Sections 4.8 to 4.16 of the NIST Public Key Interoperability Test Suite, made again: the situations of its document,
 * test by test and with the settings it names, in certificates and lists of our own writer.
 */
export async function rebuiltPkits(): Promise<PkitsCase[]> {
  const root = await pkitsRoot()
  const chains = await Promise.all(chainCases.map(one => casesOfChain(root, one)))
  return [...chains.flat(), ...(await casesOfLists(root))]
}
