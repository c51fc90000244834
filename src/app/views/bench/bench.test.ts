import { describe, expect, test } from 'vitest';
import type { BenchReport, BenchRow } from '../../../kernels/bench/report.ts';
import { bySize, byThreads, distribution, figure, throughput } from './charts.ts';
import { wrapped } from './drawing.ts';
import type { BenchPlan } from '../../../workers/bench/client.ts';
import { changeOf, doubtOf, exactnessOf, valueOf } from './figures.ts';
import { csvOf, jsonOf, parseReport } from './files.ts';
import { enginesOf, lookOf, sizesOf, timeOf } from './names.ts';
import { roughly, secondsOf, whyNothing } from './plans.ts';

const ROW: BenchRow = { case: 'nv12-rgba', from: 'nv12', to: 'rgba', width: 1000, height: 500, engine: 'simd', threads: 1, medianMs: 0.5, ci95: [0.4, 0.6], ratioToCopy: 1.25, mismatchPercent: 0, maxError: 0, timing: 'kernel', bytes: 2_750_000, outliers: 0, samples: [0.4, 0.5, 0.6] };
const COPY: BenchRow = { ...ROW, engine: 'copy', medianMs: 0.4, ci95: [0.39, 0.41], ratioToCopy: 1, mismatchPercent: null, maxError: null };
const MACHINE = { cpu: 'a processor, fast', threads: 4, runtime: 'Node 20', date: '2026-11-20T10:00:00.000Z', isolated: true, timerStepMs: 0.005 } as const;
const reportOf = (...rows: readonly BenchRow[]): BenchReport => ({ machine: MACHINE, rows, absent: [], method: 'median', wasHidden: false });

describe('charts', () => {
  test('engines in one chart are told apart by their shapes, whatever their colours', () => {
    const engines = ['copy', 'reference', 'scalar', 'simd', 'simd×2', 'simd×4', 'simd×8', 'simd + transfer', 'simd + tile', 'copyTo', 'canvas', 'opencv.js', 'sharp'];
    expect(new Set(engines.map((engine) => lookOf(engine).shape)).size).toBe(engines.length);
    expect(lookOf('simd×16')).toEqual(lookOf('simd×2'));
  });

  test('throughput: pixels over time with the interval turned around, below the copy of its own case', () => {
    const chart = throughput(reportOf(COPY, ROW, { ...ROW, engine: 'scalar', medianMs: 5, ci95: [5, 5] }), '1000×500', 'MP/s');
    expect(chart.ceilings).toEqual([{ from: -0.42, to: 0.42, y: 1250, says: 'memory copy, nv12 → rgba, 1000×500: 1\u00a0250 MP/s (1\u00a0220 … 1\u00a0282)' }]);
    expect(chart.series.map(({ engine, marks }) => [engine, marks.map(({ y, low, high }) => [y, Math.round(low), high])])).toEqual([['scalar', [[100, 100, 100]]], ['simd', [[1000, 833, 1250]]]]);
    expect(chart.series.flatMap(({ marks }) => marks.map(({ x }) => x))).toEqual([-0.35, 0.35]);
    expect(chart.series[1]?.marks[0]?.says).toBe('simd, nv12 → rgba, 1000×500: 1\u00a0000 MP/s (833 … 1\u00a0250), 1.25 × the copy’s time');
  });

  test('gigabytes count what is read and written', () => {
    expect(throughput(reportOf(ROW), '1000×500', 'GB/s').series[0]?.marks[0]?.y).toBeCloseTo(5.5, 10);
  });

  test('sizes run from small to large, whatever the order of measuring', () => {
    const chart = bySize(reportOf({ ...ROW, width: 4000, height: 1000 }, ROW), 'nv12-rgba', 'MP/s');
    expect(chart.series[0]?.marks.map(({ x }) => x)).toEqual([0.5, 4]);
    expect(sizesOf(reportOf({ ...ROW, width: 4000, height: 1000 }, ROW))).toEqual(['1000×500', '4000×1000']);
  });

  test('threads are compared with one thread of the same code', () => {
    const chart = byThreads(reportOf({ ...ROW, engine: 'simd×4', threads: 4, medianMs: 0.125, ci95: [0.12, 0.13] }, ROW, COPY), 'nv12-rgba', '1000×500', 'MP/s');
    expect(chart.series[0]?.marks.map(({ x, y }) => [x, y])).toEqual([[1, 1000], [4, 4000]]);
    expect(chart.series[0]?.marks[1]?.says).toMatch(/4\.00 × one thread$/);
    expect(chart.ceilings[0]).toMatchObject({ y: 1250 });
  });

  test('the distribution has every batch, in its order, and the median', () => {
    const chart = distribution(reportOf(COPY, ROW), 'nv12-rgba', '1000×500');
    expect(chart.ticks.map(({ title }) => title)).toEqual(['memory copy', 'simd']);
    expect(chart.series[1]?.marks.map(({ y }) => y)).toEqual([0.4, 0.5, 0.6]);
    expect(chart.ceilings.map(({ y }) => y)).toEqual([0.4, 0.5]);
    const far = distribution(reportOf({ ...ROW, samples: [1, 1.01, 0.99, 1.02, 0.98, 1, 9] }), 'nv12-rgba', '1000×500');
    expect(far.series[0]?.marks.map(({ isFar }) => isFar)).toEqual([false, false, false, false, false, false, true]);
    expect(far.series[0]?.marks[6]?.says).toMatch(/far from the others$/);
  });

  test('engines keep their order: threads by their number', () => {
    expect(enginesOf(reportOf(...['opencv.js', 'simd×16', 'simd×2', 'simd', 'copy'].map((engine) => ({ ...ROW, engine }))))).toEqual(['copy', 'simd', 'simd×2', 'simd×16', 'opencv.js']);
  });
});

