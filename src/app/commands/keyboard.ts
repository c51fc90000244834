import { tinykeys } from 'tinykeys';
import { COMMANDS } from './registry.ts';
import type { Command } from './registry.ts';

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName));
const onStage = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('[data-stage]') !== null;

function handler({ onStage: stageOnly = false, run }: Command): (event: KeyboardEvent) => void {
  return (event) => {
    if (stageOnly ? !onStage(event.target) : isTyping(event.target) && !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    run();
  };
}

/** Every command's keys, until the returned function is called. */
export function listenToKeys(): () => void {
  const map = Object.fromEntries(COMMANDS.flatMap((command) => (command.keys === undefined ? [] : [[command.keys, handler(command)]])));
  return tinykeys(window, map);
}
