export function StreamMain() {
  return null;
}
