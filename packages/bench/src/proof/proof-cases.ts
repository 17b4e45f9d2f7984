/** One kind of envelope that is proved, and how often. */
export interface ProofCase {
  readonly name: string
  readonly bytes: number
  readonly attachments: number
  /** Base64 in lines of 76 columns, as mail has it; else on one line, as the kits write it. */
  readonly inLines: boolean
  /** Read from disk in chunks, as a file that should not be held in memory. */
  readonly fromDisk: boolean
  /** Proofs in one round; a tool reads as many files and `toolBase` more, which are subtracted. */
  readonly runs: number
  readonly toolBase: number
  /** Before anything is measured: a hub runs for weeks, and its code is warm. */
  readonly warmUpRounds: number
}

export const proofCases: readonly ProofCase[] = [
  {
    name: '10 KB',
    bytes: 10_000,
    attachments: 1,
    inLines: false,
    fromDisk: false,
    runs: 200,
    toolBase: 2,
    warmUpRounds: 30,
  },
  {
    name: '10 MB, one line',
    bytes: 10_000_000,
    attachments: 1,
    inLines: false,
    fromDisk: true,
    runs: 10,
    toolBase: 2,
    warmUpRounds: 3,
  },
  {
    name: '10 MB, 76 columns',
    bytes: 10_000_000,
    attachments: 1,
    inLines: true,
    fromDisk: true,
    runs: 10,
    toolBase: 2,
    warmUpRounds: 3,
  },
  {
    name: '100 MB, 76 columns',
    bytes: 100_000_000,
    attachments: 2,
    inLines: true,
    fromDisk: true,
    runs: 2,
    toolBase: 1,
    warmUpRounds: 1,
  },
]
