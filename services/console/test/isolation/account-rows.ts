import { roles } from '@docaxis/store/console'
import type { Rows } from './entry.ts'

/** Signing in, and what people do with their own account. */
export const accountRows: Rows = {
  'GET /session': { may: 'anybody', sees: 'own' },
  'POST /session': { may: 'anybody', sees: 'own', body: { login: 'nobody', password: 'x' } },
  'DELETE /session': { may: roles, sees: 'own' },
  'DELETE /sessions': { may: roles, sees: 'own' },
  'GET /help': { may: 'anybody', sees: 'own' },
  'GET /help/:code': { may: 'anybody', sees: 'own' },
  'GET /oidc': { may: 'anybody', sees: 'own' },
  'GET /oidc/return': { may: 'anybody', sees: 'own' },
  'PUT /account/password': { may: roles, sees: 'own', body: { password: 'x', wanted: 'something long enough' } },
  'POST /account/totp': { may: roles, sees: 'own', body: { password: 'x' } },
  'PUT /account/totp': { may: roles, sees: 'own', body: { sealed: 'x', code: '000000' } },
  'DELETE /account/totp': { may: roles, sees: 'own', body: { password: 'x' } },
}
