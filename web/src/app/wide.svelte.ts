// One breakpoint: under 768 px the phone's frame, from there the desk's.
class Wide {
  now = $state(false);
  start(): void {
    const query = matchMedia('(min-width: 768px)');
    this.now = query.matches;
    query.addEventListener('change', () => (this.now = query.matches));
  }
}
export const wide = new Wide();
