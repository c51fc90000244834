export function MjpegPanel() {
  return null;
}
