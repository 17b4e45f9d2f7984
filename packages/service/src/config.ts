import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { consoleSettingFaults, consoleSettings } from './console-settings.ts'
import { deadlineSettings } from './deadline-settings.ts'
import { keySettings } from './hub-keys/key-settings.ts'
import { keySettingFaults } from './hub-keys/key-sources.ts'
import {
  algorithmEndsFile,
  blobUrl,
  brokers,
  clamdUrl,
  databaseUrl,
  list,
  networks,
  oneOf,
  onOff,
  optional,
  path,
  routeBases,
  type Setting,
  setting,
  syslogUrl,
  text,
  wholeNumber,
} from './settings.ts'
import { stampSettings } from './stamp-settings.ts'
import { uploadSettings } from './upload-settings.ts'

const mebibyte = 1024 * 1024
const minuteMs = 60_000

/** Every setting of every service: the one place where they are named. */
export const settingsTable = {
  httpHost: setting('DOCAXIS_HTTP_HOST', '127.0.0.1', text, 'address to listen on; 0.0.0.0 for every network'),
  httpPort: setting('DOCAXIS_HTTP_PORT', '8080', wholeNumber(0, 65_535), 'port to listen on; 0 takes any free one'),
  trustedProxies: setting(
    'DOCAXIS_TRUSTED_PROXIES',
    '',
    list,
    'addresses or networks of the proxies whose X-Forwarded-For and client certificate headers count',
  ),
  dataDir: setting('DOCAXIS_DATA_DIR', './data', path, 'folder for everything the hub keeps on this machine'),
  databaseUrl: optional(
    'DOCAXIS_DATABASE_URL',
    databaseUrl,
    'PostgreSQL 15 or newer; without it the hub runs its own under the data folder',
    { secret: true },
  ),
  databaseConnections: setting(
    'DOCAXIS_DATABASE_CONNECTIONS',
    '16',
    wholeNumber(2, 500),
    'connections that one process holds at most',
  ),
  kafkaBrokers: optional(
    'DOCAXIS_KAFKA_BROKERS',
    brokers,
    'brokers as host:port; without them the event log is in PostgreSQL',
  ),
  kafkaPartitions: setting(
    'DOCAXIS_KAFKA_PARTITIONS',
    '4',
    wholeNumber(1, 1_000),
    'partitions of every topic, in PostgreSQL too; fixed at the first start',
  ),
  kafkaReplicas: setting(
    'DOCAXIS_KAFKA_REPLICAS',
    '1',
    wholeNumber(1, 9),
    'copies of every topic that the hub creates on Kafka; 3 in production',
  ),
  blobUrl: optional(
    'DOCAXIS_BLOB_URL',
    blobUrl,
    'file: and a folder for envelopes; blobs in the data folder unless set',
  ),
  maxEnvelopeBytes: setting(
    'DOCAXIS_MAX_ENVELOPE_BYTES',
    String(100 * mebibyte),
    wholeNumber(mebibyte, 4096 * mebibyte),
    'size of the largest envelope taken, in bytes; larger ones are answered 413',
  ),
  ...uploadSettings,
  requestsPerMinute: setting(
    'DOCAXIS_REQUESTS_PER_MINUTE',
    '60000',
    wholeNumber(1, 10_000_000),
    'calls that one authenticated system may make a minute at one instance; more are answered 429',
  ),
  leaseMs: setting(
    'DOCAXIS_LEASE_MS',
    String(30 * minuteMs),
    wholeNumber(1_000, 7 * 24 * 60 * minuteMs),
    'time between a fetch and its acknowledgement, in milliseconds, after which the delivery is offered again',
  ),
  maxAttempts: setting(
    'DOCAXIS_MAX_ATTEMPTS',
    '10',
    wholeNumber(1, 1_000),
    'hand-overs that a receiver may fail before the delivery is a dead letter',
  ),
  backOffMs: setting(
    'DOCAXIS_BACK_OFF_MS',
    String(minuteMs),
    wholeNumber(0, 24 * 60 * minuteMs),
    'wait after the first failed hand-over, in milliseconds; it grows with each',
  ),
  demo: optional('DOCAXIS_DEMO', onOff, 'whether an empty database becomes a demo; kept in the database afterwards'),
  environment: optional(
    'DOCAXIS_ENVIRONMENT',
    oneOf('test', 'production'),
    'stands on receipts and pages; required outside the demo',
  ),
  ...deadlineSettings,
  ...keySettings,
  ...stampSettings,
  ...consoleSettings,
  anchorsDir: optional(
    'DOCAXIS_ANCHORS_DIR',
    path,
    'folder of trust anchors (PEM or DER) for every purpose; those in seal/, official/, tls/, tsa/, ocsp/ for that one',
  ),
  anchorOperators: setting(
    'DOCAXIS_ANCHOR_OPERATORS',
    'one',
    oneOf('one', 'two'),
    'operators that it takes to import or retire a trust anchor',
  ),
  algorithmEnds: optional(
    'DOCAXIS_ALGORITHM_ENDS_FILE',
    algorithmEndsFile,
    'JSON file of last days on which algorithms and sizes of keys count, such as {"rsa-2048": "2030-12-31"}',
  ),
  trustFetch: setting(
    'DOCAXIS_TRUST_FETCH',
    'on',
    onOff,
    'whether revocation lists and OCSP answers are fetched; off where all come by import',
  ),
  trustInsideHosts: setting(
    'DOCAXIS_TRUST_INSIDE_HOSTS',
    '',
    list,
    'hosts that may be fetched from although their address is one of the inside, such as a mirror',
  ),
  lateRevocation: setting(
    'DOCAXIS_LATE_REVOCATION',
    'record',
    oneOf('record', 'hold'),
    'what becomes of a document under way whose seal turns out to be revoked: flagged, or also held for an operator',
  ),
  malware: setting(
    'DOCAXIS_MALWARE',
    'off',
    oneOf('off', 'record', 'refuse'),
    'attachments are not scanned, are scanned and what is found is shown, or nothing is accepted unscanned',
  ),
  clamdUrl: optional(
    'DOCAXIS_CLAMD_URL',
    clamdUrl,
    'tcp://host:port or unix:/path of the clamd that scans; required where DOCAXIS_MALWARE is not off',
  ),
  beforeAcceptBytes: setting(
    'DOCAXIS_BEFORE_ACCEPT_BYTES',
    String(10 * mebibyte),
    wholeNumber(0, 4096 * mebibyte),
    'largest attachment, in bytes, whose signatures are checked before acceptance where policy asks for it; larger ones are checked before delivery',
  ),
  vxpBases: setting('DOCAXIS_VXP_BASES', '/XrdAdapter', routeBases, 'paths under which VXP clients call; / for none'),
  secretsKeyFile: optional(
    'DOCAXIS_SECRETS_KEY_FILE',
    path,
    'key that encrypts the secrets of VXP systems and webhooks, 64 hex digits; the hub makes one in the data folder unless set',
  ),
  pushInsideHosts: setting(
    'DOCAXIS_PUSH_INSIDE_HOSTS',
    '',
    list,
    'hosts that webhooks and mail of alerts may lead to although their address is one of the inside',
  ),
  pushPlainHosts: setting(
    'DOCAXIS_PUSH_PLAIN_HOSTS',
    '',
    list,
    'hosts that webhooks may call over plain http, and mail of alerts reach without TLS; all others over TLS only',
  ),
  pushCaFile: optional(
    'DOCAXIS_PUSH_CA_FILE',
    path,
    'PEM of authorities that TLS certificates of webhooks and mail servers may come from, beside the usual ones',
  ),
  publicVerify: setting(
    'DOCAXIS_PUBLIC_VERIFY',
    '*',
    networks,
    'networks from which anybody may have a file verified without signing in; * for all, off for none',
  ),
  logLevel: setting(
    'DOCAXIS_LOG_LEVEL',
    'info',
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'least level that is logged',
  ),
  syslogUrl: optional(
    'DOCAXIS_SYSLOG_URL',
    syslogUrl,
    'udp://host:port, tcp://host:port or unix:/path of a stream socket: audit entries go there too (RFC 5424)',
  ),
} as const

