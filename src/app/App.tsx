export function App() {
  return <main>Swizzle</main>;
}
