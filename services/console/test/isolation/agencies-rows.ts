import { type Role, roles } from '@docaxis/store/console'
import { type Rows, reason } from './entry.ts'

const managers: readonly Role[] = ['directory', 'administrator']
const sealManagers: readonly Role[] = ['directory', 'trust', 'administrator']
const systemStaff: readonly Role[] = ['operator', 'directory', 'administrator', 'auditor']

interface LevelsAnswer {
  readonly localities: readonly string[]
}

/** The directory and one agency. */
export const agenciesRows: Rows = {
  'GET /agencies': { may: roles, sees: 'list', query: '?q=agency+h98' },
  'GET /agency-branch': { may: roles, sees: 'list', query: '?level=province' },
  'GET /agency-levels': {
    may: roles,
    sees: 'list',
    shows: answer => (answer as LevelsAnswer).localities.includes('Đồi Thông'),
  },
  'GET /agencies/:code': { may: roles, sees: 'object', object: 'agency' },
  'GET /agencies/:code/traffic': { may: roles, sees: 'object', object: 'agency' },
  'GET /agencies/:code/lateness': { may: roles, sees: 'object', object: 'agency' },
  'PUT /agencies/:code/receiving': {
    may: managers,
    sees: 'object',
    object: 'agency',
    body: { canReceive: true, maxEnvelopeBytes: null, fileTypes: [] },
  },
  'GET /agencies/:code/systems': { may: systemStaff, sees: 'object', object: 'agency' },
  // The far system is there already: `agencies.test.ts` makes another.
  'POST /agencies/:code/systems': {
    may: managers,
    sees: 'object',
    object: 'agency',
    body: { id: 'far-system', name: 'Again', reason },
    works: [409],
  },
  'GET /agencies/:code/systems/:system/calls': { may: systemStaff, sees: 'object', object: ['agency', 'system'] },
  'POST /agencies/:code/systems/:system/credentials': {
    may: managers,
    sees: 'object',
    object: ['agency', 'system'],
    body: { kind: 'token' },
  },
  'DELETE /agencies/:code/systems/:system/credentials/:credential': {
    may: managers,
    sees: 'object',
    object: ['agency', 'system', 'credential'],
  },
  'GET /agencies/:code/certificates': { may: roles, sees: 'object', object: 'agency' },
  // This is no certificate: `agency-seals.test.ts` adds one.
  'POST /agencies/:code/certificates': {
    may: sealManagers,
    sees: 'object',
    object: 'agency',
    body: { certificate: 'AAAA' },
    works: [400],
  },
  'DELETE /agencies/:code/certificates/:sha256': {
    may: sealManagers,
    sees: 'object',
    object: ['agency', 'certificate'],
  },
  'GET /agencies/:code/mandates': { may: roles, sees: 'object', object: 'agency' },
  'POST /agencies/:code/mandates': {
    may: sealManagers,
    sees: 'object',
    object: 'agency',
    body: { holder: 'G99', kind: 'seal', from: '2026-01-01' },
  },
  'DELETE /agencies/:code/mandates/:mandate': { may: sealManagers, sees: 'object', object: ['agency', 'mandate'] },
}