type Table = typeof settingsTable
type ValueOf<S> = S extends Setting<infer T> ? T : never

/** Every setting, read once, whole and typed. */
export type HubConfig = Readonly<{
  [Key in keyof Table as Key extends 'blobUrl' ? never : Key]: ValueOf<Table[Key]>
}> & {
  /** Absolute `file:///` URL. */
  readonly blobUrl: string
}

/** The settings are wrong; the message names every fault. */
export class ConfigError extends Error {
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`the settings are wrong:\n${faults.map(fault => `  ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
    this.faults = faults
  }
}

/**
 * Reads all settings from the environment. An empty variable counts as absent.
 *
 * @throws ConfigError with every fault at once; values of secrets are never repeated
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): HubConfig {
  const faults: string[] = []
  const read = ([key, entry]: [string, Setting<unknown>]) => [key, readSetting(entry, env, faults)]
  const values = Object.fromEntries(Object.entries(settingsTable).map(read)) as {
    [Key in keyof Table]: ValueOf<Table[Key]>
  }
  faults.push(...misspelt(env))
  faults.push(...keySettingFaults(values))
  faults.push(...consoleSettingFaults(values))
  if (values.tsaPolicy !== 'off' && values.tsaUrl === undefined && !faults.some(fault => fault.includes('TSA_URL'))) {
    faults.push(`DOCAXIS_TSA_URL is not set: DOCAXIS_TSA_POLICY is ${values.tsaPolicy}`)
  }
  if (values.malware !== 'off' && values.clamdUrl === undefined && !faults.some(fault => fault.includes('CLAMD'))) {
    faults.push(`DOCAXIS_CLAMD_URL is not set: DOCAXIS_MALWARE is ${values.malware}`)
  }
  if (faults.length > 0) throw new ConfigError(faults)
  return { ...values, blobUrl: values.blobUrl ?? pathToFileURL(join(values.dataDir, 'blobs')).href }
}

/** The folder that `blobUrl` names. */
export function blobFolder({ blobUrl }: Pick<HubConfig, 'blobUrl'>): string {
  return fileURLToPath(blobUrl)
}

