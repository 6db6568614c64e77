package dev.slipway.launcher;

import ch.qos.logback.core.OutputStreamAppender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/**
 * Writes to the process's real standard error. Logback's own would write to {@code System.err},
 * which leads back into the log.
 */
public final class StandardErrorAppender<E> extends OutputStreamAppender<E> {

  @Override
  public void start() {
    setOutputStream(new FileOutputStream(FileDescriptor.err));
    super.start();
  }
}
