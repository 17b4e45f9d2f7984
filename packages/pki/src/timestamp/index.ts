export { type TimeStampWish, writeTimeStampRequest } from './request.ts'
export { parseTimeStampResponse, parseTimeStampToken } from './token.ts'
export type { TimeStampQuestion, TimeStampResponse, TimeStampResult, TimeStampToken } from './types.ts'
export { verifyTimeStamp } from './verify-time-stamp.ts'
