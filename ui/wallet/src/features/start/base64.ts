// A file as base64, as commands take it; the browser does the work.

export function base64Of(file: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => {
      // data:application/octet-stream;base64,…
      const [, text = ''] = String(reader.result).split(',');
      done(text);
    };
    reader.onerror = () => {
      failed(reader.error ?? new Error('the file cannot be read'));
    };
    reader.readAsDataURL(file);
  });
}
