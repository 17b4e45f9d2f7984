import type { DocumentAction } from './model.ts'

/** Name spaces that the codec meets (edXML 2). */
export const qcvn = 'http://www.mic.gov.vn/TBT/QCVN_102_2016'
export const xmldsig = 'http://www.w3.org/2000/09/xmldsig#'
export const soapEnvelope = 'http://schemas.xmlsoap.org/soap/envelope/'
export const edoc2014 = 'http://www.e-doc.vn/Schema/'
export const goVn = 'http://www.go.vn/eDoc'
export const xlink = 'http://www.w3.org/1999/xlink'

/** BussinessDocType by its wire number (edXML 6.1). */
export const actions: readonly DocumentAction[] = ['new', 'revoke', 'update', 'replace']

/** Longest values in characters after NFC (edXML 4 and 8). */
export const maxLength = {
  OrganId: 35,
  OrganizationInCharge: 500,
  OrganName: 200,
  OrganAdd: 500,
  Email: 100,
  Telephone: 50,
  Fax: 50,
  Website: 100,
} as const
