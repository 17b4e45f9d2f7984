import { httpUrl, objectId, oneOf, optional, setting, wholeNumber } from './settings.ts'

/** Time stamps on receipts, by an authority outside. */
export const stampSettings = {
  tsaPolicy: setting(
    'DOCAXIS_TSA_POLICY',
    'off',
    oneOf('off', 'when-available', 'required'),
    'receipts get no time stamp, get one after they are shown, or are shown once they have one',
  ),
  tsaUrl: optional('DOCAXIS_TSA_URL', httpUrl, 'time-stamping authority (RFC 3161 over HTTP)'),
  tsaPolicyId: optional('DOCAXIS_TSA_POLICY_ID', objectId, 'policy under which it is to stamp; its own unless set'),
  tsaBatch: setting('DOCAXIS_TSA_BATCH', '1024', wholeNumber(1, 16_384), 'receipts that share one time stamp at most'),
  tsaEveryMs: setting(
    'DOCAXIS_TSA_EVERY_MS',
    '10000',
    wholeNumber(100, 3_600_000),
    'how often receipts that wait for a time stamp get one, in milliseconds',
  ),
  tsaAlarmMs: setting(
    'DOCAXIS_TSA_ALARM_MS',
    '300000',
    wholeNumber(1_000, 7 * 86_400_000),
    'wait for a time stamp, in milliseconds, after which the notary raises an alarm',
  ),
} as const
