import { useEffect } from 'react';
import { Button, ErrorNote } from '../../../ui/controls.tsx';
import { enter, putAway } from './commands.ts';
import { FileFrames } from './FileFrames.tsx';
import { Headline } from './Headline.tsx';
import { Memory } from './Memory.tsx';
import css from './mjpeg.module.css';
import { PartInspector } from './PartInspector.tsx';
import { Picture } from './Picture.tsx';
import { Stages } from './Stages.tsx';
import { useBench } from './state.ts';
import { Waterfall } from './Waterfall.tsx';

/** Where a slow MJPEG stream spends its time, and a quick one beside it. */
export function MjpegBench() {
  const error = useBench((state) => state.error);
  const ending = useBench(({ snapshot }) => snapshot?.error);
  const part = useBench((state) => state.part);
  const file = useBench((state) => state.file);
  const hasRun = useBench(({ snapshot }) => (snapshot?.made ?? 0) > 0);
  const shown = error ?? ending;
  const filePart = file?.part;
  useEffect(enter, []);
  return (
    <div className={css['main']} role="region" aria-label="MJPEG bench" tabIndex={0}>
      {shown !== undefined && <ErrorNote error={shown}>{error !== undefined && <Button look="small" onClick={putAway}>Put away</Button>}</ErrorNote>}
      <div className={css['top']} data-calm={!hasRun || file !== undefined}>
        <Picture />
        {file === undefined && hasRun && <Headline />}
      </div>
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
