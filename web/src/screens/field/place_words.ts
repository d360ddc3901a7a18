// What a place says of itself in a list: type, commune, district or "QPV inconnu".
import type { Schemas } from '../../api/client.ts';
import { t } from '../../messages/places.ts';

type Place = Pick<
  Schemas['PlaceRow'],
  'type' | 'commune' | 'commune_name' | 'district' | 'district_name' | 'fictitious' | 'active'
>;

export function say_district(place: Pick<Place, 'district' | 'district_name'>): string {
  if (place.district === undefined) return t.m.district_unknown;
  if (place.district === 'none') return t.m.outside;
  return t.m.in_district(place.district_name ?? place.district);
}

export function say_place(place: Place): string {
  return [
    t.m.types[place.type],
    place.commune_name ?? place.commune ?? t.m.commune_unknown,
    say_district(place),
    place.fictitious ? t.m.fictitious : '',
    place.active ? '' : t.m.closed,
  ]
    .filter(Boolean)
    .join(' · ');
}