/** Each setting with its value as text, for people; `docaxis doctor` prints it. */
export function describeConfig(
  env: Readonly<Record<string, string | undefined>>,
): readonly { readonly name: string; readonly value: string; readonly description: string }[] {
  return Object.values<Setting<unknown>>(settingsTable).map(({ name, standard, secret, description }) => {
    const value = env[name] || undefined
    return { name, value: value === undefined ? (standard ?? '') : secret ? '(set)' : value, description }
  })
}

function readSetting(
  entry: Setting<unknown>,
  env: Readonly<Record<string, string | undefined>>,
  faults: string[],
): unknown {
  const given = env[entry.name] || entry.standard
  if (given === undefined) return undefined
  try {
    return entry.parse(given)
  } catch (error) {
    faults.push(`${entry.name} ${error instanceof Error ? error.message : 'cannot be read'}`)
    return undefined
  }
}

/** Read by other programs: the client, the tests, `pnpm local`. */
const otherVariables: ReadonlySet<string> = new Set([
  'DOCAXIS_URL',
  'DOCAXIS_TOKEN',
  'DOCAXIS_KEY_PASSWORD',
  'DOCAXIS_SHARED',
  'DOCAXIS_TEST_DATABASE_URL',
])

/** A misspelt variable would silently leave the default in place. */
function misspelt(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = new Set(Object.values<Setting<unknown>>(settingsTable).map(({ name }) => name))
  return Object.keys(env)
    .filter(name => name.startsWith('DOCAXIS_') && !name.startsWith('DOCAXIS_TEST_'))
    .filter(name => !known.has(name) && !otherVariables.has(name))
    .map(name => `${name} is not a setting`)
}
