import { pixelFormat } from '../../kernels/index.ts';
import type { PixelFormatId } from '../../kernels/index.ts';
import type { PlaneRow } from '../../kernels/tables/fields.ts';
import { WORDS } from '../../kernels/tables/fields.ts';
import css from './FormatPicker.module.css';
import { channelHue } from './controls.tsx';

interface Part {
  readonly name: string;
  readonly bits: number;
}

/** The words of a block as they lie in memory, each from its most significant bit down. */
function parts({ type, words, fields }: PlaneRow): readonly Part[] {
  const wordBits = WORDS[type].bytes * 8;
  return Array.from({ length: words }, (_, word) => {
    const here = fields.filter((field) => field.word === word).toSorted((a, b) => b.shift - a.shift);
    const out: Part[] = [];
    let at = wordBits;
    for (const { component, shift, bits } of here) {
      if (shift + bits < at) out.push({ name: '', bits: at - shift - bits });
      out.push({ name: component, bits });
      at = shift;
    }
    if (at > 0) out.push({ name: '', bits: at });
    return out;
  }).flat();
}

/** How a format's samples lie in memory: one line a plane, widths by bits. */
export function MemoryLayout({ format }: { readonly format: PixelFormatId }) {
  const { planes, chroma, family, note } = pixelFormat(format);
  return (
    <div className={css['memory']} aria-label={`Memory layout of ${format}`} role="img">
      {planes.map((plane, index) => (
        <div key={index} className={css['plane']}>
          <span>{index}</span>
          {parts(plane).map(({ name, bits }, at) => <span key={at} className={css['bits']} style={{ color: name === '' ? 'var(--border-strong)' : channelHue(name), flex: `0 0 ${String(Math.max(10, bits * 2.6))}px` }}>{name === '' ? '·' : `${name}${bits === 8 ? '' : String(bits)}`}</span>)}
        </div>
      ))}
      <span className={css['about']}>{family === 'yuv' ? `${chroma} · ` : ''}{planes[0]?.type}{planes.length > 1 ? ` · ${String(planes.length)} planes` : ''}{note === undefined ? '' : ` · ${note}`}</span>
    </div>
  );
}
