// Makes the videos of e2e/fixtures whose frames are shown for unequal times, with ffmpeg: npx tsx scripts/vfr-fixtures.ts
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { imageBytes } from '../src/kernels/index.ts';
import { MARKS, frameMarks } from '../src/kernels/analysis/frameMarks.ts';

const FRAMES = 24;

interface Video {
  readonly file: string;
  /** Milliseconds at which frame N is first shown, as ffmpeg reckons. */
  readonly shownAt: string;
  readonly encoder: string;
  readonly passes?: number;
}

const VIDEOS: readonly Video[] = [
  // Three frames in a row that refer to later ones, two groups; 17 ms a frame, then 100 ms, then 33 ms.
  { file: 'vfr-b.mp4', shownAt: 'if(lt(N,8),17*N,if(lt(N,16),136+100*(N-8),936+33*(N-16)))', encoder: '-c:v libx264 -qp 20 -g 12 -bf 3 -x264-params b-adapt=0:b-pyramid=normal:scenecut=0 -video_track_timescale 1000' },
  // 10 ms and 90 ms in turn, in groups of ten; with frames that are never shown themselves.
  { file: 'vfr-alt.webm', shownAt: '50*N-40*mod(N,2)', encoder: '-c:v libvpx-vp9 -crf 20 -b:v 0 -g 10 -auto-alt-ref 1 -lag-in-frames 12 -enc_time_base 1/1000' },
  // 10 ms and 90 ms in turn, in groups of eight; only a second pass makes packets that show nothing.
  { file: 'vfr-hidden.webm', shownAt: '50*N-40*mod(N,2)', encoder: '-c:v libvpx -b:v 600k -g 8 -auto-alt-ref 1 -lag-in-frames 16 -arnr-maxframes 5 -enc_time_base 1/1000', passes: 2 },
];

/** Pictures of their own number, as the lab's test pattern carries it. */
const pictures = Buffer.concat(Array.from({ length: FRAMES }, (_, frame) => imageBytes(frameMarks(frame))));

function run(options: readonly string[]): void {
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...options], { input: pictures });
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr.toString()}`);
}

for (const { file, shownAt, encoder, passes = 1 } of VIDEOS) {
  const input = ['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-video_size', `${String(MARKS.width)}x${String(MARKS.height)}`, '-framerate', '1000', '-i', '-'];
  const filter = ['-vf', `setpts='(${shownAt})/(1000*TB)',format=yuv420p`, '-fps_mode', 'passthrough', ...encoder.split(' ')];
  const output = ['-fflags', '+bitexact', '-flags:v', '+bitexact', '-map_metadata', '-1', fileURLToPath(new URL(`../e2e/fixtures/${file}`, import.meta.url))];
  const pass = (number: number): readonly string[] => (passes === 1 ? [] : ['-pass', String(number), '-passlogfile', join(tmpdir(), file)]);
  if (passes > 1) run([...input, ...filter, ...pass(1), '-f', 'null', '-']);
  run([...input, ...filter, ...pass(2), ...output]);
}
