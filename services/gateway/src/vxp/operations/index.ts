import { deleteAgency, registerAgency } from './change-directory.ts'
import { getAgenciesList, getAgenciesListQD20, getSynchronizeUnit } from './directory-lists.ts'
import { downloadEdoc, getEdoc } from './get-edoc.ts'
import type { Operation } from './operation.ts'
import { countReceiveEdoc, countReceiveStatus, getReceivedEdocList } from './received-lists.ts'
import { sendEdoc } from './send-edoc.ts'
import { getSentEdocList } from './sent-list.ts'
import { updateStatus } from './update-status.ts'

/** The whole protocol. */
export const operations: readonly Operation[] = [
  sendEdoc,
  getReceivedEdocList,
  getEdoc,
  downloadEdoc,
  updateStatus,
  getSentEdocList,
  countReceiveEdoc,
  countReceiveStatus,
  getAgenciesList,
  getAgenciesListQD20,
  getSynchronizeUnit,
  registerAgency,
  deleteAgency,
]
