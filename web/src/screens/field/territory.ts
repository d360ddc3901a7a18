// The commune and the district of a point, found on this device from the outlines that the node
// sent, by the same integers as the node (core/territory). No network is asked.
import type { Schemas } from '../../api/client.ts';
import { core, is_error, type Core } from '../../core/host.ts';
import type { Point } from './near.ts';

export interface Located {
  commune?: string;
  district?: string; // a code, or 'none': outside every district; absent: unknown
}

let loaded: readonly Schemas['Outline'][] | null = null;

async function with_outlines(outlines: readonly Schemas['Outline'][]): Promise<Core | null> {
  const machine = await core();
  if (machine === null || loaded === outlines) return machine;
  const answer = await machine.ask({ op: 'load_outlines', outlines });
  if (is_error(answer as object)) return null;
  loaded = outlines;
  return machine;
}

/** Empty when the core is not there or no outline holds the point: unknown, never "outside". */
export async function locate(
  point: Point,
  day: string,
  outlines: readonly Schemas['Outline'][],
): Promise<Located> {
  try {
    const machine = await with_outlines(outlines);
    const answer = await machine?.ask<Located>({ op: 'locate', ...point, day });
    return answer === undefined || is_error(answer) ? {} : answer;
  } catch {
    loaded = null; // the core was made anew: it holds no outline
    return {};
  }
}

/** Where only the commune is known. */
export async function locate_commune(
  commune: string,
  day: string,
  outlines: readonly Schemas['Outline'][],
): Promise<Located> {
  try {
    const machine = await with_outlines(outlines);
    const answer = await machine?.ask<Located>({ op: 'locate_commune', commune, day });
    return answer === undefined || is_error(answer) ? { commune } : answer;
  } catch {
    loaded = null;
    return { commune };
  }
}

export interface KnownCommune {
  code: string;
  name: string;
}

/** Communes that this device knows a name for: from outlines and from other places. */
export function known_communes(
  outlines: readonly Schemas['Outline'][],
  places: readonly Schemas['PlaceRow'][],
): KnownCommune[] {
  const names = new Map<string, string>();
  for (const { kind, code, name } of outlines) if (kind === 'commune') names.set(code, name);
  for (const { commune, commune_name } of places) {
    if (commune && commune_name && !names.has(commune)) names.set(commune, commune_name);
  }
  return [...names].map(([code, name]) => ({ code, name })).sort((a, b) => a.name.localeCompare(b.name));
}

/** "Tours · QPV Sanitas (contours fictifs)" */
export function district_name(
  district: string,
  outlines: readonly Schemas['Outline'][],
): { name: string; fictitious: boolean } {
  const found = outlines.find((one) => one.kind === 'district' && one.code === district);
  return { name: found?.name ?? district, fictitious: found?.fictitious ?? false };
}
