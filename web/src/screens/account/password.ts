// What a password must be (core/base/limits.h password_characters_min): long, nothing else.
import { tick } from 'svelte';
import { t } from '../../messages/account.ts';

export const characters_min = 12;

export function password_error(password: string): string | null {
  return [...password].length < characters_min ? t.m.too_short : null;
}

/** Puts the focus on the first field in error. */
export async function password_form(form: HTMLFormElement): Promise<void> {
  await tick();
  form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
}
