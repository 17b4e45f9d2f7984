import type { Rows } from './entry.ts'

/** Runs of the conformance suite. */
export const conformanceRows: Rows = {
  'POST /api/v1/conformance': { kind: 'own', body: { agency: 'G99' } },
  'GET /api/v1/conformance': { kind: 'own' },
  'GET /api/v1/conformance/:id': { kind: 'object', object: 'conformance' },
  'POST /api/v1/conformance/:id/advance': { kind: 'object', object: 'conformance' },
  'POST /api/v1/conformance/:id/finish': { kind: 'object', object: 'conformance' },
}
