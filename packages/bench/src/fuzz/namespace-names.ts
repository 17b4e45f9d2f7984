export const qcvn = 'http://www.mic.gov.vn/TBT/QCVN_102_2016'
export const xmldsig = 'http://www.w3.org/2000/09/xmldsig#'
export const xlink = 'http://www.w3.org/1999/xlink'
export const exclusiveC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'
