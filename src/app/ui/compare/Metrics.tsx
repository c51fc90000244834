import type { Comparison } from '../../../workers/pixels/protocol.ts';
import { Channel } from '../controls.tsx';
import { decibels, group, similarity } from '../format.ts';
import css from './compare.module.css';

interface MetricsProps {
  readonly rows: readonly Comparison[];
  /** False while SSIM is still to come. */
  readonly isWhole: boolean;
  /** What is compared, for the first column's head. */
  readonly title: string;
  readonly caption: string;
}

/** How far two pictures are apart, component by component. */
export function Metrics({ rows, isWhole, title, caption }: MetricsProps) {
  return (
    <table className={css['numbers']}>
      <caption className="visually-hidden">{caption}</caption>
      <thead><tr><th scope="col">{title}</th><th scope="col">PSNR dB</th><th scope="col">SSIM</th><th scope="col">max</th><th scope="col">differ</th></tr></thead>
      <tbody>
        {rows.map(({ component, psnr, ssim, maxError, differing }) => (
          <tr key={component}><td><Channel name={component} /></td><td>{decibels(psnr)}</td><td>{isWhole ? similarity(ssim) : '…'}</td><td>{Number(maxError.toPrecision(4))}</td><td>{group(differing)}</td></tr>
        ))}
      </tbody>
    </table>
  );
}
