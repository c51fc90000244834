// Checks every part of the code with the library types that it may use: kernels see no DOM, workers no window.
import { spawn } from 'node:child_process';

const projects = ['src/kernels', 'src/workers', 'src/app', '.'];
const compiler = 'node_modules/@typescript/native/bin/tsc';

const check = (project) => new Promise((resolve) => {
  const child = spawn(process.execPath, [compiler, '-p', project], { stdio: 'inherit' });
  child.on('close', (status) => resolve(status === 0));
});

const results = [];
for (const project of projects) results.push([project, await check(project)]);
for (const [project, passed] of results) console.log(`${passed ? 'ok    ' : 'FAILED'} ${project}`);
process.exit(results.every(([, passed]) => passed) ? 0 : 1);
