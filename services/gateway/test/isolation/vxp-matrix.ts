/** VXP operations, under each base: which parameter names an object, and what a stranger may be answered. */
export const vxpMatrix: Readonly<Record<string, Record<string, string>>> = {
  'POST sendEdoc': { from: 'H99.05', servicetype: 'eDoc', messagetype: 'edoc' },
  'POST getReceivedEdocList': { servicetype: 'eDoc', messagetype: 'edoc', to: 'H99.05' },
  'POST getEdoc': { docId: 'delivery' },
  'GET downloadEdoc': { docId: 'delivery' },
  'POST updateStatus': { docid: 'delivery', status: 'done' },
  'POST getSentEdocList': { servicetype: 'eDoc', messagetype: 'edoc', docId: 'document' },
  'POST countReceiveEdoc': {},
  'POST countReceiveStatus': {},
  'POST getAgenciesList': {},
  'POST getAgenciesListQD20': {},
  'POST getSynchronizeUnit': {},
  'POST registerAgency': {},
  'POST deleteAgency': { AgencyCode: 'H99.05' },
}