describe('figures', () => {
  test.each([[1234.56, '1\u00a0235'], [999.9, '1000'], [12.345, '12.3'], [0.012345, '0.0123'], [1_234_567, '1\u00a0234\u00a0567']])('%d is told as %s', (value, text) => expect(figure(value)).toBe(text));

  test.each([['ms', '0.500 ± 0.100'], ['MP/s', '1\u00a0000 ± 208'], ['GB/s', '5.50 ± 1.15'], ['× copy', '1.25']] as const)('a row in %s: %s', (unit, text) => expect(valueOf(ROW, unit)).toBe(text));

  test('an interval that lies to one side is told by its ends', () => {
    expect(valueOf({ ...ROW, medianMs: 0.765, ci95: [0.735, 5.01] }, 'ms')).toBe('0.765 (0.735 … 5.010)');
    expect(valueOf({ ...ROW, medianMs: 0.765, ci95: [0.765, 0.766] }, 'ms')).toBe('0.765 ± 0.001');
  });

  test('files of encoders are told by their size and likeness', () => {
    expect([{ bytes: 51_234, psnr: 38.21 }, { bytes: 900, psnr: null }, { bytes: 2_000_000 }].map((file) => exactnessOf({ ...COPY, engine: 'simd', file }))).toEqual(['51.2 kB, 38.2 dB', '0.9 kB, equal', '2\u00a0000 kB']);
  });

  test('what makes a comparison doubtful is said', () => {
    const own = reportOf(ROW);
    expect(doubtOf(own, own)).toBeUndefined();
    expect(doubtOf(own, reportOf({ ...ROW, case: 'rgba-gray' }))).toMatch(/none of these rows/);
    expect(doubtOf(own, { ...own, method: 'vpi' })).toMatch(/another method/);
    expect(doubtOf(own, { ...own, machine: { ...MACHINE, threads: 8 } })).toMatch(/another machine .+ 8 logical/);
    expect(doubtOf(own, { ...own, machine: { ...MACHINE, isolated: false } })).toMatch(/not isolated/);
  });

  test('names break where they may, and never run on', () => {
    expect([wrapped('nv12 → rgba'), wrapped('VideoFrame.copyTo'), wrapped('simd + transfer'), wrapped('an-extraordinarily-long_name.of/a-case')]).toEqual(['nv12\n→ rgba', 'VideoFrame.\ncopyTo', 'simd +\ntransfer', 'an-\nextraordina\nrily-long_\nname.of/a-\ncase']);
  });

  test('the time of day carries its distance from UTC', () => expect(timeOf('2026-11-20T10:00:00.000Z')).toMatch(/^2026-11-\d\d \d\d:\d\d UTC([+−]\d\d:\d\d)?$/));

  test('exact, differing, and nothing to compare', () => {
    expect([exactnessOf(ROW), exactnessOf({ ...ROW, mismatchPercent: 49.37, maxError: 31 }), exactnessOf({ ...ROW, mismatchPercent: 0.02, maxError: 1 }), exactnessOf(COPY)]).toEqual(['exact', '±31 in 49.4 %', '±1 in < 0.1 %', undefined]);
  });

  test('a change is told only where the intervals do not meet', () => {
    const before = (medianMs: number, ci95: readonly [number, number]): BenchReport => reportOf({ ...ROW, medianMs, ci95 });
    expect(changeOf(ROW, before(1, [0.9, 1.1]))).toEqual({ verdict: 'faster', text: '2.00× faster' });
    expect(changeOf(ROW, before(0.25, [0.2, 0.3]))).toEqual({ verdict: 'slower', text: '2.00× slower' });
    expect(changeOf(ROW, before(0.7, [0.55, 0.9]))).toEqual({ verdict: 'same', text: 'as before' });
    expect(changeOf({ ...ROW, engine: 'scalar' }, before(1, [0.9, 1.1]))).toBeUndefined();
  });
});

