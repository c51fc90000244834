import { refuse } from './commands.ts';
import css from './mjpeg.module.css';
import { setCanvas } from './player.ts';
import { useBench } from './state.ts';

/** The live picture, played by an `<img>` where the service worker answers. */
export function Picture() {
  const player = useBench((state) => state.player);
  const file = useBench((state) => state.file);
  const size = useBench(({ snapshot }) => snapshot?.size);
  const words = size === undefined ? '' : `${String(size.width)}×${String(size.height)}`;
  return (
    <figure className={css['picture']}>
      <div className={css['stage']}>
        {file?.url !== undefined && <img src={file.url} alt={`Frame ${String(file.at)} of ${file.name}`} data-volatile />}
        {file === undefined && player?.kind === 'service' && <img key={player.url} src={player.url} alt="The stream, live" onError={() => void refuse()} data-volatile />}
        {file === undefined && player?.kind === 'canvas' && <canvas ref={setCanvas} role="img" aria-label="The stream, live" data-volatile />}
      </div>
      <figcaption className={css['note']}>
        {file !== undefined && <>Frame {file.at + 1} of {file.frames.length}</>}
        {file === undefined && player?.kind === 'service' && <>Played by an &lt;img&gt; from <code>/stream</code>, multipart/x-mixed-replace, answered by the service worker. <span data-volatile>{words}</span></>}
        {file === undefined && player?.kind === 'canvas' && player.why}
      </figcaption>
    </figure>
  );
}
