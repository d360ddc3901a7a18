// The names that forms choose from.
import { api } from '../../../api/client.ts';

export interface Named {
  id: string;
  name: string;
}

export async function organisations(): Promise<Named[]> {
  const { data } = await api.GET('/api/v1/organisations');
  return (data?.rows ?? []).map(({ id, set }) => ({ id, name: set.name }));
}

export async function teams(): Promise<(Named & { organisation: string })[]> {
  const { data } = await api.GET('/api/v1/teams');
  return (data?.rows ?? []).map(({ id, set }) => ({
    id,
    name: set.name,
    organisation: set.organisation,
  }));
}

export async function places(): Promise<Named[]> {
  const { data } = await api.GET('/api/v1/places');
  return (data?.rows ?? []).map(({ id, name }) => ({ id, name }));
}

export const name_of = (list: readonly Named[], id: string | undefined): string =>
  list.find((one) => one.id === id)?.name ?? '';
