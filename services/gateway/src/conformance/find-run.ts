import { type ConformanceRun, findConformanceRun } from '@docaxis/store'
import type { Gateway } from '../gateway.ts'
import { notFound } from '../problems.ts'

/** @param systemId whose run it must be. @throws HubError `NOT_FOUND` */
export async function getRun({ database }: Gateway, id: string, systemId: string): Promise<ConformanceRun> {
  const run = await findConformanceRun(database, id, systemId)
  if (!run) throw notFound()
  return run
}
