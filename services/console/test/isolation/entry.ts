import type { Role } from '@docaxis/store/console'
import type { FarObject } from '../support/far-away.ts'

/** Who may call one route, and how far each sees. */
export interface Entry {
  /** `anybody`: without signing in. */
  readonly may: readonly Role[] | 'anybody'
  /**
   * `object`: of the far province, 404 for a scope that does not hold it; `list`: shows nothing of the far province to
   * such a scope; `named`: agencies of the far province stand in the body, which is refused (422) by their codes; `hub`: facts of the hub itself, 403 for any other scope than the whole; `own`: concerns nobody but the
   * caller, or no agency at all.
   */
  readonly sees: 'object' | 'list' | 'named' | 'hub' | 'own'
  /** Of a list that names nobody: whether it shows something of the far province. */
  readonly shows?: (answer: unknown) => boolean
  /** What stands in the path's places: ids of the far province. */
  readonly object?: FarObject | readonly FarObject[]
  /** Answers to a person who sees the whole hub, where that is no success. */
  readonly works?: readonly number[]
  readonly query?: string
  readonly body?: unknown
}

/** One subject's routes: `GET /documents/:id`, below `/console/api`. */
export type Rows = Readonly<Record<string, Entry>>

export const administrators: readonly Role[] = ['administrator']
export const auditors: readonly Role[] = ['auditor', 'administrator']
export const operators: readonly Role[] = ['operator', 'administrator']
export const askers: readonly Role[] = ['operator', 'auditor', 'administrator']
export const staff: readonly Role[] = ['trust', 'operator', 'administrator', 'auditor']
export const deciders: readonly Role[] = ['trust', 'administrator']

export const reason = 'because of a complaint'

/** An account of the far province. */
export const farRights = {
  name: 'Somebody',
  role: 'viewer',
  scope: { everything: false, subtrees: ['H98'], systems: [], localities: [], groups: [] },
  agencies: [],
}

/** Nothing of the hub has this digest or this id. */
export const sha256 = 'a'.repeat(64)
