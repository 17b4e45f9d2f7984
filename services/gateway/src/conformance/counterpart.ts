import type { Agency } from '@docaxis/directory'
import {
  bindSystemAgency,
  createSystem,
  type Database,
  findAgency,
  findSystem,
  importAgencies,
  touchSystems,
} from '@docaxis/store'
import type { Caller } from '../caller.ts'

/** The agency with which the hub plays, and one that never receives. */
export const counterpartCode = 'DOCAXIS.KIEMTHU'
export const lockedCode = 'DOCAXIS.KIEMTHU.KHOA'

const systemId = 'docaxis-conformance'

const agencies: readonly Agency[] = [
  {
    code: counterpartCode,
    oldCodes: [],
    name: 'Đơn vị kiểm thử kết nối của Trục',
    kind: 'agency',
    level: 'central',
    groups: [],
    canReceive: true,
    receivesForUnits: false,
  },
  {
    code: lockedCode,
    oldCodes: [],
    name: 'Đơn vị kiểm thử đang khóa',
    kind: 'unit',
    level: 'central',
    parent: counterpartCode,
    groups: [],
    canReceive: false,
    receivesForUnits: false,
  },
]

/** The hub as a caller of its own; what it writes needs no seal. It holds no token, so nobody else can be it. */
export const counterpart: Caller = {
  systemId,
  profile: 'legacy',
  signaturePolicy: 'record',
  statusPolicy: 'record',
  attachmentPolicy: 'record',
  badReceiver: 'refuse-all',
  agencies: [counterpartCode],
  operator: false,
}

/** Its agencies and its system are made with the first run, and seen to call, so that nobody is told it keeps silent. */
export async function ensureCounterpart(database: Database): Promise<void> {
  await database.transaction(async tx => {
    if (!(await findAgency(tx, lockedCode))) await importAgencies(tx, agencies, { mode: 'merge' })
    if (!(await findSystem(tx, systemId))) {
      await createSystem(tx, { id: systemId, name: 'Kiểm thử kết nối của Trục', profile: 'legacy' })
    }
    await bindSystemAgency(tx, systemId, counterpartCode)
    await touchSystems(tx, [systemId])
  })
}
