// Scanning a code with the camera. Frames stay in this page.
import { Button, useLanguage } from '@assent/shared';
import { useEffect, useRef, useState } from 'react';
import { Trouble } from '../../components/Trouble';
import { Refusal } from '../../host/refusal';
import { m } from '../../words/messages';
import { codeIn } from './picture';

/** Milliseconds between two looks at the camera's picture. */
const LOOK = 250;

/** Opens the camera, and closes it when a code was found. */
export function ScanPart({ take }: { take: (text: string) => void }) {
  useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  const [error, setError] = useState<Refusal | null>(null);
  return (
    <div className="stack">
      <Trouble error={error} />
      {isOpen && (
        <Camera
          found={(text) => {
            setIsOpen(false);
            take(text);
          }}
          failed={() => {
            setIsOpen(false);
            setError(new Refusal('scan_no_camera'));
          }}
        />
      )}
      <Button kind="second" icon="qr" onPress={() => {
        setError(null);
        setIsOpen(!isOpen);
      }}>
        {isOpen ? m.scan_stop() : m.scan_do()}
      </Button>
    </div>
  );
}

function Camera({ found, failed }: { found: (text: string) => void; failed: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef({ found, failed });
  useEffect(() => {
    told.current = { found, failed };
  });
  useEffect(() => {
    let stream: MediaStream | null = null;
    let isOver = false;
    const timer = setInterval(() => {
      const frame = video.current;
      if (frame === null || frame.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
      const text = codeIn(frame, frame.videoWidth, frame.videoHeight);
      if (text !== null) told.current.found(text);
    }, LOOK);
    const close = () => {
      stream?.getTracks().forEach((track) => { track.stop(); });
    };
    start().then(
      (opened) => {
        stream = opened;
        if (isOver) close();
        else if (video.current !== null) video.current.srcObject = opened;
      },
      () => { told.current.failed(); },
    );
    return () => {
      isOver = true;
      clearInterval(timer);
      close();
    };
  }, []);
  return <video className="camera" ref={video} autoPlay muted playsInline aria-label={m.scan_label()} />;
}

async function start(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
}
