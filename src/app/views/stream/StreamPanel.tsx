export function StreamPanel() {
  return null;
}
