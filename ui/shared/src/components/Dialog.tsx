// A question that stands in front of the page until it is answered.
import type { ReactNode } from 'react';
import { Dialog as Box, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { m } from '../words/messages';
import { Actions, Button } from './Button';
import type { ButtonKind } from './Button';

interface DialogProps {
  heading: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** An alert must be answered: a press beside it does not close it. */
  role?: 'dialog' | 'alertdialog';
}

/** Holds the focus, closes with Escape, gives the focus back. */
export function Dialog({ heading, isOpen, onClose, children, role = 'dialog' }: DialogProps) {
  return (
    <ModalOverlay
      className="dialog-ground"
      isOpen={isOpen}
      isDismissable={role === 'dialog'}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Modal className="dialog">
        <Box role={role} className="stack">
          <Heading slot="title" level={2}>{heading}</Heading>
          {children}
        </Box>
      </Modal>
    </ModalOverlay>
  );
}

interface ConfirmDialogProps extends Omit<DialogProps, 'role'> {
  confirm: string;
  onConfirm: () => void;
  kind?: ButtonKind;
  isBusy?: boolean;
}

/** One confirmation before something that matters. */
export function ConfirmDialog({ confirm, onConfirm, kind = 'main', isBusy = false, children, ...rest }: ConfirmDialogProps) {
  return (
    <Dialog {...rest} role="alertdialog">
      {children}
      <Actions>
        <Button kind={kind} onPress={onConfirm} isBusy={isBusy}>{confirm}</Button>
        <Button kind="quiet" onPress={rest.onClose}>{m.cancel()}</Button>
      </Actions>
    </Dialog>
  );
}
