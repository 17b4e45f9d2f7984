import { HubError } from '@docaxis/errors'

/** The one answer to an id that does not exist and to one that is somebody else's. */
export function notFound(): HubError {
  return new HubError('NOT_FOUND', 'there is nothing under this id for the calling system')
}
