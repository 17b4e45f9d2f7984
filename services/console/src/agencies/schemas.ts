import { maxCodeLength } from '@docaxis/directory'
import { Type } from 'typebox'

export const agencyCode = Type.String({ minLength: 1, maxLength: maxCodeLength })
export const agencyParams = Type.Object({ code: agencyCode })
