import { judgedAt } from './signing-bench.ts'

/** xmlsec1 that trusts the authority of the signing bench alone, at the moment at which everything is judged. */
export function xmlsecVerify(anchorFile: string, files: readonly string[]): [program: string, ...args: string[]] {
  const time = judgedAt.toISOString().slice(0, 19).replace('T', ' ')
  return ['xmlsec1', '--verify', '--trusted-pem', anchorFile, '--verification-time', time, ...files]
}

/** It takes the time of verification as local time. */
export const utcEnvironment = { ...process.env, TZ: 'UTC' }
