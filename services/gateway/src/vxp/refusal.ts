import { type Bilingual, type VxpErrorCode, type VxpReason, type VxpReasonDetails, vxpReasons } from '@docaxis/errors'

/** A call that is refused for a reason of the VXP protocol. */
export class VxpRefusal extends Error {
  readonly reason: VxpReason
  readonly code: VxpErrorCode
  readonly details: VxpReasonDetails

  constructor(reason: VxpReason, details: VxpReasonDetails = {}) {
    super(vxpReasons[reason].text(details).en)
    this.name = 'VxpRefusal'
    this.reason = reason
    this.code = vxpReasons[reason].code
    this.details = details
  }

  get text(): Bilingual {
    return vxpReasons[this.reason].text(this.details)
  }
}
