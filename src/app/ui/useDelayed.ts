import { useEffect, useState } from 'react';

/** True once `active` has been true for `ms` without a break. */
export function useDelayed(active: boolean, ms: number): boolean {
  const [isDue, setDue] = useState(false);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setTimeout(() => setDue(true), ms);
    return () => {
      clearTimeout(timer);
      setDue(false);
    };
  }, [active, ms]);
  return active && isDue;
}
