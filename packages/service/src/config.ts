/** Every setting of every service, read once, whole and typed. */
export interface HubConfig {
  readonly httpHost: string
  readonly httpPort: number
  readonly dataDir: string
  /** Absent: the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | undefined
  /** Absent: the event log in PostgreSQL. */
  readonly kafkaBrokers: readonly string[] | undefined
  readonly blobUrl: string
  readonly demo: boolean | undefined
  /** Required outside demo. */
  readonly environment: 'test' | 'production' | undefined
  readonly hubKeyFile: string | undefined
  readonly hubCertFile: string | undefined
  readonly anchorsDir: string | undefined
  readonly vxpBases: readonly string[]
  readonly logLevel: string
  /** `udp://host:port`, `tcp://host:port` or `unix:/dev/log`: audit entries go there too. */
  readonly syslogUrl: string | undefined
}
