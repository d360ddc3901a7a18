// A position of the device picks a place and is dropped: it is never kept, sent or shown
// (law 10). Degrees are integers in 1e-7, as places have them.
import type { Schemas } from '../../api/client.ts';

export interface Point {
  latitude_e7: number;
  longitude_e7: number;
}

const metres_a_degree = 111_320;

/** Good enough over a town: the sphere is flat there. */
export function metres_between(a: Point, b: Point): number {
  const mean = ((a.latitude_e7 + b.latitude_e7) / 2e7) * (Math.PI / 180);
  const north = ((a.latitude_e7 - b.latitude_e7) / 1e7) * metres_a_degree;
  const east = ((a.longitude_e7 - b.longitude_e7) / 1e7) * metres_a_degree * Math.cos(mean);
  return Math.hypot(north, east);
}

/** The nearest place that has a point, within reach of a walk. */
export function nearest(
  here: Point,
  places: readonly Schemas['PlaceRow'][],
  within_metres = 1_500,
): Schemas['PlaceRow'] | null {
  let best: Schemas['PlaceRow'] | null = null;
  let least = within_metres;
  for (const place of places) {
    if (!place.active || place.latitude_e7 === undefined || place.longitude_e7 === undefined) continue;
    const { latitude_e7, longitude_e7 } = place;
    const metres = metres_between(here, { latitude_e7, longitude_e7 });
    if (metres <= least) {
      least = metres;
      best = place;
    }
  }
  return best;
}

/** Asks the device once, at a touch. Null: refused, absent, or too slow. */
export function position(timeout = 8_000): Promise<Point | null> {
  if (!('geolocation' in navigator)) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({
          latitude_e7: Math.round(coords.latitude * 1e7),
          longitude_e7: Math.round(coords.longitude * 1e7),
        }),
      () => resolve(null),
      { enableHighAccuracy: true, maximumAge: 60_000, timeout },
    );
  });
}
