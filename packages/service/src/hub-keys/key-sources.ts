import type { KeySource } from '@docaxis/keys'
import type { Setting } from '../settings.ts'
import type { keySettings } from './key-settings.ts'

export type KeyConfig = Readonly<{
  [Key in keyof typeof keySettings]: (typeof keySettings)[Key] extends Setting<infer T> ? T : never
}>

export interface KeySources {
  /** Absent: none is configured, and the hub makes one in its data folder. */
  readonly current?: KeySource
  readonly next?: { readonly source: KeySource; readonly from: Date }
}

/** Where the settings say that the hub's keys are. */
export function keySourcesOf(config: KeyConfig): KeySources {
  const current = sourceOf(config, {
    keyFile: config.hubKeyFile,
    passwordFile: config.hubKeyPasswordFile,
    certFile: config.hubCertFile,
    keyLabel: config.pkcs11Key,
  })
  const next = sourceOf(config, {
    keyFile: config.hubNextKeyFile,
    passwordFile: config.hubNextKeyPasswordFile,
    certFile: config.hubNextCertFile,
    keyLabel: config.pkcs11NextKey,
  })
  const { hubNextFrom: from } = config
  return { ...(current && { current }), ...(next && from && { next: { source: next, from } }) }
}

interface KeyPlace {
  readonly keyFile: string | undefined
  readonly passwordFile: string | undefined
  readonly certFile: string | undefined
  readonly keyLabel: string | undefined
}

function sourceOf(config: KeyConfig, { keyFile, passwordFile, certFile, keyLabel }: KeyPlace): KeySource | undefined {
  const { pkcs11Module: module, pkcs11Token: tokenLabel, pkcs11PinFile: pinFile } = config
  if (keyLabel !== undefined) {
    if (module === undefined || tokenLabel === undefined || pinFile === undefined || certFile === undefined) return
    return { kind: 'pkcs11', module, tokenLabel, pinFile, keyLabel, certFile }
  }
  return keyFile === undefined ? undefined : { kind: 'file', keyFile, passwordFile, certFile }
}

/** What is wrong with the settings of keys as a whole, one sentence for each fault. */
export function keySettingFaults(config: KeyConfig): readonly string[] {
  const hasNext = config.hubNextKeyFile !== undefined || config.pkcs11NextKey !== undefined
  const hasKey = config.hubKeyFile !== undefined || config.pkcs11Key !== undefined
  return [
    ...placeFaults('DOCAXIS_HUB', 'DOCAXIS_PKCS11_KEY', config.hubKeyFile, config.hubCertFile, config.pkcs11Key),
    ...placeFaults(
      'DOCAXIS_HUB_NEXT',
      'DOCAXIS_PKCS11_NEXT_KEY',
      config.hubNextKeyFile,
      config.hubNextCertFile,
      config.pkcs11NextKey,
    ),
    ...tokenFaults(config),
    ...(hasNext === (config.hubNextFrom !== undefined)
      ? []
      : ['DOCAXIS_HUB_NEXT_FROM and the next hub key must be set together']),
    ...(hasNext && !hasKey ? ['a next hub key takes over from one that is set: DOCAXIS_HUB_KEY_FILE is not'] : []),
  ]
}

function placeFaults(
  prefix: string,
  labelSetting: string,
  keyFile: string | undefined,
  certFile: string | undefined,
  keyLabel: string | undefined,
): string[] {
  const [key, cert] = [`${prefix}_KEY_FILE`, `${prefix}_CERT_FILE`]
  if (keyFile !== undefined && keyLabel !== undefined) return [`${key} and ${labelSetting} name two places of one key`]
  if (keyLabel !== undefined) return certFile === undefined ? [`${cert} is not set: ${labelSetting} needs it`] : []
  const bringsItsOwn = keyFile !== undefined && /\.(p12|pfx)$/i.test(keyFile)
  if (bringsItsOwn || (keyFile === undefined) === (certFile === undefined)) return []
  return [`${key} and ${cert} must be set together, unless the key is a .p12 file`]
}

function tokenFaults({ pkcs11Key, pkcs11NextKey, pkcs11Module, pkcs11Token, pkcs11PinFile }: KeyConfig): string[] {
  const token = {
    DOCAXIS_PKCS11_MODULE: pkcs11Module,
    DOCAXIS_PKCS11_TOKEN: pkcs11Token,
    DOCAXIS_PKCS11_PIN_FILE: pkcs11PinFile,
  }
  const used = pkcs11Key !== undefined || pkcs11NextKey !== undefined
  const missing = Object.entries(token).filter(([, value]) => value === undefined)
  if (used) return missing.map(([name]) => `${name} is not set: a key of a token is`)
  return missing.length === 3 ? [] : ['DOCAXIS_PKCS11_KEY is not set: settings of a token are']
}
