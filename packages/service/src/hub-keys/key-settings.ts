import { instant, optional, path, text } from '../settings.ts'

/** Where the hub's signing key is, and the one that takes over from it. */
export const keySettings = {
  hubKeyFile: optional(
    'DOCAXIS_HUB_KEY_FILE',
    path,
    'private key that signs receipts: PEM, or PKCS#12 (.p12, .pfx) with its certificate in it',
  ),
  hubKeyPasswordFile: optional('DOCAXIS_HUB_KEY_PASSWORD_FILE', path, 'file whose first line opens the hub key'),
  hubCertFile: optional('DOCAXIS_HUB_CERT_FILE', path, 'certificate of the hub key (PEM or DER)'),
  hubNextFrom: optional(
    'DOCAXIS_HUB_NEXT_FROM',
    instant,
    'when the next hub key takes over, by the clock of the database: 2030-01-31T17:00:00Z',
  ),
  hubNextKeyFile: optional('DOCAXIS_HUB_NEXT_KEY_FILE', path, 'the hub key from then on'),
  hubNextKeyPasswordFile: optional(
    'DOCAXIS_HUB_NEXT_KEY_PASSWORD_FILE',
    path,
    'file whose first line opens the next hub key',
  ),
  hubNextCertFile: optional('DOCAXIS_HUB_NEXT_CERT_FILE', path, 'certificate of the next hub key (PEM or DER)'),
  pkcs11Module: optional('DOCAXIS_PKCS11_MODULE', path, 'PKCS#11 library of the token that holds the hub key'),
  pkcs11Token: optional('DOCAXIS_PKCS11_TOKEN', text, 'label of the token'),
  pkcs11PinFile: optional('DOCAXIS_PKCS11_PIN_FILE', path, 'file whose first line is the PIN of the token'),
  pkcs11Key: optional('DOCAXIS_PKCS11_KEY', text, 'label of the hub key on the token'),
  pkcs11NextKey: optional('DOCAXIS_PKCS11_NEXT_KEY', text, 'label of the next hub key on the token'),
} as const
