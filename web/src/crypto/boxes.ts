// The sealed box weighs as much as a screen: it is fetched after the first paint, once.
export const boxes = () => import('./sealed_box.ts');
