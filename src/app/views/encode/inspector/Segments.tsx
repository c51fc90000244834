import type { JpegFacts } from '../../../../workers/encode/client.ts';
import { Note } from '../../../ui/controls.tsx';
import { group } from '../../../ui/format.ts';
import css from './inspector.module.css';

function Frame({ facts }: { readonly facts: JpegFacts }) {
  const { frame, density, comments, restartInterval, hasExif } = facts;
  const sampling = frame?.components.map(({ h, v }) => `${String(h)}×${String(v)}`).join(' ');
  const parts = [
    frame === undefined ? 'no frame' : `${frame.kind}, ${String(frame.width)}×${String(frame.height)}, ${String(frame.bitsPerSample)} bits, sampling ${sampling ?? ''}`,
    restartInterval > 0 ? `restart every ${String(restartInterval)} MCUs` : undefined,
    density === undefined ? undefined : `density ${String(density.x)}×${String(density.y)}${density.unit === 'none' ? '' : ` per ${density.unit}`}`,
    hasExif ? 'EXIF' : undefined,
  ];
  return (
    <>
      <Note>{parts.filter((part) => part !== undefined).join(' · ')}</Note>
      {comments.map((comment, index) => <Note key={index}>{`Comment: “${comment}”`}</Note>)}
    </>
  );
}

/** The file’s markers in order, where each lies and how long it is. */
export function SegmentList({ facts }: { readonly facts: JpegFacts }) {
  return (
    <>
      <Frame facts={facts} />
      <div className={css['markers']}>
        <table className={css['segments']}>
          <caption className="visually-hidden">Markers of the file</caption>
          <thead><tr><th scope="col">marker</th><th scope="col" className={css['number']}>byte</th><th scope="col" className={css['number']}>length</th><th scope="col">what</th></tr></thead>
          <tbody>{facts.segments.map(({ name, offset, byteLength, says, marker }) => <tr key={offset}><td className="mono" title={`FF ${marker.toString(16).toUpperCase()}`}>{name}</td><td className={css['number']}>{group(offset)}</td><td className={css['number']}>{group(byteLength)}</td><td>{says}</td></tr>)}</tbody>
        </table>
      </div>
    </>
  );
}
