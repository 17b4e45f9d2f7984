/** Settings of the embedded server. They go on its command line: what runs is always what this file says. */
export interface ServerSettings {
  readonly maxConnections: number
  /** Off only for tests: a power cut then loses what was answered with 2xx; killed processes lose nothing even so. */
  readonly fsync: boolean
}

/** Tuned for one small machine that the server shares with the hub. */
export function serverSettings({ maxConnections, fsync }: ServerSettings): Readonly<Record<string, string>> {
  return {
    cluster_name: 'docaxis',
    // The hub's pools hold 16 connections per part at most; each idle one costs some 2 MB.
    max_connections: String(maxConnections),
    // The hub's bytes live in files, not in tables: the hot rows of a small installation fit here.
    shared_buffers: '128MB',
    // An acknowledgement is a promise: COMMIT returns after the WAL is on disk.
    synchronous_commit: 'on',
    fsync: fsync ? 'on' : 'off',
    full_page_writes: fsync ? 'on' : 'off',
    // Full page images are most of the WAL of an intake; pglz needs no library.
    wal_compression: 'pglz',
    // Fewer checkpoints, so fewer full page images; recovery after a kill reads at most this much.
    max_wal_size: '512MB',
    checkpoint_timeout: '15min',
    // Outbox, cursors and deliveries change all day: dead rows go early, or their indexes swell.
    autovacuum_naptime: '15s',
    // Both cores are shared with intake: one console query must not take both.
    max_parallel_workers_per_gather: '0',
    // Short statements: compiling costs more than it saves.
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // No ERROR: those are answers to the hub (a unique key met by a repeat) and may quote document content.
    log_min_messages: 'log',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    logging_collector: 'off',
    log_line_prefix: '',
  }
}
