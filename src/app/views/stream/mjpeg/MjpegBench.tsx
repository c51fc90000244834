export function MjpegBench() {
  return null;
}
