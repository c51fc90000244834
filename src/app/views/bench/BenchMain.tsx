export function BenchMain() {
  return null;
}