describe('files', () => {
  test('a report comes back from its JSON as it was', () => {
    const report = reportOf(COPY, { ...ROW, wasHidden: true });
    expect(parseReport(jsonOf(report), 'it')).toEqual({ ok: true, value: report });
  });

  test.each([
    ['no JSON', 'nothing at all', /it is not the JSON of one/],
    ['another JSON', '{"a":1}', /machine is missing\.$/],
    ['a time in words', JSON.stringify(reportOf(ROW)).replace('0.5', '"fast"'), /rows\.0\.medianMs is "fast", not number\.$/],
    ['a time of zero', JSON.stringify(reportOf({ ...ROW, medianMs: 0 })), /rows\.0\.medianMs/],
    ['a negative time', JSON.stringify(reportOf({ ...ROW, medianMs: -0.5 })), /rows\.0\.medianMs is -0\.5, not >=1e-9\.$/],
    ['an infinite time', JSON.stringify(reportOf(ROW)).replace('0.5', '1e999'), /rows\.0\.medianMs is Infinity/],
    ['a time that is no number', JSON.stringify(reportOf({ ...ROW, medianMs: NaN })), /rows\.0\.medianMs is null, not number\.$/],
    ['a time of a year', JSON.stringify(reportOf({ ...ROW, medianMs: 3.2e10 })), /rows\.0\.medianMs is 32000000000/],
    ['a time below any clock', JSON.stringify(reportOf({ ...ROW, medianMs: 5e-324 })), /rows\.0\.medianMs is 5e-324/],
    ['a negative batch', JSON.stringify(reportOf({ ...ROW, samples: [0.4, -1] })), /rows\.0\.samples\.1 is -1/],
    ['an interval turned round', JSON.stringify(reportOf({ ...ROW, ci95: [0.6, 0.4] })), /rows\.0\.ci95 is impossible: its lower end is above its upper\.$/],
    ['a median beside its interval', JSON.stringify(reportOf({ ...ROW, medianMs: 0.7 })), /rows\.0 is impossible: its median is outside its interval\.$/],
    ['an infinite interval', JSON.stringify(reportOf(ROW)).replace('[0.4,0.6]', '[0.4,1e999]'), /rows\.0\.ci95\.1 is Infinity/],
    ['half an outlier', JSON.stringify(reportOf({ ...ROW, outliers: 0.5 })), /rows\.0\.outliers is 0\.5/],
    ['more than all samples', JSON.stringify(reportOf({ ...ROW, mismatchPercent: 101 })), /rows\.0\.mismatchPercent is 101, not <=100\.$/],
    ['a negative error', JSON.stringify(reportOf({ ...ROW, maxError: -1 })), /rows\.0\.maxError is -1/],
    ['a width beyond every image', JSON.stringify(reportOf({ ...ROW, width: 1e9 })), /rows\.0\.width is 1000000000/],
    ['a negative step of the clock', JSON.stringify({ ...reportOf(ROW), machine: { ...MACHINE, timerStepMs: -1 } }), /machine\.timerStepMs is -1/],
    ['no date', JSON.stringify({ ...reportOf(ROW), machine: { ...MACHINE, date: 'soon' } }), /machine\.date is impossible: it is no date\.$/],
  ])('%s is refused, and it is said where', (_, text, what) => {
    const reply = parseReport(text, '“x.json”');
    expect(!reply.ok && reply.error.code).toBe('bench/no-report');
    expect(!reply.ok && reply.error.what).toMatch(what);
  });

  test('an interval of VPI’s method may reach below zero', () => {
    const report = reportOf({ ...ROW, ci95: [-0.1, 1.1] });
    expect(parseReport(jsonOf(report), 'it')).toEqual({ ok: true, value: report });
  });

  test.each([
    ['=1+1', `"'=1+1"`], ['+1', `"'+1"`], ['-1', `"'-1"`], ['@SUM(A1)', `"'@SUM(A1)"`], ['\t=1', `"'\t=1"`], ['\r=1', `"'\r=1"`], [' =1', `"' =1"`], ['＝1', `"'＝1"`],
    ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`], ['|calc', `"'|calc"`], ['a=b', 'a=b'], ['nv12-rgba', 'nv12-rgba'], ['a;b', '"a;b"'], ['a\rb', '"a\rb"'],
  ])('a text %j is no formula in CSV: %j', (engine, expected) => expect(csvOf(reportOf({ ...ROW, engine }))).toContain(`,1000,500,${expected},1,kernel,`));

  test('negative numbers stay numbers in CSV', () => {
    expect(csvOf(reportOf({ ...ROW, ci95: [-0.1, 1.1] }))).toContain(',0.5,-0.1,1.1,');
  });

  test('CSV has a column for every name, and quotes what has commas', () => {
    const [head = '', line = ''] = csvOf(reportOf(ROW)).split('\n');
    expect(line).toContain('"a processor, fast"');
    expect(line.replace(/"[^"]*"/, '').split(',')).toHaveLength(head.split(',').length);
    expect(Object.fromEntries(head.split(',').slice(0, 13).map((name, at) => [name, line.split(',')[at]]))).toMatchObject({ case: 'nv12-rgba', width: '1000', median_ms: '0.5', low_ms: '0.4', ratio_to_copy: '1.25', megapixels_per_s: '1000' });
  });
});

describe('plans', () => {
  const PLAN: BenchPlan = { cases: ['nv12-rgba'], sizes: [[1920, 1080]], engines: ['copy', 'simd'], threads: [], method: 'median', seconds: 1 };

  test.each([
    [{}, undefined],
    [{ cases: [] }, /at least one/],
    [{ engines: ['simd×n'] }, /how many threads/],
    [{ engines: ['simd×n'], threads: [2] }, undefined],
    [{ engines: ['jpeg-js'] }, /None of the chosen engines/],
    [{ engines: ['reference'], cases: ['jpeg-nv12-q75'] }, /None of the chosen engines/],
    [{ engines: ['reference'], cases: ['clone-bgra'] }, undefined],
  ] as const)('%j measures nothing because: %s', (change, why) => {
    const found = whyNothing({ ...PLAN, ...change });
    if (why === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(why);
  });

  test('slow engines take as long as their batches do, not the seconds that were asked for', () => {
    expect(secondsOf(PLAN)).toBeLessThan(2.5);
    expect(secondsOf({ ...PLAN, cases: ['jpeg-nv12-q75'], sizes: [[3840, 2160]], engines: ['copy', 'jpeg-js'] })).toBeGreaterThan(8);
    expect(secondsOf({ ...PLAN, engines: ['reference'] })).toBeLessThan(2);
  });

  test.each([[0.3, 'about 1 s'], [6.4, 'about 6 s'], [19.4, 'about 19 s'], [52, 'about 50 s'], [100, 'about 1.5 min'], [130, 'about 2 min'], [640, 'about 11 min']])('%f s are “%s”: never a third more or less', (seconds, says) => {
    expect(roughly(seconds)).toBe(says);
  });
});
