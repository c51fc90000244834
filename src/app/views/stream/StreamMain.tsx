import { MjpegBench } from './mjpeg/index.ts';
import { RoutingMain } from './routing/RoutingMain.tsx';
import css from './stream.module.css';
import { STREAM_TABS, showStreamTab, useStreamTab } from './streamTab.ts';

/** The tabs, and the chosen bench below them. */
export function StreamMain() {
  const chosen = useStreamTab(({ tab }) => tab);
  const step = (event: React.KeyboardEvent): void => {
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = STREAM_TABS[(STREAM_TABS.findIndex(({ id }) => id === chosen) + direction + STREAM_TABS.length) % STREAM_TABS.length];
    if (direction === 0 || next === undefined) return;
    showStreamTab(next.id);
    document.getElementById(`stream-tab-${next.id}`)?.focus();
  };
  return (
    <div className={css['main']}>
      <div className={css['tabs']} role="tablist" aria-label="Stream" onKeyDown={step}>
        {STREAM_TABS.map(({ id, title }) => (
          <button key={id} id={`stream-tab-${id}`} type="button" role="tab" aria-selected={id === chosen} aria-controls="stream-tabpanel" tabIndex={id === chosen ? 0 : -1} onClick={() => showStreamTab(id)}>{title}</button>
        ))}
      </div>
      <div id="stream-tabpanel" className={css['tabpanel']} role="tabpanel" aria-labelledby={`stream-tab-${chosen}`}>
        {chosen === 'routing' ? <RoutingMain /> : <MjpegBench />}
      </div>
    </div>
  );
}
