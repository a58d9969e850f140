// A file that is dropped where nothing takes it is left where it was: a browser would open it in place of the page.

/** Refuses such files from now on. Whatever takes files listens below the window, and has spoken before. */
export function refuseStrayFiles(): void {
  const refuse = (event: DragEvent) => {
    if (event.defaultPrevented || event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'none';
  };
  window.addEventListener('dragover', refuse);
  window.addEventListener('drop', refuse);
}
