import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One row of the gateway's route table, as its OpenAPI document has it. */
export interface ApiOperation {
  /** `operationId`. */
  readonly id: string
  readonly method: string
  /** `/api/v1/documents/{id}`. */
  readonly path: string
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>
}

const document = join(import.meta.dirname, '../../../schemas/openapi/gateway.json')

/** What no client reaches although systems may call it, and why. Empty is best. */
export const outsideClients: Readonly<Record<string, string>> = {
  describeUploads: 'for tus clients of others; ours read limits where they read agencies',
  openUpload: 'within send, for what is large; upload.test.ts has it',
  continueUpload: 'as openUpload',
  startConformance: 'a test hub alone answers; `createConformance` and `docaxis conformance` play the script',
  listConformance: 'as startConformance',
  getConformance: 'as startConformance',
  advanceConformance: 'as startConformance',
  finishConformance: 'as startConformance',
  verifyReceipt: 'systems verify receipts on their own (`docaxis receipt verify`), with the certificates of the hub',
  verifyPrintedReceipt: 'for people who scanned the code of a printed receipt',
  giveUpUpload: 'for tus clients of others; ours go on, and what is left expires',
}

/** What a system may call: everything but the operators' calls, which `docaxis admin` and `docaxis trust` make. */
export function systemOperations(): ApiOperation[] {
  const { paths } = JSON.parse(readFileSync(document, 'utf8')) as OpenApi
  return Object.entries(paths)
    .filter(([path]) => !path.startsWith('/api/v1/admin/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({
        id: operationId,
        method: method.toUpperCase(),
        path,
      })),
    )
}

/** Ids of the operations that these requests ask for. @throws Error for a request that no route answers */
export function operationsAsked(requests: Iterable<{ readonly method: string; readonly path: string }>): Set<string> {
  const routes = systemOperations().map(operation => ({ ...operation, pattern: patternOf(operation.path) }))
  // HEAD asks for what another method answers, and is no operation of its own.
  const asked = [...requests].filter(({ method }) => method !== 'HEAD')
  return new Set(
    asked.map(({ method, path }) => {
      const [bare = ''] = path.split('?')
      const fitting = routes.filter(route => route.method === method && route.pattern.test(bare))
      // "/deliveries/ack" is nearer than "/deliveries/{id}".
      const [nearest] = fitting.toSorted((left, right) => parametersOf(left.path) - parametersOf(right.path))
      if (!nearest) throw new Error(`no route answers ${method} ${bare}`)
      return nearest.id
    }),
  )
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`)
}

const parametersOf = (path: string): number => path.split('{').length
