// core/sync/sync.h as JSON.
import type { components } from '../api/schema.ts';

export type SyncResult = components['schemas']['SyncResult'];
export type SyncState = components['schemas']['SyncState'];
export type SyncEvent = components['schemas']['SyncEvent'];
export type SyncAction = components['schemas']['SyncAction'];
