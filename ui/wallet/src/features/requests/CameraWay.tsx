// The square code in front of a camera; offered only where there is one. The pictures never leave this page.
import { Button, Loading } from '@assent/shared';
import { useEffect, useRef, useState } from 'react';
import { m } from '../../words/messages';
import { hasCamera, pixelsOf, readCode } from './code';
import type { Trouble } from './RequestsPage';

interface WayProps {
  read: (request: string) => void;
  fail: (trouble: Trouble | null) => void;
}

/** Milliseconds between two looks at the picture: quick for a hand, light for an old phone. */
const BETWEEN_LOOKS = 200;

export function CameraWay({ read, fail }: WayProps) {
  const [isThere, setIsThere] = useState(false);
  const [isOn, setIsOn] = useState(false);
  useEffect(() => {
    void hasCamera().then(setIsThere);
  }, []);
  if (!isThere) return null;
  if (!isOn) {
    return (
      <div>
        <Button
          kind="second"
          icon="qr"
          onPress={() => {
            fail(null);
            setIsOn(true);
          }}
        >
          {m.requests_camera()}
        </Button>
        <p className="help">{m.requests_camera_hint()}</p>
      </div>
    );
  }
  const stop = () => {
    setIsOn(false);
  };
  return (
    <Camera
      read={read}
      stop={stop}
      refuse={() => {
        stop();
        fail({ happened: m.requests_camera_refused(), todo: m.requests_camera_refused_do() });
      }}
    />
  );
}

function Camera({ read, stop, refuse }: { read: (text: string) => void; stop: () => void; refuse: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef({ read, refuse });
  useEffect(() => {
    told.current = { read, refuse };
  });
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    return watch(element, (text) => { told.current.read(text); }, () => { told.current.refuse(); });
  }, []);
  return (
    <div className="stack">
      <video ref={video} className="camera" muted playsInline aria-label={m.requests_camera_view()} />
      <Loading label={m.requests_camera_looking()} />
      <Button kind="second" onPress={stop}>{m.requests_camera_stop()}</Button>
    </div>
  );
}

/** Shows the camera's picture and looks for a code in it until one is found. Answers the way to end it. */
function watch(video: HTMLVideoElement, found: (text: string) => void, refused: () => void): () => void {
  let isOpen = true;
  let stream: MediaStream | null = null;
  let timer = 0;
  const look = () => {
    const pixels = video.videoWidth > 0 ? pixelsOf(video, video.videoWidth, video.videoHeight) : null;
    const text = pixels === null ? null : readCode(pixels);
    if (text !== null) found(text);
    else if (isOpen) timer = window.setTimeout(look, BETWEEN_LOOKS);
  };
  const start = async () => {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    if (!isOpen) {
      end(stream);
      return;
    }
    video.srcObject = stream;
    await video.play();
    look();
  };
  start().catch(() => {
    if (isOpen) refused();
  });
  return () => {
    isOpen = false;
    window.clearTimeout(timer);
    if (stream !== null) end(stream);
  };
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
