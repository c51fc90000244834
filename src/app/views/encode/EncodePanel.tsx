export function EncodePanel() {
  return null;
}
