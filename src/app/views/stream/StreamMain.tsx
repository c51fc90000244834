import { Tabs } from '../../ui/Tabs.tsx';
import { MjpegBench } from './mjpeg/index.ts';
import { RoutingMain } from './routing/RoutingMain.tsx';
import css from './stream.module.css';
import { STREAM_TABS, showStreamTab, useStreamTab } from './streamTab.ts';

/** The tabs, and the chosen bench below them. */
export function StreamMain() {
  const chosen = useStreamTab(({ tab }) => tab);
  return (
    <div className={css['main']}>
      <Tabs label="Stream" tabs={STREAM_TABS} chosen={chosen} onChoose={showStreamTab} panel="stream" />
      <div id="stream" className={css['tabpanel']} role="tabpanel" aria-labelledby={`stream-${chosen}`}>
        {chosen === 'routing' ? <RoutingMain /> : <MjpegBench />}
      </div>
    </div>
  );
}
