export function RoutingMain() {
  return null;
}
