import { useEffect } from 'react';
import { Button, ErrorNote } from '../../../ui/controls.tsx';
import { Welcome } from '../../../ui/Welcome.tsx';
import { enter, putAway, startPattern } from './commands.ts';
import { FileFrames } from './FileFrames.tsx';
import { Headline } from './Headline.tsx';
import { Memory } from './Memory.tsx';
import css from './mjpeg.module.css';
import { PartInspector } from './PartInspector.tsx';
import { Picture } from './Picture.tsx';
import { Stages } from './Stages.tsx';
import { isUntouched, useBench } from './state.ts';
import { Waterfall } from './Waterfall.tsx';

/** Before anything ran: what this is, and the quickest way to see it. */
function Start() {
  const isStarting = useBench((state) => state.isStarting);
  const isChosen = useBench(({ choice }) => choice.kind === 'pattern');
  return (
    <Welcome
      title="Why is an MJPEG stream slow?"
      action={<Button look={isChosen ? 'primary' : 'plain'} disabled={isStarting} onClick={() => void startPattern()}>Start with the test pattern</Button>}
      aside="Or choose a camera, a tab or a video under “Source”, or open an .mjpeg to see its frames."
    >
      A device takes every 4th pixel of its R,G,B,A frames, drops the alpha, makes a JPEG of them and sends it as multipart; it gets ten frames a second, and blames turning the array into an image. Here that loop runs beside a quick one, in turns, on the same frames: every stage with its time, its copies and its new buffers.
    </Welcome>
  );
}

/** Where a slow MJPEG stream spends its time, and a quick one beside it. */
export function MjpegBench() {
  const error = useBench((state) => state.error);
  const ending = useBench(({ snapshot }) => snapshot?.error);
  const part = useBench((state) => state.part);
  const file = useBench((state) => state.file);
  const hasRun = useBench(({ snapshot }) => (snapshot?.made ?? 0) > 0);
  const shown = error ?? ending;
  const isEmpty = useBench(isUntouched);
  const filePart = file?.part;
  useEffect(enter, []);
  return (
    <div className={css['main']} role="region" aria-label="MJPEG bench" tabIndex={0}>
      {shown !== undefined && <ErrorNote error={shown}>{error !== undefined && <Button look="small" onClick={putAway}>Put away</Button>}</ErrorNote>}
      {isEmpty && <Start />}
      {!isEmpty && (
        <div className={css['top']} data-calm={!hasRun || file !== undefined}>
          <Picture />
          {file === undefined && hasRun && <Headline />}
        </div>
      )}
      {file !== undefined ? <FileFrames /> : (
        <>
          <Stages />
          <div className={css['pair']}><Waterfall /><Memory /></div>
        </>
      )}
      {file === undefined && part !== undefined && <PartInspector part={part} />}
      {filePart !== undefined && <PartInspector part={filePart} />}
    </div>
  );
}
