import { Suspense, useDeferredValue, useEffect, useState } from 'react';
import css from './App.module.css';
import { Boundary } from './Boundary.tsx';
import { openFiles } from './commands/files.ts';
import { listenToKeys } from './commands/keyboard.ts';
import { Drawer } from './drawer/Drawer.tsx';
import { client } from './lab.ts';
import { Empty } from './shell/Empty.tsx';
import { Notice } from './shell/Notice.tsx';
import { Overlays } from './shell/Overlays.tsx';
import { Sources } from './shell/Sources.tsx';
import { StatusBar } from './shell/StatusBar.tsx';
import { TopBar } from './shell/TopBar.tsx';
import { activeImage, activeSource } from './state/selectors.ts';
import { useLab } from './state/store.ts';
import { Button } from './ui/controls.tsx';
import { Stage } from './ui/stage/Stage.tsx';
import { useDelayed } from './ui/useDelayed.ts';
import { VIEWS } from './views/index.ts';

/** Nothing under 150 ms, then a bar; after a second a way out. */
function Progress() {
  const running = useLab(({ busy, result }) => busy[0]?.since ?? (result.state === 'running' ? result.since : undefined));
  const isShown = useDelayed(running !== undefined, 150);
  const isLong = useDelayed(running !== undefined, 1000);
  return (
    <>
      {isShown && <div className={css['progress']} role="progressbar" aria-label="Working" />}
      {isLong && <div className={css['cancel']}><Button onClick={() => client.cancelWaited()}>Cancel</Button></div>}
    </>
  );
}

function useFileDrop(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => { event.preventDefault(); setOver(true); };
    const leave = (event: DragEvent): void => { if (event.relatedTarget === null) setOver(false); };
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      void openFiles([...(event.dataTransfer?.files ?? [])]);
    };
    const paste = (event: ClipboardEvent): void => { const files = [...(event.clipboardData?.files ?? [])]; if (files.length > 0) void openFiles(files); };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, []);
  return isOver;
}

export function App() {
  const isOver = useFileDrop();
  const viewId = useLab(({ view }) => view.id);
  const hasPanel = useLab(({ view }) => view.panel);
  const hasSource = useLab((lab) => activeSource(lab) !== undefined);
  const hasImage = useLab((lab) => activeImage(lab) !== undefined);
  useEffect(listenToKeys, []);
  const row = VIEWS.find(({ id }) => id === viewId);
  const Main = row?.Main;
  const needsPanel = hasPanel && (hasSource || Main !== undefined);
  // The picture first: the panel beside it is drawn in small slices, so that opening never holds the page.
  const isPanelDue = useDeferredValue(needsPanel);
  const isDrawerDue = useDeferredValue(hasImage && Main === undefined);
  return (
    <div className={`${css['app'] ?? ''} ${needsPanel ? '' : (css['noPanel'] ?? '')}`}>
      <TopBar />
      <Sources />
      <main id="view" className={css['main']}>
        <Progress />
        <Boundary title={Main === undefined ? 'The stage' : (row?.title ?? '')}>{Main !== undefined ? <Suspense><Main /></Suspense> : hasImage ? <Stage /> : <Empty />}</Boundary>
        <Notice />
        {isOver && <div className={css['dropping']}>Drop to open</div>}
      </main>
      {isDrawerDue && <Drawer />}
      {needsPanel && isPanelDue && row !== undefined && <aside className={css['panel']} aria-label={row.title}><Boundary title={row.title}><Suspense><row.View /></Suspense></Boundary></aside>}
      <StatusBar />
      <Overlays />
    </div>
  );
}
