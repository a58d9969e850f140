// A file as base64, as commands take it; the browser does the work.

export function base64Of(file: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => {
      // data:application/octet-stream;base64,…
      done(typeof reader.result === 'string' ? reader.result.slice(reader.result.indexOf(',') + 1) : '');
    };
    reader.onerror = () => {
      failed(reader.error ?? new Error('the file cannot be read'));
    };
    reader.readAsDataURL(file);
  });
}
