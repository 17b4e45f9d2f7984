import type { Role } from '../session.ts'

// As the routes of `services/console/src/trust/trust-routes.ts` say.

export const mayAskWhatIf: readonly Role[] = ['trust', 'operator', 'administrator', 'auditor']
export const mayDecide: readonly Role[] = ['trust', 'administrator']
