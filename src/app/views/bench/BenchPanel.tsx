export function BenchPanel() {
  return null;
}
