// What a screen declares to be reachable. Each area keeps its own list (screens/AREA/routes.ts)
// and app/routes.ts joins them.
import type { Component } from 'svelte';
import type { Role } from './roles.ts';

/**
 * public: anyone, signed in or not.
 * note:   also on a locked phone: it can only write, it shows nothing that was noted before.
 * open:   only with the list open (signed in).
 */
export type Access = 'public' | 'note' | 'open';

/**
 * page: header and bottom bar on a phone, left bar on a desk.
 * task: the screen brings its own header on a phone (TaskHead): Noter, Rencontres, a form.
 * bare: nothing around, on any width: signing in, the young person's screens, print.
 */
export type Frame = 'page' | 'task' | 'bare';

export interface Route<P extends string = string> {
  path: P;
  access: Access;
  frame: Frame;
  /** Shown in the browser's title: a word of the interface, never a name of a person. */
  title: () => string;
  /** Who sees it; absent: every role. The server decides anyway. */
  roles?: readonly Role[];
  load: () => Promise<{ default: Component<never> }>;
}

/** Keeps the patterns as literal types, so that links are checked. */
export function define<const P extends string>(
  ...routes: readonly Route<P>[]
): readonly Route<P>[] {
  return routes;
}
