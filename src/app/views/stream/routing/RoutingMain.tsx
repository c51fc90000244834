import { useEffect } from 'react';
import { Button, ErrorNote, Segments } from '../../../ui/controls.tsx';
import { Welcome } from '../../../ui/Welcome.tsx';
import { enter, openPattern, putAway, showList } from './commands.ts';
import { EncoderLog, FrameList } from './FrameList.tsx';
import css from './routing.module.css';
import { useRouting } from './state.ts';
import { Transport } from './Transport.tsx';
import { WindowCard } from './WindowCard.tsx';

const LISTS = [{ value: 'frames', title: 'Frames' }, { value: 'log', title: 'Encoder log' }] as const;

/** What a person must know that no figure says. */
function Notices() {
  const error = useRouting((state) => state.error);
  const ending = useRouting(({ snapshot }) => snapshot?.error);
  const hiddenMs = useRouting((state) => state.hiddenMs);
  const undrawn = useRouting(({ snapshot }) => snapshot?.undrawn ?? 0);
  const shown = error ?? ending;
  return (
    <>
      {shown !== undefined && <ErrorNote error={shown}>{error !== undefined && <Button look="small" onClick={putAway}>Put away</Button>}</ErrorNote>}
      {hiddenMs !== undefined && undrawn > 0 && (
        <p className={css['band']} role="status"><span data-volatile>The tab was in the background for {(hiddenMs / 1000).toFixed(1)} s: {undrawn} frames were routed, encoded and checked meanwhile, none was drawn.</span> <Button look="small" onClick={putAway}>Put away</Button></p>
      )}
    </>
  );
}

/** Before anything was opened: what this is, and the quickest way to see it. */
function Start() {
  const isOpening = useRouting((state) => state.isOpening);
  const isChosen = useRouting(({ choice }) => choice.kind === 'pattern');
  return (
    <Welcome
      title="How does a proxy send a frame?"
      action={<Button look={isChosen ? 'primary' : 'plain'} disabled={isOpening} onClick={() => void openPattern()}>Open the test pattern</Button>}
      aside="Or choose a camera, a tab, a video or a raw dump under “Source”."
    >
      Frames of a window arrive as raw pixels or compressed. A table of eleven rows decides what becomes of each: forwarded, encoded as video, as JPEG, sent raw, or dropped. Here every frame says which row it met, and why, and comes back decoded, compared with what was sent.
    </Welcome>
  );
}

/** The windows and what became of their frames. */
export function RoutingMain() {
  const windows = useRouting((state) => state.windows);
  const selected = useRouting((state) => state.selected);
  const snapshot = useRouting((state) => state.snapshot);
  const list = useRouting((state) => state.list);
  const hasSource = snapshot?.source !== undefined;
  useEffect(enter, []);
  return (
    <div className={css['main']}>
      <Transport />
      <div className={css['scroll']} role="region" aria-label="Windows and frames" tabIndex={0}>
        <Notices />
        {!hasSource && <Start />}
        {hasSource && <div className={css['cards']}>{windows.map((setup) => <WindowCard key={setup.id} setup={setup} view={snapshot.windows.find(({ id }) => id === setup.id)} isSelected={setup.id === selected} />)}</div>}
        {hasSource && (
          <section className={css['lists']} aria-label="What became of the frames">
            <div className={css['listHead']}><Segments label="List" value={list} choices={LISTS} onChange={showList} /></div>
            {list === 'frames' ? <FrameList /> : <EncoderLog />}
          </section>
        )}
      </div>
    </div>
  );
}
