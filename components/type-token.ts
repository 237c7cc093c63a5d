/** Type token of a component of this package; part of each resource's identity, so it never changes. */
export function typeToken(component: string): string {
  return `cluster-fleet:index:${component}`;
}
