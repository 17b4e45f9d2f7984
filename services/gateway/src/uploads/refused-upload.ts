import { HubError } from '@docaxis/errors'
import type { Upload, UploadProblem } from '@docaxis/store'

export function problemOf({ code, message, details, findings }: HubError): UploadProblem {
  return { code, message, details, findings }
}

/** The refusal as it was first told. */
export function refusedBefore({ problem }: Upload): HubError {
  if (!problem) throw new Error('an upload was refused without a reason')
  return new HubError(problem.code, problem.message, { details: problem.details, findings: problem.findings })
}
