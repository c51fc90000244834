import { pairOf, shownImages } from '../../state/selectors.ts';
import { setView, useLab } from '../../state/store.ts';
import css from './Stage.module.css';

/** The line between the two pictures that are compared; dragged, or moved by the arrow keys. */
export function SwipeHandle() {
  const swipe = useLab((lab) => (lab.view.comparing === 'swipe' && shownImages(lab).other !== undefined ? lab.view.swipe : undefined));
  const left = useLab((lab) => pairOf(lab)?.firstTitle);
  const right = useLab((lab) => pairOf(lab)?.secondTitle);
  if (swipe === undefined) return undefined;
  const moveTo = (value: number): void => setView({ swipe: Math.min(1, Math.max(0, value)) });
  const drag = (event: React.PointerEvent<HTMLButtonElement>): void => {
    event.stopPropagation();
    if (event.buttons === 0) return;
    const stage = event.currentTarget.parentElement?.getBoundingClientRect();
    if (stage !== undefined) moveTo((event.clientX - stage.left) / stage.width);
  };
  return (
    <>
      <span className={css['sides']} style={{ right: `calc(${String((1 - swipe) * 100)}% + 16px)` }}>{left}</span>
      <span className={css['sides']} style={{ left: `calc(${String(swipe * 100)}% + 16px)` }}>{right}</span>
      <button
        type="button"
        role="slider"
        aria-label={`Swipe between ${left ?? ''} and ${right ?? ''}`}
        aria-valuenow={Math.round(swipe * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        className={css['swipe']}
        style={{ left: `${String(swipe * 100)}%` }}
        onPointerDown={(event) => { event.stopPropagation(); event.currentTarget.setPointerCapture(event.pointerId); }}
        onPointerMove={drag}
        onPointerUp={(event) => event.stopPropagation()}
        onKeyDown={(event) => { if (event.key === 'ArrowLeft') moveTo(swipe - 0.02); if (event.key === 'ArrowRight') moveTo(swipe + 0.02); event.stopPropagation(); }}
      />
    </>
  );
}
